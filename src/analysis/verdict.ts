import type { TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../ast/functions.ts';
import { propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { isChainLink } from './events.ts';
import type { Interpretation } from './interpret.ts';
import type { Checkout, Verdict } from './model.ts';
import { RELEASED } from './state.ts';
import type { Tracked } from './tracked.ts';

/** Turns what the interpreter saw into findings. A second release or a late use counts when it is certain on a path. */
export function judge(checkout: Checkout, tracked: Tracked, result: Interpretation): Verdict {
  return {
    checkout,
    leaks: result.leaks,
    secondReleases: certain(result.releasedAt).filter((node) => node.type === 'CallExpression'),
    lateUses: certain(result.usedAt).filter((node) => isStatement(tracked, node)),
    unawaitedReturns: unawaitedReturns(tracked, result),
  };
}

/** The nodes that some path reaches with the connection given back, whatever the conditions. */
function certain(seen: ReadonlyMap<TSESTree.Node, readonly number[]>): TSESTree.Node[] {
  const nodes: TSESTree.Node[] = [];
  for (const [node, masks] of seen) {
    if (masks.some((mask) => mask !== 0 && (mask & ~RELEASED) === 0)) nodes.push(node);
  }
  return nodes.sort((a, b) => a.range[0] - b.range[0]);
}

/** A method of the connection itself that needs it. */
function isStatement(tracked: Tracked, node: TSESTree.Node): node is TSESTree.CallExpression {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || !tracked.references.has(unwrap(callee.object))) return false;
  return tracked.lease.uses.includes(propertyName(callee) ?? '');
}

function unawaitedReturns(tracked: Tracked, result: Interpretation): TSESTree.CallExpression[] {
  const found: TSESTree.CallExpression[] = [];
  for (const node of result.usedAt.keys()) {
    if (!isStatement(tracked, node) || !isReturned(node)) continue;
    const holder = holderOf(node);
    if (isFunction(holder) && holder.async && releasesBehind(node, result.releases)) found.push(node);
  }
  return found;
}

/** `return client.query(…)`, `return client.query(…).then(…)`. */
function isReturned(node: TSESTree.Node): boolean {
  const outer = wrapped(node);
  if (outer.parent?.type !== 'MemberExpression') return outer.parent?.type === 'ReturnStatement';
  const call = wrapped(outer.parent).parent;
  return call?.type === 'CallExpression' && isChainLink(call) && isReturned(call);
}

/** The call stands in a `try` whose `finally` gives the connection back. */
function releasesBehind(node: TSESTree.Node, releases: readonly TSESTree.Node[]): boolean {
  for (let at = node; at.parent && !isFunction(at.parent); at = at.parent) {
    const { parent } = at;
    if (parent.type !== 'TryStatement' || parent.finalizer === at || !parent.finalizer) continue;
    const { range } = parent.finalizer;
    if (releases.some((one) => one.range[0] >= range[0] && one.range[1] <= range[1])) return true;
  }
  return false;
}
