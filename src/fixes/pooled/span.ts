import type { TSESLint } from '@typescript-eslint/utils';
import { findBorrowed } from '../release/borrows.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { makePlan } from '../release/make-plan.ts';
import { indexIn, placeOf } from '../../ast/places.ts';
import { isRemovable } from './life.ts';
import type { PooledClient } from './life.ts';
import { isInHandler } from './handler.ts';
import { holdOf } from './hold.ts';
import { removals } from '../removal/removals.ts';
import { rememberEdits } from './remember.ts';
import { ownRollback } from './rollback.ts';
import { builtEdits } from './text.ts';
import type { Taking } from './text.ts';
import type { Style } from '../text/style.ts';
import { wrapInFinally } from '../release/wrap-in-finally.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A new `try` from where the connection was opened to its end, with the giving back in `finally`. */
export function wrapSpan(
  sourceCode: SourceCode,
  client: PooledClient,
  { ensure, taking }: Taking,
  style: Style,
): Edit[] | undefined {
  const { apart, calls, ends, owner, start } = client;
  const place = placeOf(start);
  if (!place || !owner.async || !isRemovable(client) || !calls.every((call) => indexIn(place.list, call) > place.index))
    return undefined;
  const isIn = ({ statement }: (typeof ends)[number]): boolean => indexIn(place.list, statement) > place.index;
  if (!ends.every((one) => isIn(one) || isInHandler(client, one.statement, place.list))) return undefined;
  const hold = holdOf(client, place.list, place.index);
  const borrowed = findBorrowed(sourceCode, hold);
  const rollback = borrowed && ownRollback(sourceCode, hold, borrowed);
  const plan = rollback && makePlan(sourceCode, hold, borrowed, style.isTyped, false);
  if (!plan || !rollback) return undefined;
  // What ends goes; the giving back is written anew.
  const anew = { ...plan, end: undefined, inPlace: false, others: [] };
  const own = rollback === 'none' ? undefined : rollback;
  const wrapped = wrapInFinally(sourceCode, anew, own, style);
  const gone = [...(apart ? [apart] : []), ...ends.map(({ statement }) => statement)];
  const removed = removals(sourceCode, gone, style.unit);
  if (!wrapped || !removed) return undefined;
  const texts = { ensure, taking: declared(client, taking) };
  const remembered = rememberEdits(sourceCode, own, style);
  return [...takingEdits(sourceCode, client, texts, style), ...wrapped, ...remembered, ...removed];
}

/** The `let` goes: the new `try` holds every use. */
function declared({ apart }: PooledClient, taking: string): string {
  return apart ? `const ${taking}` : taking;
}

/** In the place of what builds, where what opens comes next; else in that of what opens. */
function takingEdits(sourceCode: SourceCode, client: PooledClient, { ensure, taking }: Taking, style: Style): Edit[] {
  const { built, open, start } = client;
  const isNext = !open || (open.list === built.list && open.index === built.index + 1);
  if (!isNext) return [...builtEdits(sourceCode, client, ensure, style), replace(...start.range, taking)];
  const opened = open ? removals(sourceCode, [open.statement], style.unit) : [];
  return [...builtEdits(sourceCode, client, [...ensure, taking], style), ...(opened ?? [])];
}
