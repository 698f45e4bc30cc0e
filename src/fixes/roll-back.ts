import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Verdict } from '../analysis/model.ts';
import type { Borrowed } from './borrow.ts';
import { findBorrowed } from './borrows.ts';
import type { Edit } from './edit.ts';
import { frameEdits } from './frame.ts';
import { findHold } from './hold.ts';
import type { Hold } from './hold.ts';
import { isInside } from './places.ts';
import { carriedBy, firstIndex } from './plan.ts';
import type { Repair } from './repair.ts';
import { catchLines, ownCatchEdits } from './rollback-text.ts';
import type { Rollback } from './rollback.ts';
import { carriedEdits, carriedLine } from './split.ts';
import { styleAt } from './style.ts';
import type { Style } from './style.ts';
import { endsTransaction, methodOf } from './transaction.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/**
 * Where giving back is to commit or to roll back: a `catch` that rolls back. What leaves in between without either is
 * not repaired: only its author knows which of the two is meant.
 */
export function repairTransaction({ sourceCode, filename }: Context, { checkout, leaks }: Verdict): Repair | undefined {
  const hold = endsTransaction(checkout.lease) ? findHold(checkout) : undefined;
  const taking = hold?.list[hold.take];
  const borrowed = hold?.owner.async ? findBorrowed(sourceCode, hold) : undefined;
  if (!hold || !taking || !borrowed || borrowed.returns.size > 0) return undefined;
  const style = styleAt(sourceCode, taking, filename);
  const commit = hold.giveBacks.findLast((one) => checkout.lease.transaction?.commit.includes(methodOf(one.call)));
  if (!commit || (checkout.lease.completedBy !== undefined && hold.giveBacks.length > 1)) return undefined;
  const edits =
    commit.list === hold.list
      ? wrap(sourceCode, hold, borrowed, commit.index, style)
      : join(sourceCode, hold, borrowed, commit.call, style);
  if (!edits || leaks.some(({ reason, witness }) => !isMended(reason, witness, hold, commit.list === hold.list)))
    return undefined;
  return { kind: 'fix', messageId: 'rollBack', edits };
}

/** What throws is mended, and so is a `catch` that forgets; what leaves is not. */
function isMended(reason: string, witness: TSESTree.Node, { list, take }: Hold, isNew: boolean): boolean {
  if (witness.range[0] < (list[take]?.range[1] ?? 0)) return false;
  return reason === 'throw' || (!isNew && isInCatch(witness));
}

function isInCatch(node: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node; at; at = at.parent) if (at.type === 'CatchClause') return true;
  return false;
}

function rollbackOf({ checkout }: Hold, host: TSESTree.CatchClause | undefined): Rollback {
  const { lease, name } = checkout;
  const rest = lease.completedBy ? `.${lease.completedBy}()` : '';
  return { lease, broken: undefined, own: [], host, call: `${name}.${lease.transaction?.rollback[0] ?? ''}()${rest}` };
}

function wrap(
  sourceCode: Context['sourceCode'],
  hold: Hold,
  borrowed: Borrowed,
  last: number,
  style: Style,
): Edit[] | undefined {
  const first = firstIndex(hold, borrowed);
  const carried = carriedBy(sourceCode, { hold, borrowed, first, last }, style.isTyped);
  const [start, end] = [hold.list[first], hold.list[last]];
  if (!start || !end || !carried.every(({ way }) => way)) return undefined;
  const before = carried.map((one) => carriedLine(sourceCode, one, style.ends));
  const frame = {
    first: start,
    last: end,
    before,
    handler: catchLines(rollbackOf(hold, undefined), style),
    end: undefined,
  };
  return [...frameEdits(sourceCode, frame, style), ...carriedEdits(sourceCode, carried, style)];
}

/** The code has a `catch`, right behind the checkout, that does not roll back. */
function join(
  sourceCode: Context['sourceCode'],
  hold: Hold,
  borrowed: Borrowed,
  commit: TSESTree.Node,
  style: Style,
): Edit[] | undefined {
  const guarded = hold.list[firstIndex(hold, borrowed)];
  if (guarded?.type !== 'TryStatement' || !guarded.handler || !isInside(commit, guarded.block)) return undefined;
  const { handler } = guarded;
  if (hold.giveBacks.some(({ call }) => isInside(call, handler))) return undefined;
  return ownCatchEdits(sourceCode, rollbackOf(hold, handler), style);
}
