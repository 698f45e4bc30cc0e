import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { indentLines } from '../text/indent.ts';
import { endWithComments, lastToken, lineStart, marginAt, startWithComments, startsLine } from '../text/lines.ts';
import { cutWithComments } from '../text/remove-statement.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The text of a node as it reads without the margin of its first line; strings over several lines stay as they are. */
export function textAtMargin(sourceCode: SourceCode, node: TSESTree.Node): string {
  return withoutMargin(sourceCode, node.range[0], node.range[1], marginAt(sourceCode, node.range[0]));
}

function withoutMargin(sourceCode: SourceCode, start: number, end: number, margin: string): string {
  const { text } = sourceCode;
  const starts = indentLines(sourceCode, start, end, '').map(({ range }) => range[0]);
  let out = '';
  let at = start;
  for (const one of starts.filter((each) => each > start && text.startsWith(margin, each))) {
    out += text.slice(at, one);
    at = one + margin.length;
  }
  return out + text.slice(at, end);
}

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

/** Removes a declaration with its comments, and the blank line behind it where it opened its block. */
export function cutDeclaration(sourceCode: SourceCode, statement: TSESTree.Node): Edit {
  const { range, text } = cutWithComments(sourceCode, statement);
  const before = sourceCode.getTokenBefore(statement);
  const blank = /^[ \t]*\r?\n/.exec(sourceCode.text.slice(range[1]))?.[0] ?? '';
  const isFirst = before?.value === '{' && sourceCode.text.slice(before.range[1], range[0]).trim() === '';
  const isWhole = range[0] === lineStart(sourceCode, range[0]);
  return isFirst && isWhole ? replace(range[0], range[1] + blank.length, text) : { range, text };
}
