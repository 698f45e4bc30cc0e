import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Lease } from '../drivers/driver.ts';
import { classOf } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import { findFunction, isLocalClass, isParameter } from './local-functions.ts';
import { isAssertion } from './throws.ts';
import type { Tracked } from './tracked.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * What one reference to a connection means. In: the reference and its surroundings. Out: the event and the node at
 * which it happens. Arguments are borrowed, returned and stored values change owner; what is lent to code we cannot
 * see changes owner only if nothing here gives the connection back. Functions as values are the interpreter's matter.
 */
export interface Event {
  /**
   * - `release`  gives the connection back
   * - `discard`  throws it away for good
   * - `use`      needs it
   * - `hold`     a handle starts to hold a connection here
   * - `escape`   somebody else answers for it now
   * - `lend`     likewise, unless the code around gives it back itself
   * - `pass`     goes to a function of this file as parameter `index`
   * - `same`     is said to be the same as another value: which one is held we cannot say
   * - `rebind`   the variable gets another value
   */
  readonly kind: 'discard' | 'escape' | 'hold' | 'lend' | 'pass' | 'rebind' | 'release' | 'same' | 'use';
  readonly at: TSESTree.Node;
  readonly target?: FunctionNode;
  readonly index?: number;
}

const GIVES_BACK =
  /^(?:async)?(?:release|free|dispose|destroy|discard|return|giveBack|checkin|putBack|close|cleanup|end)/i;
const LOOKS_UP = /^(?:get|has|delete|indexOf|includes|equals?)$/;
const KEEPS = /^(?:push|unshift|add|set|enqueue|append|register|track|emit)$/;
/** Methods that register or tell something and need no connection. */
export const LISTENS =
  /^(?:on|once|off|addListener|prependListener|removeListener|removeAllListeners|addEventListener|removeEventListener|setMaxListeners|toString|unref|ref)$/;

export function collectEvents(
  sourceCode: SourceCode,
  tracked: Tracked,
  givesBack: (name: string) => boolean,
): Map<TSESTree.Node, Event[]> {
  const events = new Map<TSESTree.Node, Event[]>();
  const put = (event: Event | undefined): void => {
    if (event) events.set(event.at, [...(events.get(event.at) ?? []), event]);
  };
  const around = { sourceCode, tracked, givesBack };
  for (const reference of tracked.references) put(eventOf(around, reference, wrapped(reference)));
  for (const done of tracked.done) put(doneEvent(wrapped(done)));
  return events;
}

interface Around {
  readonly sourceCode: SourceCode;
  readonly tracked: Tracked;
  readonly givesBack: (name: string) => boolean;
}

function doneEvent(node: TSESTree.Node): Event | undefined {
  const { parent } = node;
  if (parent?.type === 'CallExpression' && parent.callee === node) return { kind: 'release', at: parent };
  if (parent?.type === 'CallExpression' || parent?.type === 'Property') return { kind: 'escape', at: parent };
  return parent?.type === 'ReturnStatement' ? { kind: 'escape', at: parent } : undefined;
}

function eventOf(around: Around, reference: TSESTree.Node, value: TSESTree.Node): Event | undefined {
  const parent = value.parent as TSESTree.Node;
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === value ? memberEvent(around, reference, parent) : undefined;
    case 'CallExpression':
      return argumentEvent(around, parent, value);
    case 'NewExpression':
      return constructorEvent(around, reference, parent);
    case 'AssignmentExpression':
      return assignmentEvent(around, parent, value);
    case 'ArrowFunctionExpression':
      return parent.body === value ? { kind: 'escape', at: value } : undefined;
    case 'ReturnStatement':
    case 'YieldExpression':
    case 'ExportDefaultDeclaration':
    case 'ExportSpecifier':
    case 'PropertyDefinition':
      return { kind: 'escape', at: parent };
    case 'ConditionalExpression':
    case 'LogicalExpression':
      return isTest(parent, value) ? undefined : eventOf(around, reference, wrapped(parent));
    default:
      return isLiteralPart(parent) ? literalEvent(around, value) : undefined;
  }
}

/** A class of this file that keeps the connection is the connection in a coat; where it goes, the connection goes. */
function constructorEvent(around: Around, reference: TSESTree.Node, node: TSESTree.NewExpression): Event {
  if (!isLocalClass(around.sourceCode, node.callee)) return { kind: 'lend', at: node };
  return eventOf(around, reference, wrapped(node)) ?? { kind: 'use', at: node };
}

