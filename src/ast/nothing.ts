import type { TSESTree } from '@typescript-eslint/utils';

/** `null` or `undefined`. */
export function isNothing(node: TSESTree.Node | null | undefined): boolean {
  if (node?.type === 'Identifier') return node.name === 'undefined';
  return node?.type === 'Literal' && node.value === null;
}
