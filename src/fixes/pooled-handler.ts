import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/property-name.ts';
import { isInside, placeOf } from './places.ts';
import type { List } from './places.ts';
import type { PooledClient } from './pooled-life.ts';

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

/** In the `catch` or `finally` of the `try` in which the connection is opened: the new one ends before. */
export function isInHandler({ apart, built }: PooledClient, end: TSESTree.Node, list: List): boolean {
  const block = list[0]?.parent;
  const outer = block?.parent;
  if (outer?.type !== 'TryStatement' || outer.block !== block || !outer.handler) return false;
  const declared = apart ? placeOf(apart)?.list : built.list;
  const isOutside = declared?.includes(outer) === true;
  return isOutside && [outer.handler, outer.finalizer].some((one) => one && isInside(end, one));
}
