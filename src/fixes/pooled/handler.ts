import type { TSESTree } from '@typescript-eslint/utils';
import { isInside } from '../../ast/inside.ts';
import { placeOf } from '../../ast/places.ts';
import type { List } from '../../ast/places.ts';
import { isLog } from '../code/log.ts';
import { rethrows } from '../release/rollback/own.ts';
import { swallowedAt } from './swallowed.ts';
import type { PooledClient } from './life.ts';

/**
 * The `catch` begins with a statement on the connection, which could only fail where there is none: so it may as well
 * not run then.
 */
export function asksFirst({ body }: TSESTree.CatchClause, calls: readonly TSESTree.CallExpression[]): boolean {
  const first = body.body.find((one) => !isLog(one));
  if (first?.type !== 'ExpressionStatement' || first.expression.type !== 'AwaitExpression') return false;
  const { argument } = first.expression;
  const own = calls.filter((call) => isInside(call, body));
  if (own.includes(argument as TSESTree.CallExpression)) return true;
  // Where it fails, what follows runs all the same: that may be to throw the first error again, and no more.
  const swallowing = own.find((call) => swallowedAt(call)?.whole === first.expression);
  const isLast = body.body.every((one) => one === first || isLog(one) || one === body.body.at(-1));
  return swallowing !== undefined && isLast && rethrows(swallowing);
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
