import type { TSESLint } from '@typescript-eslint/utils';
import { giveBackLines, linesOf } from './give-back-lines.ts';
import { giveBackText } from './give-back.ts';
import type { Plan } from './plan.ts';
import type { Rollback } from './rollback/plan.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

export function finallyLines(
  sourceCode: SourceCode,
  { end, others, hold }: Plan,
  rollback: Rollback | undefined,
  style: Style,
): string[] | undefined {
  const { checkout } = hold;
  const model = end ?? others[0];
  if (model && !rollback) return end ? linesOf(sourceCode, end.statement) : [`>${sourceCode.getText(model.statement)}`];
  const text = model ? sourceCode.getText(model.statement) : giveBackText(sourceCode, checkout, style.ends);
  const texts = text === undefined ? undefined : giveBackLines(text, rollback, checkout.name, style);
  if (!end || !texts) return texts;
  return linesOf(sourceCode, end.statement, texts.map((one) => one.slice(1)).join('\n'));
}
