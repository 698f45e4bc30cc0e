import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';

/** What is listened to: `new Pool()` of `new Pool().on('error', console.error)`, as the call gives it again. */
export function listenedTo(node: TSESTree.Node): TSESTree.Node | undefined {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  const isOn = callee?.type === 'MemberExpression' && /^(?:addListener|on|once)$/.test(propertyName(callee) ?? '');
  return isOn ? callee.object : undefined;
}

/** The value without all that listens to it. */
export function withoutListeners(node: TSESTree.Node): TSESTree.Node {
  const inner = listenedTo(node);
  return inner ? withoutListeners(inner) : node;
}