function isTest(parent: TSESTree.ConditionalExpression | TSESTree.LogicalExpression, value: TSESTree.Node): boolean {
  if (parent.type === 'ConditionalExpression') return parent.test === value;
  return parent.left === value && parent.operator === '&&';
}

function assignmentEvent(
  around: Around,
  parent: TSESTree.AssignmentExpression,
  value: TSESTree.Node,
): Event | undefined {
  if (parent.left === value) return { kind: 'rebind', at: parent };
  const { left } = parent;
  const isAlias = left.type === 'Identifier' && around.tracked.references.has(left) && !outlives(around, left);
  return isAlias ? undefined : { kind: 'escape', at: parent };
}

/** A variable of a block around the code that is run: it may be given back through it after that code has ended. */
function outlives({ sourceCode, tracked: { root } }: Around, name: TSESTree.Identifier): boolean {
  const block = findVariable(sourceCode, name)?.scope.block;
  return block !== undefined && block !== root && block.range[0] <= root.range[0] && block.range[1] >= root.range[1];
}

/** `client.release()`, `client.query(…)`, `client.release` as a value, `runner.manager.save(…)`. */
function memberEvent(around: Around, reference: TSESTree.Node, member: TSESTree.MemberExpression): Event | undefined {
  const { lease } = around.tracked;
  const name = propertyName(member);
  const outer = wrapped(member);
  const parent = outer.parent as TSESTree.Node;
  const isCall = parent.type === 'CallExpression' && parent.callee === outer;
  if (name === undefined) return isCall ? { kind: 'use', at: parent } : undefined;
  // Thrown away, nothing is left to give back; to give back after that does no harm.
  if (isCall && lease.discard?.method === name && !lease.giveBack.includes(name))
    return { kind: 'discard', at: parent };
  if (isCall && around.tracked.coats.has(reference) && GIVES_BACK.test(name)) return { kind: 'release', at: parent };
  if (isGiveBack(lease, name)) return isCall ? { kind: 'release', at: parent } : methodAsValue(outer);
  if (lease.holdsFrom?.includes(name)) return { kind: 'hold', at: isCall ? parent : member };
  if (!isCall || LISTENS.test(name)) return undefined;
  return { kind: 'use', at: parent };
}

/** A method that gives back, thrown away included. */
export function isGiveBack(lease: Lease, name: string): boolean {
  return lease.giveBack.includes(name) || lease.discard?.method === name;
}

/** `.finally(client.release)` is the chain's matter; kept anywhere else, it is a way out of our view. */
function methodAsValue(method: TSESTree.Node): Event | undefined {
  const parent = method.parent as TSESTree.Node;
  if (parent.type === 'MemberExpression' || parent.type === 'IfStatement' || parent.type === 'LogicalExpression')
    return undefined;
  if (parent.type === 'CallExpression') return isChainLink(parent) ? undefined : { kind: 'escape', at: parent };
  return parent.type === 'AssignmentExpression' && parent.left === method ? undefined : { kind: 'escape', at: method };
}

export function isChainLink(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(propertyName(callee) ?? '');
}

/** The connection as an argument. */
function argumentEvent(around: Around, call: TSESTree.CallExpression, value: TSESTree.Node): Event | undefined {
  if (call.callee === value) return { kind: 'use', at: call };
  if (isAssertion(call)) return comparesIt(call) ? { kind: 'same', at: call } : undefined;
  const { lease } = around.tracked;
  const name = calleeName(call);
  if (name !== undefined && (lease.giveBackThrough?.includes(name) || around.givesBack(name)))
    return { kind: 'release', at: call };
  const target = findFunction(around.sourceCode, call.callee);
  const index = call.arguments.indexOf(value as TSESTree.Expression);
  if (!target && name !== undefined && LOOKS_UP.test(name)) return undefined;
  if (target) return { kind: 'pass', at: call, target, index };
  if (name !== undefined && GIVES_BACK.test(name) && !lease.dedicated) return { kind: 'release', at: call };
  if (name !== undefined && KEEPS.test(name)) return isWeakKey(around, call) ? undefined : { kind: 'escape', at: call };
  return { kind: isAwaited(call) ? 'use' : lendOrEscape(around, call), at: call };
}

