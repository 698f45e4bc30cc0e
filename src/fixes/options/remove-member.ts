import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { lineStart, startsLine } from '../text/lines.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Takes a member out of its literal, with its comma and line. Refused where a comment belongs to it, or it is the only one. */
export function removeMember(sourceCode: SourceCode, property: TSESTree.Property): Edit | undefined {
  const before = sourceCode.getTokenBefore(property) as TSESTree.Token;
  const after = sourceCode.getTokenAfter(property) as TSESTree.Token;
  const next = after.value === ',' ? (sourceCode.getTokenAfter(after) as TSESTree.Token) : after;
  if (sourceCode.commentsExistBetween(before, after) || hasCommentBehind(sourceCode, after)) return undefined;
  if (after.value !== ',') return before.value === ',' ? replace(before.range[0], property.range[1], '') : undefined;
  if (before.value === '{' && next.value === '}') return undefined;
  const isOnLines = startsLine(sourceCode, property) && next.loc.start.line > after.loc.end.line;
  if (!isOnLines) return replace(property.range[0], next.range[0], '');
  const end = sourceCode.text.indexOf('\n', after.range[1]) + 1;
  return replace(lineStart(sourceCode, property.range[0]), end, '');
}

const hasCommentBehind = (sourceCode: SourceCode, token: TSESTree.Token): boolean =>
  sourceCode.getCommentsAfter(token).some((one) => one.loc.start.line === token.loc.end.line);

/** The property, or the outermost one around it that nothing else would be left in: `pool: { max: 5 }`. */
export function emptied(property: TSESTree.Property): TSESTree.Property {
  const literal = property.parent;
  const outer = literal.parent;
  const isOnly = literal.type === 'ObjectExpression' && literal.properties.length === 1;
  return isOnly && outer?.type === 'Property' && outer.value === literal ? emptied(outer) : property;
}
