import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { indentUnit } from '../text/indent.ts';
import { eolOf, lineStart, marginAt, startsLine } from '../text/lines.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Literal = TSESTree.ObjectExpression;

/** Adds members behind the last one of an object literal: on lines of their own where the last has one. */
export function insertMembers(sourceCode: SourceCode, literal: Literal, texts: readonly string[]): Edit | undefined {
  const close = sourceCode.getLastToken(literal) as TSESTree.Token;
  const last = literal.properties.at(-1);
  if (!last) return intoEmpty(sourceCode, literal, close, texts);
  const after = sourceCode.getTokenAfter(last) as TSESTree.Token;
  const comma = after.value === ',' ? after : undefined;
  const end = comma ?? (sourceCode.getLastToken(last) as TSESTree.Token);
  if (close.loc.start.line === end.loc.end.line || !startsLine(sourceCode, last)) {
    const text = texts.join(', ');
    return insert(end.range[1], comma ? ` ${text},` : `, ${text}`);
  }
  const lead = eolOf(sourceCode) + marginAt(sourceCode, last.range[0]);
  const text = lead + texts.join(`,${lead}`) + (comma ? ',' : '');
  const behind = endOfLine(sourceCode, end);
  if (comma) return insert(behind, text);
  return replace(end.range[1], behind, `,${sourceCode.text.slice(end.range[1], behind)}${text}`);
}

/** Behind the comments that follow on the line. */
function endOfLine(sourceCode: SourceCode, token: TSESTree.Token): number {
  const own = sourceCode.getCommentsAfter(token).filter((one) => one.loc.start.line === token.loc.end.line);
  return own.at(-1)?.range[1] ?? token.range[1];
}

function intoEmpty(
  sourceCode: SourceCode,
  literal: Literal,
  close: TSESTree.Token,
  texts: readonly string[],
): Edit | undefined {
  if (sourceCode.getCommentsInside(literal).length === 0) return replace(...literal.range, `{ ${texts.join(', ')} }`);
  if (!startsLine(sourceCode, close)) return undefined;
  const margin = marginAt(sourceCode, close.range[0]) + indentUnit(sourceCode, literal);
  const text = texts.map((one) => `${margin}${one},${eolOf(sourceCode)}`).join('');
  return insert(lineStart(sourceCode, close.range[0]), text);
}
