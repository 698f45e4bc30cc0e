import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/property-name.ts';
import { isInside } from './places.ts';

/**
 * The `catch` begins with a statement on the connection, which could only fail where there is none: so it may as well
 * not run then.
 */
export function asksFirst({ body }: TSESTree.CatchClause, calls: readonly TSESTree.CallExpression[]): boolean {
  const first = body.body.find((one) => !isLog(one));
  if (first?.type !== 'ExpressionStatement' || first.expression.type !== 'AwaitExpression') return false;
  const { argument } = first.expression;
  return calls.some((call) => call === argument && isInside(call, body));
}

/** `console.error(error);` */
function isLog(statement: TSESTree.Statement): boolean {
  const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  const callee = call?.type === 'CallExpression' ? call.callee : undefined;
  if (callee?.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  return /^(?:console|log|logger)$/.test(callee.object.name) && propertyName(callee) !== undefined;
}
