import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';

/** What goes together with a call that ends a value. */
export type Removal =
  | { readonly kind: 'link'; readonly call: TSESTree.CallExpression }
  | { readonly kind: 'statement'; readonly node: TSESTree.Statement };

/** The statement whose only purpose the call is, or the `.finally(() => pool.end())` behind another promise. */
export function removalOf(call: TSESTree.CallExpression): Removal | undefined {
  if (!call.arguments.every(isPlain)) return undefined;
  const value = settled(wrapped(call));
  const { parent } = value;
  if (parent?.type === 'ExpressionStatement') return outOf(parent);
  const handler = handlerAround(value);
  if (!handler) return undefined;
  const outer = handler.parent;
  if (outer?.type !== 'CallExpression' || outer.arguments.at(-1) !== handler) return undefined;
  const callee = unwrap(outer.callee);
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (name === 'finally' && outer.arguments.length === 1) return { kind: 'link', call: outer };
  // `res.on('close', () => pool.end())`: the end of one request. A signal of the process is the end of all.
  const isRequest = /^(?:once|on|addListener|waitUntil)$/.test(name ?? '') && !isProcess(callee);
  return isRequest && outer.parent.type === 'ExpressionStatement'
    ? { kind: 'statement', node: outer.parent }
    : undefined;
}

/** `await pool.end().catch(() => {})` */
function settled(value: TSESTree.Node): TSESTree.Node {
  const { parent } = value;
  if (parent?.type === 'AwaitExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'void'))
    return settled(wrapped(parent));
  const isCaught = parent?.type === 'MemberExpression' && parent.object === value && propertyName(parent) === 'catch';
  return isCaught && parent.parent.type === 'CallExpression' ? settled(wrapped(parent.parent)) : value;
}

/** The function that does nothing but end the value. */
function handlerAround(value: TSESTree.Node): TSESTree.Node | undefined {
  const { parent } = value;
  return parent && isFunction(parent) && parent.body === value ? parent : undefined;
}

/** With a test of its own: `if (pool) await pool.end();`; a function that has nothing else to do goes as a whole. */
function outOf(statement: TSESTree.ExpressionStatement): Removal | undefined {
  const { parent } = statement;
  if (parent.type === 'BlockStatement' || parent.type === 'SwitchCase') return { kind: 'statement', node: statement };
  const isOnly = parent.type === 'IfStatement' && parent.consequent === statement && !parent.alternate;
  const isInList = isOnly && parent.parent.type === 'BlockStatement';
  return isInList && isName(parent.test) ? { kind: 'statement', node: parent } : undefined;
}

function isName(test: TSESTree.Node): boolean {
  return test.type === 'Identifier';
}

function isPlain(argument: TSESTree.Node): boolean {
  if (argument.type === 'ObjectExpression')
    return argument.properties.every((one) => one.type === 'Property' && isPlain(one.value));
  return argument.type === 'Literal';
}

function isProcess(callee: TSESTree.Node): boolean {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'process';
}
