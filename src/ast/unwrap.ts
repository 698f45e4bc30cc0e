import type { TSESTree } from '@typescript-eslint/utils';

const WRAPPERS = new Set([
  'ChainExpression',
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSInstantiationExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
]);

/** The expression inside type assertions, `!` and optional chains. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  while (WRAPPERS.has(inner.type)) inner = (inner as TSESTree.TSAsExpression).expression;
  return inner;
}

/** The outermost expression that is the same value: the opposite of `unwrap`. */
export function wrapped(node: TSESTree.Node): TSESTree.Node {
  let outer = node;
  while (outer.parent && WRAPPERS.has(outer.parent.type)) outer = outer.parent;
  return outer;
}
