import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import type { CheckoutMethod } from '../drivers/driver.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Site = TSESTree.CallExpression | TSESTree.NewExpression;
type Name = TSESTree.Identifier;

/**
 * Where a connection goes when it is handed out. In: the call. Out: the name that holds it, or the way in which it
 * leaves our view (`returned`), or nothing when it is handed to code we do not follow.
 */
export type Binding =
  | {
      readonly form: 'assigned' | 'declared';
      readonly name: Name;
      readonly begin: TSESTree.Node;
      readonly together?: true;
    }
  | { readonly form: 'callback'; readonly handler: FunctionNode }
  | { readonly form: 'chained'; readonly handler: FunctionNode; readonly name: Name | undefined }
  | { readonly form: 'field'; readonly target: TSESTree.MemberExpression; readonly begin: TSESTree.Node }
  | { readonly form: 'parameter'; readonly name: Name; readonly holder: FunctionNode; readonly begin: TSESTree.Node }
  | { readonly form: 'returned' }
  | { readonly form: 'unnamed' };

export function bindingOf(sourceCode: SourceCode, site: Site, method: CheckoutMethod): Binding | undefined {
  const last = site.arguments.at(-1);
  const handler = last && unwrap(last);
  if (isFunction(handler)) {
    return method.callback && !method.scopedByCallback ? { form: 'callback', handler } : undefined;
  }
  if (method.scopedByCallback && handler && isMaybeFunction(sourceCode, handler)) return undefined;
  const isAwaited = wrapped(site).parent?.type === 'AwaitExpression';
  if (method.callback && !isAwaited && handler && isMaybeFunction(sourceCode, handler)) return undefined;
  const promise = promiseOf(site, method);
  const value = promise && awaited(promise);
  if (!promise || !value) return undefined;
  if (value === promise && method.result === 'promise') return unawaited(sourceCode, promise);
  return placed(value, value);
}

/** What may be a callback, from wherever it comes: then we do not know which form this is. */
function isMaybeFunction(sourceCode: SourceCode, node: TSESTree.Node): boolean {
  if (node.type !== 'Identifier') return !VALUES.has(node.type);
  const definition = findVariable(sourceCode, node)?.defs[0];
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return node.name !== 'undefined' && (!init || isFunction(init) || !VALUES.has(unwrap(init).type));
}

/** Options, names and numbers: no functions. */
const VALUES: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'BinaryExpression',
  'Literal',
  'NewExpression',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
]);

/** The expression that is the promise (or the value): `pool.acquire().promise` for tarn. */
function promiseOf(site: Site, method: CheckoutMethod): TSESTree.Node | undefined {
  const call = wrapped(site);
  if (!method.promiseIn) return caught(call);
  const member = call.parent;
  return member?.type === 'MemberExpression' && propertyName(member) === method.promiseIn ? wrapped(member) : undefined;
}

/** `pool.connect().catch(…)`: still the promise of the connection. */
function caught(promise: TSESTree.Node): TSESTree.Node {
  const member = promise.parent;
  if (member?.type !== 'MemberExpression' || !/^(?:catch|finally)$/.test(propertyName(member) ?? '')) return promise;
  const call = wrapped(member).parent;
  return call?.type === 'CallExpression' ? caught(wrapped(call)) : promise;
}

function awaited(promise: TSESTree.Node): TSESTree.Node | undefined {
  return promise.parent?.type === 'AwaitExpression' ? wrapped(promise.parent) : promise;
}

/** `pool.connect().then((client) => …)`, `return pool.connect()`, `Promise.all([pool.connect(), …])`. */
function unawaited(sourceCode: SourceCode, promise: TSESTree.Node): Binding | undefined {
  const { parent } = promise;
  if (parent?.type === 'ReturnStatement') return { form: 'returned' };
  if (parent?.type === 'ArrowFunctionExpression' && parent.body === promise) return { form: 'returned' };
  if (parent?.type === 'ExpressionStatement') return { form: 'unnamed' };
  if (parent?.type === 'ArrayExpression') return inArray(promise, parent);
  if (parent?.type !== 'MemberExpression' || propertyName(parent) !== 'then') return undefined;
  const call = wrapped(parent).parent;
  const handler = call?.type === 'CallExpression' && call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
  if (!isFunction(handler)) return undefined;
  const first = handler.params[0];
  if (first && first.type !== 'Identifier') return undefined;
  const isUsed = first && (findVariable(sourceCode, first)?.references.length ?? 0) > 0;
  return { form: 'chained', handler, name: isUsed ? first : undefined };
}

