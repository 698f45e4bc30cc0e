import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Edit } from './edit.ts';
import { lineStart, marginAt } from './lines.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** One step of indentation: what the node's line has more than the line of the block around it. */
export function indentUnit(sourceCode: SourceCode, node: TSESTree.Node): string {
  const inner = marginAt(sourceCode, node.range[0]);
  const outer = node.parent ? marginAt(sourceCode, node.parent.range[0]) : '';
  if (inner.length > outer.length && inner.startsWith(outer)) return stepOf(inner.slice(outer.length));
  return inner.includes('\t') ? '\t' : '  ';
}

/** A parameter list over several lines may stand further out than the block. */
function stepOf(difference: string): string {
  if (difference.includes('\t')) return '\t';
  return difference.length > 8 ? '  ' : difference;
}

/** Indents the lines that start in the range by one step; lines inside strings and templates stay as they are. */
export function indentLines(sourceCode: SourceCode, start: number, end: number, unit: string): Edit[] {
  const inText = textStarts(sourceCode, start, end);
  const edits: Edit[] = [];
  let at = lineStart(sourceCode, start);
  if (at < start) at = nextLine(sourceCode, at);
  for (; at < end && at > 0; at = nextLine(sourceCode, at)) {
    const isBlank = /^[ \t]*\r?(?:\n|$)/.test(
      sourceCode.text.slice(at, sourceCode.text.indexOf('\n', at) + 1 || undefined),
    );
    if (!isBlank && !inText.has(at)) edits.push({ range: [at, at], text: unit, margin: true });
  }
  return edits;
}

function nextLine({ text }: SourceCode, at: number): number {
  return text.indexOf('\n', at) + 1;
}

/** The line starts that lie inside a template or a string. */
function textStarts(sourceCode: SourceCode, start: number, end: number): Set<number> {
  const found = new Set<number>();
  const { tokens } = sourceCode.ast;
  for (let index = firstAfter(tokens, start); index < tokens.length; index++) {
    const { range, type } = tokens[index] as TSESTree.Token;
    if (range[0] >= end) break;
    if (type !== 'Template' && type !== 'String') continue;
    for (let at = nextLine(sourceCode, range[0]); at > 0 && at < range[1]; at = nextLine(sourceCode, at)) found.add(at);
  }
  return found;
}

/** The first token that ends behind `start`; tokens are in source order. */
function firstAfter(tokens: readonly TSESTree.Token[], start: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as TSESTree.Token).range[1] <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}
