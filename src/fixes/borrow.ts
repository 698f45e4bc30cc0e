import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Lease } from '../drivers/driver.ts';
import { holderOf, isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { fateOf } from './fate.ts';
import { isCaught } from './places.ts';

/** The names of one connection, and of what only works while it is held, found so far. */
export interface Borrowed {
  readonly lease: Lease;
  readonly owner: FunctionNode;
  /** Variables whose uses are to be looked at. */
  readonly names: Set<TSESLint.Scope.Variable>;
  /** Every use. */
  readonly uses: TSESTree.Node[];
  /** Returns whose promise needs the connection: they want an `await`. */
  readonly returns: Set<TSESTree.ReturnStatement>;
}

/** A place where a use may stand: the new name it gives, if any. `false`: the connection may live on from here. */
export type Borrowing = TSESTree.VariableDeclarator | boolean;

/** What one use of the connection's own name means. */
export function borrowing(borrowed: Borrowed, node: TSESTree.Node): Borrowing {
  const value = wrapped(node);
  const parent = value.parent as TSESTree.Node;
  if (isTest(parent, value)) return true;
  if (parent.type === 'VariableDeclarator') return parent;
  if (parent.type === 'MemberExpression' && parent.object === value) return memberBorrowing(borrowed, parent);
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression' || isLiteralPart(parent))
    return settled(borrowed, parent);
  return parent.type === 'TaggedTemplateExpression' && settled(borrowed, parent);
}

/** `{ session }` and `[client]`, as a part of what is awaited. */
function isLiteralPart({ type }: TSESTree.Node): boolean {
  return type === 'Property' || type === 'ArrayExpression';
}

function isTest(parent: TSESTree.Node, value: TSESTree.Node): boolean {
  if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') return parent.test === value;
  if (parent.type === 'LogicalExpression') return parent.left === value && parent.operator === '&&';
  return parent.type === 'UnaryExpression' || (parent.type === 'BinaryExpression' && /^[!=]==?$/.test(parent.operator));
}

function memberBorrowing(borrowed: Borrowed, member: TSESTree.MemberExpression): Borrowing {
  const { lease } = borrowed;
  const name = propertyName(member) ?? '';
  const outer = wrapped(member);
  const call = outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : undefined;
  // Listeners are for the life of the connection.
  if (/^(?:on|once|addListener)$/.test(name))
    return call?.arguments[0]?.type === 'Literal' && call.arguments[0].value === 'error';
  if (lease.giveBack.includes(name) || lease.notGiveBack?.includes(name))
    return call !== undefined && lease.giveBack.includes(name);
  if (!call) return true;
  if (lease.transaction?.begin.includes(name) && fateOf(call).kind === 'plain') return !lease.holdsFrom;
  return settled(borrowed, call);
}

/** The value is waited for, or is a new name whose uses count as well. */
export function settled(borrowed: Borrowed, node: TSESTree.Node): Borrowing {
  const fate = fateOf(node);
  if (fate.kind === 'awaited') return true;
  if (fate.kind === 'returned') return returned(borrowed, fate.statement);
  if (fate.kind === 'function')
    return fate.target !== borrowed.owner && fate.target.body !== undefined && isInBody(fate.target, node);
  if (fate.kind !== 'declared' || isStatement(borrowed, node)) return false;
  return fate.declarator;
}

function isInBody(target: FunctionNode, node: TSESTree.Node): boolean {
  return node.range[0] >= target.body.range[0];
}

/** `const running = client.query(…)`: still running when something else throws. */
function isStatement({ lease }: Borrowed, node: TSESTree.Node): boolean {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  const name = callee?.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
  return /^(?:query|execute|batch|ping)$/.test(name) && lease.uses.includes(name);
}

function returned(borrowed: Borrowed, statement: TSESTree.ReturnStatement): boolean {
  const holder = holderOf(statement);
  if (holder !== borrowed.owner) return isFunction(holder);
  if (!borrowed.owner.async || !isPromise(statement.argument) || isCaught(statement)) return false;
  borrowed.returns.add(statement);
  return true;
}

/** A call, but for `items.map(…)`: to await an array of promises waits for none. */
function isPromise(node: TSESTree.Node | null): boolean {
  const callee = node?.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  if (!callee) return false;
  return (
    callee.type !== 'MemberExpression' || !/^(?:map|filter|flatMap|concat|slice)$/.test(propertyName(callee) ?? '')
  );
}

/** `const { release } = client`: only what gives back may be taken out. */
export function takesGiveBack({ lease }: Borrowed, pattern: TSESTree.ObjectPattern): boolean {
  return pattern.properties.every((one) => one.type === 'Property' && lease.giveBack.includes(keyName(one) ?? ''));
}
