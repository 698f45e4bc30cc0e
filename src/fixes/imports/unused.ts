import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { readsOf } from '../../ast/variables.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import type { Export } from './export.ts';
import { cut } from '../text/remove-statement.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Removes one imported name; with it the whole import, where it is the only one. */
export function removeExport(sourceCode: SourceCode, { node, from }: Export): Edit[] {
  const { parent } = node;
  const all: readonly TSESTree.Node[] =
    parent.type === 'ImportDeclaration' ? parent.specifiers : parent.type === 'ObjectPattern' ? parent.properties : [];
  if (all.length > 1) return listed(sourceCode, node, all);
  const declaration = parent.type === 'ObjectPattern' ? parent.parent.parent : parent;
  if (declaration?.type === 'VariableDeclaration' && declaration.declarations.length > 1) return [];
  const reads = from ? readsOf(from.variable) : [];
  const rest = from && reads.length === 1 ? removeExport(sourceCode, from) : [];
  return declaration ? [cut(sourceCode, declaration), ...rest] : [];
}

/** With the comma behind it, or before it where it is the last. */
function listed(sourceCode: SourceCode, node: TSESTree.Node, all: readonly TSESTree.Node[]): Edit[] {
  // `import pg, { Client }`: the braces would have to go as well.
  if (all.some(({ type }) => type !== node.type)) return [];
  const index = all.indexOf(node);
  const [before, next] = [all[index - 1], all[index + 1]];
  const edit = next ? replace(node.range[0], next.range[0], '') : replace(before?.range[1] ?? 0, node.range[1], '');
  return sourceCode.getCommentsInside(node).length > 0 ? [] : [edit];
}
