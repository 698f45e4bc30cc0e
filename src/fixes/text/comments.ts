import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { endWithComments, lastToken, lineStart, marginAt, startWithComments, startsLine } from './lines.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The comments of its own above a statement, as lines without margin. */
export function commentsAbove(sourceCode: SourceCode, statement: TSESTree.Node): string[] {
  const start = startWithComments(sourceCode, statement);
  const end = lineStart(sourceCode, statement.range[0]);
  if (!startsLine(sourceCode, statement) || start >= end) return [];
  const margin = marginAt(sourceCode, statement.range[0]);
  const lines = sourceCode.text.slice(start, end).split(/\r?\n/).slice(0, -1);
  return lines.map((one) => (one.startsWith(margin) ? one.slice(margin.length) : one.trimStart()));
}

/** The comments behind a statement on its line. */
export function commentBehind(sourceCode: SourceCode, statement: TSESTree.Node): string {
  return sourceCode.text.slice(lastToken(sourceCode, statement).range[1], endWithComments(sourceCode, statement));
}
