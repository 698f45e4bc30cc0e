import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../../ast/property-name.ts';

/** What is listened to: `new Pool()` of `new Pool().on('error', console.error)`. */
export function withoutListeners(node: TSESTree.Node): TSESTree.Node {
  const isCall = node.type === 'CallExpression' && node.callee.type === 'MemberExpression';
  const callee = isCall ? (node.callee as TSESTree.MemberExpression) : undefined;
  return callee && propertyName(callee) === 'on' ? withoutListeners(callee.object) : node;
}
