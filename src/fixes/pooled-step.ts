import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import { propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import type { GiveBack } from './give-back.ts';
import { placeOf } from './places.ts';

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

/** `client.end().catch(() => {})`: a handler that neither waits nor throws. */
function withCatch(call: TSESTree.Node): TSESTree.Node {
  const member = call.parent?.type === 'MemberExpression' && call.parent.object === call ? call.parent : undefined;
  const outer = member && propertyName(member) === 'catch' ? wrapped(member).parent : undefined;
  const handler = outer?.type === 'CallExpression' ? outer.arguments[0] : undefined;
  const isIdle = isFunction(handler) && handler.body.type === 'BlockStatement' && handler.body.body.every(isLog);
  return outer && (isIdle || isNothing(handler)) ? wrapped(outer) : call;
}

function isNothing(handler: TSESTree.Node | undefined): boolean {
  if (!isFunction(handler)) return handler?.type === 'MemberExpression' && isConsole(handler);
  const { body } = handler;
  return /^(?:Literal|Identifier)$/.test(body.type) || isLogCall(body);
}

function isLog(statement: TSESTree.Statement): boolean {
  return statement.type === 'ExpressionStatement' && isLogCall(statement.expression);
}

function isLogCall(node: TSESTree.Node): boolean {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  return callee?.type === 'MemberExpression' && isConsole(callee);
}

function isConsole({ object }: TSESTree.MemberExpression): boolean {
  return object.type === 'Identifier' && /^(?:console|log|logger)$/.test(object.name);
}

function guardOf(name: string, statement: TSESTree.ExpressionStatement): TSESTree.IfStatement | undefined {
  const { parent } = statement;
  const block = parent.type === 'BlockStatement' && parent.body.length === 1 ? parent : statement;
  const outer = block.parent;
  if (outer?.type !== 'IfStatement' || outer.consequent !== block || outer.alternate) return undefined;
  const test = unwrap(outer.test);
  return test.type === 'Identifier' && test.name === name ? outer : undefined;
}
