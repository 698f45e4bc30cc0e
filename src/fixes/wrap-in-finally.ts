import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Edit } from './edit.ts';
import { insert } from './edit.ts';
import { attachEdits, frameEdits, isOnOwnLines } from './frame.ts';
import type { Frame } from './frame.ts';
import { giveBackText } from './give-back.ts';
import { discardEdits, giveBackLines, linesOf } from './give-back-lines.ts';
import type { Plan } from './plan.ts';
import { isInside } from './places.ts';
import { cut, removeStatement } from './remove-statement.ts';
import { brokenLines, catchLines, ownCatchEdits } from './rollback-text.ts';
import type { Rollback } from './rollback.ts';
import { carriedEdits, carriedLine } from './split.ts';
import type { Style } from './style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The edits of a plan: `try { … } finally { client.release(); }`, with a `catch` where a transaction may be open. */
export function wrapInFinally(
  sourceCode: SourceCode,
  plan: Plan,
  rollback: Rollback | undefined,
  style: Style,
): Edit[] | undefined {
  const { hold, first, last, end, inPlace, others, carried, borrowed } = plan;
  const span = hold.list.slice(first, last + 1);
  const discards = end && inPlace && rollback ? discardEdits(end, rollback, hold.checkout.name, style) : [];
  const body = end && inPlace ? end.statement : finallyLines(sourceCode, plan, rollback, style);
  if (!discards || !body) return undefined;
  const before = [...carried.map((one) => carriedLine(sourceCode, one, style.ends)), ...brokenLines(rollback, style)];
  const frame: Frame = {
    first: span[0] as TSESTree.Node,
    last: span.at(-1) as TSESTree.Node,
    before,
    handler: catchLines(rollback, style),
    end: body,
  };
  const isAttached =
    span.length === 1 && isOpenTry(span[0]) && frame.handler.length === 0 && isOnOwnLines(sourceCode, frame);
  return [
    ...(isAttached ? attachEdits(sourceCode, frame, style) : frameEdits(sourceCode, frame, style)),
    ...discards,
    ...[...others, ...(end && !inPlace ? [end] : [])].map((one) =>
      one === end ? cut(sourceCode, one.statement) : removeStatement(sourceCode, one.statement),
    ),
    ...carriedEdits(sourceCode, carried, style),
    ...[...borrowed.returns]
      .filter((one) => span.some((outer) => isInside(one, outer)))
      .map((one) => insert(one.argument?.range[0] ?? 0, 'await ')),
    ...ownCatchEdits(sourceCode, rollback, style),
  ];
}

function isOpenTry(statement: TSESTree.Node | undefined): boolean {
  return statement?.type === 'TryStatement' && !statement.finalizer;
}

function finallyLines(
  sourceCode: SourceCode,
  { end, others, hold }: Plan,
  rollback: Rollback | undefined,
  style: Style,
): string[] | undefined {
  const { checkout } = hold;
  const model = end ?? others[0];
  if (model && !rollback) return end ? linesOf(sourceCode, end.statement) : [`>${sourceCode.getText(model.statement)}`];
  const text = model ? sourceCode.getText(model.statement) : giveBackText(sourceCode, checkout, style.ends);
  return text === undefined ? undefined : giveBackLines(text, rollback, checkout.name, style);
}
