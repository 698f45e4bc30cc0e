import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from './functions.ts';

/** A `catch` of the same function gets what is thrown at the node. */
export function isCaught(node: TSESTree.Node): boolean {
  for (let at = node; at.parent && !isFunction(at.parent); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'TryStatement' && parent.block === at && parent.handler) return true;
  }
  return false;
}
