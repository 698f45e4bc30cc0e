import type { TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../ast/functions.ts';
import { propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { nameOf } from './places.ts';

/**
 * Whether the code at `node` may run when the function that contains `home` is done: it stands in a function inside of
 * that one which is put somewhere: a shutdown hook, a listener, a method of what is returned.
 */
export function runsLater(node: TSESTree.Node, home: TSESTree.Node | undefined): boolean {
  for (let fn = holderOf(node); isFunction(fn) && home && !isWithin(home, fn); fn = holderOf(fn)) {
    const { parent } = fn;
    const isLater =
      parent.type === 'CallExpression' ? !runsNow(parent, fn) : parent.type !== 'NewExpression' && !nameOf(fn);
    if (isLater) return true;
  }
  return false;
}

const NOW =
  /^(?:then|catch|finally|map|forEach|flatMap|filter|reduce|on|once|query|execute|connect|get|set|hget|collect|transaction)$/;

/** Promise chains, array callbacks, and calls that are awaited run their functions before this one is done. */
function runsNow(call: TSESTree.CallExpression, fn: TSESTree.Node): boolean {
  if (call.callee === fn || call.parent.type === 'AwaitExpression' || call.parent.type === 'ReturnStatement')
    return true;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && NOW.test(propertyName(callee) ?? '');
}

export function isWithin(node: TSESTree.Node, { range }: TSESTree.Node): boolean {
  return range[0] <= node.range[0] && node.range[1] <= range[1];
}
