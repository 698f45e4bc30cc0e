import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Lease } from './lease.ts';
import { insert } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import type { GiveBack } from './give-back.ts';
import { endWithComments, endsLine, lastToken, marginAt, startWithComments, startsLine } from '../text/lines.ts';
import type { Rollback } from './rollback/plan.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What makes a giving back discard the connection if the ROLLBACK failed; undefined where it cannot. */
export function discardEdits(
  { call, statement }: GiveBack,
  { lease, broken }: Rollback,
  name: string,
  style: Style,
): Edit[] | undefined {
  if (broken === undefined) return [];
  if (!lease.discard?.withError) return [insert(statement.range[0], discardElse(lease, broken, name, style))];
  const isPlain = call.arguments.length === 0 && statement.type === 'ExpressionStatement';
  return isPlain ? [insert(call.range[1] - 1, broken)] : undefined;
}

function discardElse({ discard }: Lease, broken: string, name: string, { eol, margin, unit, ends }: Style): string {
  return `if (${broken}) ${name}.${discard?.method ?? ''}()${ends}${eol}${margin}${unit}else `;
}

/** The lines that give back, where the code has none in the right place. */
export function giveBackLines(
  text: string,
  rollback: Rollback | undefined,
  name: string,
  { ends }: Style,
): string[] | undefined {
  if (rollback?.broken === undefined) return [`>${text}`];
  const { lease, broken } = rollback;
  if (!lease.discard?.withError)
    return [`>if (${broken}) ${name}.${lease.discard?.method ?? ''}()${ends}`, `>else ${text}`];
  return text.includes('()') ? [`>${text.replace('()', `(${broken})`)}`] : undefined;
}

/** The statement, or what takes its place, with its comments, for another place at the same indentation. */
export function linesOf(
  sourceCode: SourceCode,
  statement: TSESTree.Statement,
  text = sourceCode.getText(statement),
): string[] {
  const isAlone = startsLine(sourceCode, statement) && endsLine(sourceCode, statement);
  const [start] = statement.range;
  const [, end] = lastToken(sourceCode, statement).range;
  const margin = marginAt(sourceCode, start);
  const above = isAlone ? sourceCode.text.slice(startWithComments(sourceCode, statement), start) : '';
  const behind = isAlone ? sourceCode.text.slice(end, endWithComments(sourceCode, statement)) : '';
  const texts = `${above}${text}${behind}`.split(/\r?\n/);
  return texts.map((one) => `>${one.startsWith(margin) ? one.slice(margin.length) : one}`);
}
