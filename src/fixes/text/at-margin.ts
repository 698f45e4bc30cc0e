import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { indentLines } from './indent.ts';
import { marginAt } from './lines.ts';

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
