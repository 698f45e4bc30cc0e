import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';

/** Numbers, texts and what operators make of them. */
export function isPrimitive(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === 'TemplateLiteral') return value.expressions.every(isPrimitive);
  if (value.type === 'UnaryExpression') return isPrimitive(value.argument);
  if (value.type === 'BinaryExpression') return isPrimitive(value.left) && isPrimitive(value.right);
  return value.type === 'Literal';
}