/** `expect(client).to.equal(other)`, `assert.strictEqual(client, other)`. */
function comparesIt(call: TSESTree.CallExpression): boolean {
  let whole: TSESTree.Node = call;
  while (whole.parent?.type === 'MemberExpression' || whole.parent?.type === 'CallExpression') whole = whole.parent;
  const compared = whole === call ? call.arguments.slice(0, 2) : whole.type === 'CallExpression' ? whole.arguments : [];
  return (
    compared.length > (whole === call ? 1 : 0) &&
    compared.every((one) => one.type === 'Identifier' && one.name !== 'undefined')
  );
}

/** `resolve(client)` and `callback(null, client)` hand it to the caller. */
function lendOrEscape(around: Around, call: TSESTree.CallExpression): 'escape' | 'lend' | 'use' {
  const outer = wrapped(call);
  const floating = outer.parent?.type === 'ExpressionStatement' || outer.parent?.type === 'ArrowFunctionExpression';
  if (floating && isParameter(around.sourceCode, call.callee)) return 'escape';
  // `return fail(response, error, connection)` in a callback: nothing here comes after it.
  if (around.tracked.throwsAreFatal && outer.parent?.type === 'ReturnStatement') return 'escape';
  return isChained(outer) ? 'use' : 'lend';
}

/** `f(client).then(…)`: the promise is looked at, so the call is like an awaited one. */
export function isChained(node: TSESTree.Node): boolean {
  return node.parent?.type === 'MemberExpression' && node.parent.object === node;
}

/** Nobody finds a connection in a WeakMap or WeakSet who does not have it already. */
function isWeakKey({ sourceCode }: Around, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const made = callee.type === 'MemberExpression' ? madeBy(sourceCode, unwrap(callee.object)) : undefined;
  return made?.type === 'NewExpression' && /^Weak(?:Map|Set)$/.test(sourceCode.getText(made.callee));
}

/** What a constant, or a field of the class, is initialised with. */
function madeBy(sourceCode: SourceCode, node: TSESTree.Node): TSESTree.Node | null | undefined {
  if (node.type === 'MemberExpression') {
    const field = classOf(node)?.body.find(
      (one) => one.type === 'PropertyDefinition' && keyName(one) === propertyName(node),
    );
    return field?.type === 'PropertyDefinition' ? field.value : undefined;
  }
  const definition = node.type === 'Identifier' ? findVariable(sourceCode, node)?.defs[0] : undefined;
  return definition?.type === 'Variable' ? definition.node.init : undefined;
}

function calleeName(call: TSESTree.CallExpression): string | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? propertyName(callee)?.replace('#', '') : undefined;
}

/** The connection inside an object or array literal. */
function literalEvent(around: Around, value: TSESTree.Node): Event | undefined {
  let literal = value;
  while (isLiteralPart(literal.parent)) literal = literal.parent as TSESTree.Node;
  literal = wrapped(literal);
  const parent = literal.parent as TSESTree.Node;
  if (parent.type === 'CallExpression' && parent.callee !== literal) {
    const callee = unwrap(parent.callee);
    if (callee.type === 'Identifier' && !isAwaited(parent)) return { kind: lendOrEscape(around, parent), at: parent };
    const keeps = KEEPS.test(calleeName(parent) ?? '');
    return { kind: keeps ? 'escape' : 'use', at: parent };
  }
  return { kind: 'escape', at: literal };
}

function isLiteralPart(node: TSESTree.Node | undefined): boolean {
  return (
    node?.type === 'Property' ||
    node?.type === 'ObjectExpression' ||
    node?.type === 'ArrayExpression' ||
    node?.type === 'SpreadElement'
  );
}

/** The call's result is awaited where it stands. */
export function isAwaited(call: TSESTree.Node): boolean {
  let outer = wrapped(call);
  while (outer.parent?.type === 'MemberExpression' || outer.parent?.type === 'CallExpression') {
    const { parent } = outer;
    const goesOn = parent.type === 'MemberExpression' ? parent.object === outer : parent.callee === outer;
    if (!goesOn && !isCombinator(parent)) return false;
    outer = wrapped(parent);
  }
  if (outer.parent?.type === 'ArrayExpression') return isAwaited(outer.parent);
  return outer.parent?.type === 'AwaitExpression';
}

/** `Promise.all([…])` and its sisters. */
function isCombinator(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Promise';
}
