import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from './unwrap.ts';

/** Where a chain of members and calls begins: `process` of `process.env.HOSTS.split(',')[0]`. */
export function rootOf(node: TSESTree.Node): TSESTree.Node {
  const value = unwrap(node);
  if (value.type === 'MemberExpression') return rootOf(value.object);
  return value.type === 'CallExpression' ? rootOf(value.callee) : value;
}
