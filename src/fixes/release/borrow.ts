import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../../ast/property-name.ts';
import { wrapped } from '../../ast/unwrap.ts';
import type { Borrowed, Borrowing } from './borrowed.ts';
import { fateOf } from '../code/fate.ts';
import { settled } from './settle.ts';

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
