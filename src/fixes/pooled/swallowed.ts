import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { isConsole, isLog, isLogCall } from '../code/log.ts';

/** `await client.query('ROLLBACK').catch(() => {});`: nobody else learns that it failed. */
export interface Swallowed {
  readonly call: TSESTree.CallExpression;
  /** `await …` */
  readonly whole: TSESTree.AwaitExpression;
  /** It does nothing, or writes a log. */
  readonly handler: TSESTree.Node;
}

export function swallowedAt(call: TSESTree.CallExpression): Swallowed | undefined {
  const handler = handlerOf(call);
  const whole = handler?.parent && wrapped(handler.parent).parent;
  const isStatement = whole?.type === 'AwaitExpression' && whole.parent.type === 'ExpressionStatement';
  return handler && isStatement && isIdle(handler) && takesError(handler) ? { call, whole, handler } : undefined;
}

/** Its parameter, if any, can be put where an `Error` is wanted. */
function takesError(handler: TSESTree.Node): boolean {
  const [param] = isFunction(handler) ? handler.params : [];
  if (!param) return true;
  const type = param.type === 'Identifier' ? param.typeAnnotation?.typeAnnotation : undefined;
  const isError =
    type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'Error';
  return param.type === 'Identifier' && (!param.typeAnnotation || isError || type?.type === 'TSAnyKeyword');
}

/** `() => {}` of `call.catch(() => {})` */
export function handlerOf(call: TSESTree.Node): TSESTree.Node | undefined {
  const value = wrapped(call);
  const member = value.parent?.type === 'MemberExpression' && value.parent.object === value ? value.parent : undefined;
  const outer = member && propertyName(member) === 'catch' ? wrapped(member).parent : undefined;
  return outer?.type === 'CallExpression' && outer.arguments.length === 1 ? outer.arguments[0] : undefined;
}

/** It neither waits nor throws. */
export function isIdle(handler: TSESTree.Node): boolean {
  if (!isFunction(handler)) return handler.type === 'MemberExpression' && isConsole(handler);
  const { body } = handler;
  if (body.type === 'BlockStatement') return body.body.every(isLog);
  return /^(?:Literal|Identifier)$/.test(body.type) || isLogCall(body);
}
