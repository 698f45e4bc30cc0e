import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';

/** `console.error(error);` */
export function isLog(statement: TSESTree.Statement): boolean {
  return statement.type === 'ExpressionStatement' && isLogCall(statement.expression);
}

export function isLogCall(node: TSESTree.Node): boolean {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  return callee?.type === 'MemberExpression' && isConsole(callee);
}

/** `console.error`, `logger.warn` */
export function isConsole({ object }: TSESTree.MemberExpression): boolean {
  return object.type === 'Identifier' && /^(?:console|log|logger)$/.test(object.name);
}
