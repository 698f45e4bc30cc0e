import type { TSESLint } from '@typescript-eslint/utils';
import { findBorrowed } from '../release/borrows.ts';
import { insert } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { discardEdits } from '../release/give-back-lines.ts';
import { startWithComments } from '../text/lines.ts';
import type { PooledClient } from './life.ts';
import { findFrame } from './frame.ts';
import type { PooledFrame } from './frame.ts';
import { holdOf } from './hold.ts';
import { removals } from '../removal/removals.ts';
import { ownRollbackEdits } from './remember.ts';
import { ownRollback } from './rollback.ts';
import { builtEdits, giveBackEdits } from './text.ts';
import type { Taking } from './text.ts';
import { brokenLines } from '../release/rollback/text.ts';
import { lines } from '../text/style.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The code ends its connection in a `finally`: that becomes the giving back, and all keeps its shape. */
export function keepFrame(
  sourceCode: SourceCode,
  client: PooledClient,
  { ensure, taking }: Taking,
  style: Style,
): Edit[] | undefined {
  const { built, open, ends } = client;
  const frame = findFrame(sourceCode, client);
  const [end] = ends;
  if (!frame || !end) return undefined;
  const hold = holdOf(client, frame.list, frame.index - 1);
  const borrowed = findBorrowed(sourceCode, hold);
  const rollback = borrowed && ownRollback(sourceCode, hold, borrowed);
  if (!borrowed || !rollback) return undefined;
  const plan = rollback === 'none' ? undefined : rollback;
  if (plan && frame.isInner) return undefined;
  const discards = plan ? discardEdits(end, plan, hold.checkout.name, style) : [];
  const isOpened = open !== undefined && open.statement !== built.statement;
  const removed = isOpened ? removals(sourceCode, [open.statement], style.unit) : [];
  if (!discards || !removed) return undefined;
  const texts = [taking, ...brokenLines(plan, style)];
  return [
    ...takingEdits(sourceCode, client, frame, [ensure, texts], style),
    ...removed,
    ...giveBackEdits(client, end, frame.isInner),
    ...discards,
    ...ownRollbackEdits(sourceCode, plan, style),
    ...[...borrowed.returns].map((one) => insert(one.argument?.range[0] ?? 0, 'await ')),
  ];
}

/** In the place of what builds, or right before the `try` where something else stands between. */
function takingEdits(
  sourceCode: SourceCode,
  client: PooledClient,
  { isApart, guarded }: PooledFrame,
  [ensure, texts]: readonly [string[], string[]],
  style: Style,
): Edit[] {
  if (!isApart) return builtEdits(sourceCode, client, [...ensure, ...texts], style);
  const taking = insert(startWithComments(sourceCode, guarded), lines(style, texts) + style.eol);
  return [...builtEdits(sourceCode, client, ensure, style), taking];
}
