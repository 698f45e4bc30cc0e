import type { TSESTree } from '@typescript-eslint/utils';

/** All of the node stands in the text of `outer`. */
export function isInside(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  return node.range[0] >= outer.range[0] && node.range[1] <= outer.range[1];
}
