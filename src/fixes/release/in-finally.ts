import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout, Verdict } from '../../analysis/model.ts';
import { findBorrowed } from './borrows.ts';
import type { Edit } from '../text/edit.ts';
import { findHold } from './hold.ts';
import { hasOpenCheckout } from './inner-checkout.ts';
import { collectOpenExits } from './rollback/open-exits.ts';
import { makePlan } from './make-plan.ts';
import type { Repair } from '../repair.ts';
import { planRollback } from './rollback/plan.ts';
import { styleAt } from '../text/style.ts';
import { endsTransaction, leavesTraces } from './rollback/transaction.ts';
import { wrapInFinally } from './wrap-in-finally.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** How a lost connection is repaired: with `try` and `finally`. */
export function repairInFinally(context: Context, verdict: Verdict): Repair | undefined {
  const { checkout, lateUses, leaks, secondReleases } = verdict;
  if (secondReleases.length > 0 || lateUses.length > 0) return undefined;
  const isNever = leaks.every(({ reason }) => reason === 'never');
  const found = inFinally(context, checkout, false);
  if (!found || (found.giveBacks === 0 && !isNever)) return undefined;
  return { kind: found.leavesTraces ? 'suggest' : 'fix', messageId: 'wrapInFinally', edits: found.edits };
}

/** Moves the giving back into a `finally` behind the last use. Always a suggestion: the connection is held longer. */
export function repairLateUse(
  context: Context,
  { checkout, lateUses, secondReleases }: Verdict,
  use: TSESTree.Node,
): Repair | undefined {
  if (use !== lateUses[0] || secondReleases.length > 0) return undefined;
  const found = inFinally(context, checkout, true);
  return found && { kind: 'suggest', messageId: 'moveRelease', edits: found.edits };
}

interface Found {
  readonly edits: readonly Edit[];
  readonly giveBacks: number;
  readonly leavesTraces: boolean;
}

function inFinally({ sourceCode, filename }: Context, checkout: Checkout, isLate: boolean): Found | undefined {
  const hold = endsTransaction(checkout.lease) ? undefined : findHold(checkout);
  const taking = hold?.list[hold.take];
  const borrowed = hold?.owner.async ? findBorrowed(sourceCode, hold) : undefined;
  if (!hold || !taking || !borrowed || hasOpenCheckout(sourceCode, borrowed)) return undefined;
  const style = styleAt(sourceCode, taking, filename);
  const plan = makePlan(sourceCode, hold, borrowed, style.isTyped, isLate);
  const rollback = plan && planRollback(sourceCode, hold, borrowed);
  if (!plan || !rollback) return undefined;
  if (rollback !== 'none' && collectOpenExits(sourceCode, plan).length > 0) return undefined;
  const edits = wrapInFinally(sourceCode, plan, rollback === 'none' ? undefined : rollback, style);
  return edits && { edits, giveBacks: hold.giveBacks.length, leavesTraces: leavesTraces(borrowed) };
}