/** `const [a, b] = await Promise.all([pool.connect(), pool.connect()])`. */
function inArray(promise: TSESTree.Node, array: TSESTree.ArrayExpression): Binding | undefined {
  const call = array.parent;
  if (call.type !== 'CallExpression' || call.parent.type !== 'AwaitExpression') return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'all') return undefined;
  const declarator = call.parent.parent;
  if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'ArrayPattern') return undefined;
  const name = declarator.id.elements[array.elements.indexOf(promise as TSESTree.Expression)];
  if (name?.type !== 'Identifier') return undefined;
  return { form: 'declared', name, begin: call.parent, ...(array.elements.length > 1 ? { together: true } : {}) };
}

/** The name that takes `value`; `begin` is the expression after which the connection is held. */
function placed(begin: TSESTree.Node, value: TSESTree.Node): Binding | undefined {
  const parent = value.parent as TSESTree.Node;
  switch (parent.type) {
    case 'VariableDeclarator':
      return declared(parent, begin);
    case 'AssignmentExpression':
      return assigned(parent, begin, value);
    case 'AssignmentPattern':
      return isFunction(parent.parent) && parent.left.type === 'Identifier'
        ? { form: 'parameter', name: parent.left, holder: parent.parent, begin: unwrap(begin) }
        : undefined;
    case 'PropertyDefinition':
      return undefined;
    case 'LogicalExpression':
    case 'ConditionalExpression':
      return placed(begin, wrapped(parent));
    case 'ReturnStatement':
      return { form: 'returned' };
    case 'ArrowFunctionExpression':
      return parent.body === value ? { form: 'returned' } : undefined;
    case 'ExpressionStatement':
      return { form: 'unnamed' };
    case 'MemberExpression':
      return fluent(parent, begin) ?? { form: 'unnamed' };
    default:
      return undefined;
  }
}

/** `(await pool.connect()).on('error', log)` is the connection again. */
function fluent(parent: TSESTree.MemberExpression, begin: TSESTree.Node): Binding | undefined {
  const call = /^(?:on|once)$/.test(propertyName(parent) ?? '') ? wrapped(parent).parent : undefined;
  return call?.type === 'CallExpression' ? placed(begin, wrapped(call)) : undefined;
}

function declared(parent: TSESTree.VariableDeclarator, begin: TSESTree.Node): Binding | undefined {
  const { kind } = parent.parent;
  if (kind === 'using' || kind === 'await using' || parent.id.type !== 'Identifier') return undefined;
  return { form: 'declared', name: parent.id, begin: unwrap(begin) };
}

function assigned(
  parent: TSESTree.AssignmentExpression,
  begin: TSESTree.Node,
  value: TSESTree.Node,
): Binding | undefined {
  const { left } = parent;
  if (parent.right !== value) return undefined;
  if (left.type === 'Identifier') return { form: 'assigned', name: left, begin: unwrap(begin) };
  const isField =
    left.type === 'MemberExpression' &&
    left.object.type === 'ThisExpression' &&
    keyName({ key: left.property, computed: left.computed });
  return isField ? { form: 'field', target: left as TSESTree.MemberExpression, begin: unwrap(begin) } : undefined;
}

/** `await pool.connect().catch(…)`: the catch may give nothing. */
export function isCaught(begin: TSESTree.Node | undefined): boolean {
  const call = begin?.type === 'AwaitExpression' ? unwrap(begin.argument) : undefined;
  const callee = call?.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  return callee?.type === 'MemberExpression' && propertyName(callee) === 'catch';
}
