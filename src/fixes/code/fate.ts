import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../analysis/model.ts';
import { isFunction } from '../../ast/functions.ts';

/** What becomes of the value of the expression around a node. */
export type Fate =
  | { readonly kind: 'awaited' }
  | { readonly kind: 'declared'; readonly declarator: TSESTree.VariableDeclarator }
  /** The result of an arrow function without braces, or a default of a parameter. */
  | { readonly kind: 'function'; readonly target: FunctionNode }
  | { readonly kind: 'plain'; readonly statement: TSESTree.Node }
  | { readonly kind: 'returned'; readonly statement: TSESTree.ReturnStatement };

export function fateOf(node: TSESTree.Node): Fate {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'AwaitExpression') return { kind: 'awaited' };
    if (isFunction(parent)) return { kind: 'function', target: parent };
    if (parent.type === 'ReturnStatement') return { kind: 'returned', statement: parent };
    if (parent.type === 'VariableDeclarator') return { kind: 'declared', declarator: parent };
    if (/Statement$|Declaration$|^SwitchCase$/.test(parent.type)) return { kind: 'plain', statement: parent };
  }
  return { kind: 'plain', statement: node };
}
