import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from './property-name.ts';
import { unwrap, wrapped } from './unwrap.ts';

/** The call of a method of the node: `client.query(…)` for `client`. */
export function methodCall(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  const { parent } = wrapped(node);
  if (parent?.type !== 'MemberExpression' || unwrap(parent.object) !== node) return undefined;
  const outer = wrapped(parent);
  return outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : undefined;
}

/** The name of the method that is called; empty where it has none. */
export function methodOf(call: TSESTree.CallExpression): string {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
}
