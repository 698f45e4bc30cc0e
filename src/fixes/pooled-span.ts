import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findBorrowed } from './borrows.ts';
import { replace } from './edit.ts';
import type { Edit } from './edit.ts';
import { makePlan } from './make-plan.ts';
import { indexIn, isInside, placeOf } from './places.ts';
import type { List } from './places.ts';
import type { PooledClient } from './pooled-life.ts';
import { holdOf } from './pooled-hold.ts';
import { removals } from './pooled-removal.ts';
import { ownRollback } from './pooled-rollback.ts';
import { builtEdits } from './pooled-text.ts';
import type { Taking } from './pooled-text.ts';
import type { Style } from './style.ts';
import { wrapInFinally } from './wrap-in-finally.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A new `try` from where the connection was opened to its end, with the giving back in `finally`. */
export function wrapSpan(
  sourceCode: SourceCode,
  client: PooledClient,
  { ensure, taking }: Taking,
  style: Style,
): Edit[] | undefined {
  const { calls, ends, owner, start } = client;
  const place = placeOf(start);
  if (!place || !owner.async || !calls.every((call) => indexIn(place.list, call) > place.index)) return undefined;
  const isIn = ({ statement }: (typeof ends)[number]): boolean => indexIn(place.list, statement) > place.index;
  if (!ends.every((one) => isIn(one) || isInHandler(client, one.statement, place.list))) return undefined;
  const hold = holdOf(client, place.list, place.index);
  const borrowed = findBorrowed(sourceCode, hold);
  const rollback = borrowed && ownRollback(sourceCode, hold, borrowed);
  const plan = rollback && makePlan(sourceCode, hold, borrowed, style.isTyped, false);
  if (!plan || !rollback) return undefined;
  // What ends goes; the giving back is written anew.
  const anew = { ...plan, end: undefined, inPlace: false, others: [] };
  const wrapped = wrapInFinally(sourceCode, anew, rollback === 'none' ? undefined : rollback, style);
  const gone = ends.map(({ statement }) => statement);
  const removed = removals(sourceCode, gone, style.unit);
  return wrapped && removed && [...takingEdits(sourceCode, client, { ensure, taking }, style), ...wrapped, ...removed];
}

/** In the `catch` or `finally` of the `try` in which the connection is opened: the new one ends before. */
function isInHandler({ built }: PooledClient, end: TSESTree.Node, list: List): boolean {
  const block = list[0]?.parent;
  const outer = block?.parent;
  if (outer?.type !== 'TryStatement' || outer.block !== block || !outer.handler) return false;
  const isOutside = built.statement.type === 'VariableDeclaration' && built.list.includes(outer);
  return isOutside && [outer.handler, outer.finalizer].some((one) => one && isInside(end, one));
}

/** In the place of what builds, where what opens comes next; else in that of what opens. */
function takingEdits(sourceCode: SourceCode, client: PooledClient, { ensure, taking }: Taking, style: Style): Edit[] {
  const { built, open, start } = client;
  const isNext = !open || (open.list === built.list && open.index === built.index + 1);
  if (!isNext) return [...builtEdits(sourceCode, client, ensure, style), replace(...start.range, taking)];
  const opened = open ? removals(sourceCode, [open.statement], style.unit) : [];
  return [...builtEdits(sourceCode, client, [...ensure, taking], style), ...(opened ?? [])];
}
