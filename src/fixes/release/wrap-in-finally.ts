import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { attachEdits } from './attach.ts';
import { insert } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { finallyLines } from './finally-lines.ts';
import { frameEdits, isOnOwnLines } from './frame.ts';
import type { Frame } from './frame.ts';
import { discardEdits } from './give-back-lines.ts';
import { isInside } from '../../ast/inside.ts';
import type { Plan } from './plan.ts';
import { cutWithComments, removeStatement } from '../text/remove-statement.ts';
import { brokenLines, catchLines, ownCatchEdits } from './rollback/text.ts';
import type { Rollback } from './rollback/plan.ts';
import { carriedEdits, carriedLine } from './split.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The edits of a plan: `try { … } finally { client.release(); }`, with a `catch` where a transaction may be open. */
export function wrapInFinally(
  sourceCode: SourceCode,
  plan: Plan,
  rollback: Rollback | undefined,
  style: Style,
): Edit[] | undefined {
  const { hold, end, inPlace, others, carried, borrowed } = plan;
  const span = hold.list.slice(plan.first, plan.last + 1);
  const discards = end && inPlace && rollback ? discardEdits(end, rollback, hold.checkout.name, style) : [];
  const body = end && inPlace ? end.statement : finallyLines(sourceCode, plan, rollback, style);
  if (!discards || !body) return undefined;
  const before = [...carried.map((one) => carriedLine(sourceCode, one, style.ends)), ...brokenLines(rollback, style)];
  const [first, last] = [span[0] as TSESTree.Node, span.at(-1) as TSESTree.Node];
  const frame: Frame = { first, last, before, handler: catchLines(rollback, style), end: body };
  const isAttached = isOpenTry(span) && frame.handler.length === 0 && isOnOwnLines(sourceCode, frame);
  const removed = [...others.map(({ statement }) => statement), ...(rollback?.needless ?? [])];
  const returns = [...borrowed.returns].filter((one) => span.some((outer) => isInside(one, outer)));
  return [
    ...(isAttached ? attachEdits : frameEdits)(sourceCode, frame, style),
    ...discards,
    ...removed.map((one) => removeStatement(sourceCode, one)),
    ...(end && !inPlace ? [cutWithComments(sourceCode, end.statement)] : []),
    ...carriedEdits(sourceCode, carried, style),
    ...returns.map((one) => insert(one.argument?.range[0] ?? 0, 'await ')),
    ...ownCatchEdits(sourceCode, rollback, style),
  ];
}

/** One `try` without a `finally`, and nothing else. */
function isOpenTry([only, ...more]: readonly TSESTree.Statement[]): boolean {
  return only?.type === 'TryStatement' && !only.finalizer && more.length === 0;
}
