import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Borrowed } from '../borrowed.ts';
import type { Edit } from '../../text/edit.ts';
import { carriedBy } from '../extend.ts';
import { frameEdits } from '../frame.ts';
import type { GiveBack } from '../give-back.ts';
import type { Hold } from '../hold.ts';
import { isInside } from '../../../ast/inside.ts';
import { isAskedFor } from '../presence.ts';
import { catchLines, ownCatchEdits } from './text.ts';
import type { Rollback } from './plan.ts';
import { carriedEdits, carriedLine } from '../split.ts';
import { firstIndex } from '../stretch.ts';
import type { Style } from '../../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

function rollbackOf({ checkout }: Hold, host: TSESTree.CatchClause | undefined): Rollback {
  const { lease, name } = checkout;
  const rest = lease.completedBy ? `.${lease.completedBy}()` : '';
  return {
    lease,
    broken: undefined,
    own: [],
    needless: [],
    host,
    call: `${name}.${lease.transaction?.rollback[0] ?? ''}()${rest}`,
  };
}

/** `try { …; await trx.commit(); } catch (error) { await trx.rollback(); throw error; }` */
export function wrapWithRollback(
  sourceCode: SourceCode,
  hold: Hold,
  borrowed: Borrowed,
  last: number,
  style: Style,
): Edit[] | undefined {
  const first = firstIndex(hold, borrowed);
  const carried = carriedBy(sourceCode, hold.list.slice(first, last + 1), borrowed.names, style.isTyped);
  const [start, end] = [hold.list[first], hold.list[last]];
  if (!start || !end || !carried.every(({ way }) => way)) return undefined;
  if (borrowed.uses.some((use) => use.range[0] > start.range[0] && isAskedFor(use, []))) return undefined;
  const before = carried.map((one) => carriedLine(sourceCode, one, style.ends));
  const handler = catchLines(rollbackOf(hold, undefined), style);
  const frame = { first: start, last: end, before, handler, end: undefined };
  return [...frameEdits(sourceCode, frame, style), ...carriedEdits(sourceCode, carried, style)];
}

/** The code has a `catch`, right behind the checkout, that does not roll back. */
export function joinWithRollback(
  sourceCode: SourceCode,
  hold: Hold,
  borrowed: Borrowed,
  commit: GiveBack,
  style: Style,
): Edit[] | undefined {
  const guarded = hold.list[firstIndex(hold, borrowed)];
  if (guarded?.type !== 'TryStatement' || !guarded.handler || !isInside(commit.call, guarded.block)) return undefined;
  const { handler } = guarded;
  if (hold.giveBacks.some(({ call }) => isInside(call, handler))) return undefined;
  return ownCatchEdits(sourceCode, rollbackOf(hold, handler), style);
}
