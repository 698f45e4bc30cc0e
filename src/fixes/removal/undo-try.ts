import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf } from '../../ast/functions.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { indentLines } from '../text/indent.ts';
import { endsLine, lineStart, startsLine } from '../text/lines.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What is left of `try { … } finally { }`: its statements, one step further out. Lines that `cuts` take are left to them. */
export function undoTry(
  sourceCode: SourceCode,
  { block, finalizer, range, parent }: TSESTree.TryStatement,
  cuts: readonly Edit[],
  unit: string,
): Edit[] | undefined {
  const { text } = sourceCode;
  const [first, last] = [block.body[0], block.body.at(-1)];
  if (!first || !last || !finalizer || !startsLine(sourceCode, first) || !endsLine(sourceCode, last)) return undefined;
  if (text.slice(lineStart(sourceCode, range[0]), range[0]).trim() !== '' || !isApart(sourceCode, block, parent))
    return undefined;
  const start = text.indexOf('\n', block.range[0]) + 1;
  const end = lineStart(sourceCode, block.range[1] - 1);
  const rest = /^[^\n]*\n?/.exec(text.slice(finalizer.range[1]))?.[0] ?? '';
  if (/\S/.test(text.slice(block.range[0] + 1, start)) || /\S/.test(rest)) return undefined;
  const isCut = (at: number): boolean => cuts.some((one) => one.range[0] <= at && at < one.range[1]);
  const margins = indentLines(sourceCode, start, end, unit).map((one) => one.range[0]);
  const inner = margins.filter((at) => !isCut(at) && text.startsWith(unit, at));
  return [
    replace(lineStart(sourceCode, range[0]), start, ''),
    ...inner.map((at) => replace(at, at + unit.length, '')),
    replace(end, finalizer.range[1] + rest.length, ''),
  ];
}

/** Its names are used nowhere else in the function, so that they may stand in the list around it. */
function isApart(sourceCode: SourceCode, block: TSESTree.BlockStatement, parent: TSESTree.Node): boolean {
  const scope = sourceCode.scopeManager?.acquire(block);
  const owner = holderOf(block);
  const before = sourceCode.text.slice(owner.range[0], block.range[0]);
  const behind = sourceCode.text.slice(block.range[1], owner.range[1]);
  const names = scope?.variables.map(({ name }) => name) ?? [];
  const isList = parent.type === 'BlockStatement' || parent.type === 'Program';
  return isList && names.every((name) => !new RegExp(String.raw`\b${name}\b`).test(before + behind));
}
