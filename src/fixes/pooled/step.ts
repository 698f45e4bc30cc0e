import type { TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../../ast/unwrap.ts';
import type { GiveBack } from '../release/give-back.ts';
import { placeOf } from '../../ast/places.ts';
import { guardOf } from '../release/give-back.ts';
import { handlerOf, isIdle } from './swallowed.ts';

/**
 * The statement that does nothing but open or end: awaited or not. What ends `name` may have `.catch(() => {})` and stand
 * in `if (client)`.
 */
export function findStep(call: TSESTree.CallExpression, name: string | undefined): GiveBack | undefined {
  if (call.arguments.length > 0) return undefined;
  const caught = name === undefined ? wrapped(call) : withCatch(wrapped(call));
  const { parent } = caught;
  const whole = parent?.type === 'AwaitExpression' || isVoid(parent) ? wrapped(parent) : caught;
  if (whole.parent?.type !== 'ExpressionStatement') return undefined;
  const statement = (name === undefined ? undefined : guardOf(name, whole.parent)) ?? whole.parent;
  const place = placeOf(statement);
  return place && { ...place, call, statement };
}

function isVoid(node: TSESTree.Node | undefined): node is TSESTree.UnaryExpression {
  return node?.type === 'UnaryExpression' && node.operator === 'void';
}

/** `client.end().catch(() => {})` */
function withCatch(call: TSESTree.Node): TSESTree.Node {
  const handler = handlerOf(call);
  return handler?.parent && isIdle(handler) ? wrapped(handler.parent) : call;
}
