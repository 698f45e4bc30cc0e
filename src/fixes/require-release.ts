import type { TSESLint } from '@typescript-eslint/utils';
import type { Verdict } from '../analysis/model.ts';
import { findBorrowed } from './borrows.ts';
import { findHold } from './hold.ts';
import { makePlan } from './plan.ts';
import { collectOpenExits } from './open-exits.ts';
import type { Repair } from './repair.ts';
import { planRollback } from './rollback.ts';
import { styleAt } from './style.ts';
import { endsTransaction, leavesTraces } from './transaction.ts';
import { wrapInFinally } from './wrap-in-finally.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** How a lost connection is repaired: with `try` and `finally`. */
export function repairLeak({ sourceCode, filename }: Context, verdict: Verdict): Repair | undefined {
  const { checkout, leaks, secondReleases, lateUses } = verdict;
  if (secondReleases.length > 0 || lateUses.length > 0 || endsTransaction(checkout.lease)) return undefined;
  const hold = findHold(checkout);
  const taking = hold?.list[hold.take];
  if (!hold || !taking || !hold.owner.async) return undefined;
  if (hold.giveBacks.length === 0 && leaks.some(({ reason }) => reason !== 'never')) return undefined;
  const borrowed = findBorrowed(sourceCode, hold);
  const style = styleAt(sourceCode, taking, filename);
  const plan = borrowed && makePlan(sourceCode, hold, borrowed, style.isTyped);
  const rollback = plan && planRollback(sourceCode, hold, borrowed);
  if (!plan || !rollback) return undefined;
  if (rollback !== 'none' && collectOpenExits(sourceCode, plan).length > 0) return undefined;
  const edits = wrapInFinally(sourceCode, plan, rollback === 'none' ? undefined : rollback, style);
  return edits && { kind: leavesTraces(borrowed) ? 'suggest' : 'fix', messageId: 'wrapInFinally', edits };
}
