import type { TSESTree } from '@typescript-eslint/utils';

/** The innermost statement or declaration in which the node stands, or the node itself; of a class, the member. */
export function statementAround(node: TSESTree.Node): TSESTree.Node {
  let at = node;
  while (at.parent && !/Statement$|Declaration$|^PropertyDefinition$/.test(at.type)) at = at.parent;
  return at;
}
