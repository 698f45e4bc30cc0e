import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Placed = TSESTree.Node | TSESTree.Token;

/** Where nodes stand on their lines. */

export function eolOf({ text }: SourceCode): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

export function lineStart({ text }: SourceCode, index: number): number {
  return text.lastIndexOf('\n', index - 1) + 1;
}

/** The spaces and tabs at the start of the line of `index`. */
export function marginAt(sourceCode: SourceCode, index: number): string {
  return /^[ \t]*/.exec(sourceCode.text.slice(lineStart(sourceCode, index)))?.[0] ?? '';
}

/** Nothing but comments stands before it on its line. A `;` there ends the statement before. */
export function startsLine(sourceCode: SourceCode, node: Placed): boolean {
  const before = sourceCode.text.slice(lineStart(sourceCode, node.range[0]), node.range[0]);
  return /^(?:[ \t;]|\/\*.*?\*\/)*$/.test(before);
}

/** Nothing but comments stands behind it on its line. */
export function endsLine(sourceCode: SourceCode, node: TSESTree.Node): boolean {
  const last = lastToken(sourceCode, node);
  const next = sourceCode.getTokenAfter(last);
  return !next || next.loc.start.line > last.loc.end.line;
}

/** The last token; a `;` that opens the next line belongs to that line. */
export function lastToken(sourceCode: SourceCode, node: TSESTree.Node): TSESTree.Token {
  const last = sourceCode.getLastToken(node) as TSESTree.Token;
  const before = sourceCode.getTokenBefore(last);
  const isGuard =
    last.value === ';' && before && before.range[0] >= node.range[0] && before.loc.end.line < last.loc.start.line;
  return isGuard ? before : last;
}

/** The end of the node together with the comments behind it on the same line. */
export function endWithComments(sourceCode: SourceCode, node: TSESTree.Node): number {
  const last = lastToken(sourceCode, node);
  let { line } = last.loc.end;
  let [, end] = last.range;
  for (const comment of sourceCode.getCommentsAfter(last)) {
    if (comment.loc.start.line !== line) break;
    ({ line } = comment.loc.end);
    [, end] = comment.range;
  }
  return end;
}

/** The start of the line on which the node, or the comments of its own above it, begin. */
export function startWithComments(sourceCode: SourceCode, node: TSESTree.Node): number {
  const previous = sourceCode.getTokenBefore(node);
  const own = sourceCode
    .getCommentsBefore(node)
    .find((one) => one.loc.start.line !== previous?.loc.end.line && startsLine(sourceCode, one));
  return lineStart(sourceCode, (own ?? node).range[0]);
}
