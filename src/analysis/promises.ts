import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isChainLink } from './events.ts';
import { findFunction } from './local-functions.ts';
import { release } from './run.ts';
import type { Run, Settled } from './run.ts';
import { canThrow } from './throws.ts';
import { Exits, join, NOWHERE, witnessed } from './state.ts';
import type { Flow } from './state.ts';

/**
 * How a promise ends: `p.then(f, g)`, `.catch(f)`, `.finally(f)` run their handlers on the way they belong to. In: the
 * expression and the flow before it. Out: the flow when it is fulfilled and when it is rejected.
 */
export function settle(run: Run, expression: TSESTree.Node, at: Flow, exits: Exits): Settled {
  const node = unwrap(expression);
  if (node.type !== 'CallExpression' || !isChainLink(node)) return first(run, node, at, exits);
  const callee = unwrap(node.callee) as TSESTree.MemberExpression;
  run.deeper();
  const before = run.settle(callee.object, at, exits);
  const after = link(run, propertyName(callee) ?? '', node.arguments, before);
  run.depth--;
  return after;
}

function first(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Settled {
  const after = run.evaluate(node, at, exits);
  const events = run.events.get(node) ?? [];
  const isSafe = events.some((event) => event.kind === 'release') || !canReject(node);
  const failed = events.some((event) => event.kind === 'hold') ? at : after;
  return { fulfilled: after, rejected: isSafe ? NOWHERE : witnessed(failed, { reason: 'throw', witness: node }) };
}

/** `Promise.resolve()` begins a chain that cannot fail yet; a plain value is no promise. */
function canReject(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression') return node.type === 'NewExpression' || node.type === 'Identifier';
  const callee = unwrap(node.callee);
  if (isPromiseMethod(callee)) return propertyName(callee) !== 'resolve' && propertyName(callee) !== 'allSettled';
  return canThrow(node);
}

function isPromiseMethod(callee: TSESTree.Node): callee is TSESTree.MemberExpression {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Promise';
}

function link(run: Run, name: string, handlers: readonly TSESTree.Node[], before: Settled): Settled {
  if (name === 'finally') {
    const fulfilled = handle(run, handlers[0], before.fulfilled);
    const rejected = handle(run, handlers[0], before.rejected);
    return {
      fulfilled: fulfilled.fulfilled,
      rejected: join(rejected.fulfilled, join(rejected.rejected, fulfilled.rejected)),
    };
  }
  const [onFulfilled, onRejected] = name === 'catch' ? [undefined, handlers[0]] : handlers;
  const good = onFulfilled
    ? handle(run, onFulfilled, before.fulfilled)
    : { fulfilled: before.fulfilled, rejected: NOWHERE };
  const bad = onRejected ? handle(run, onRejected, before.rejected) : { fulfilled: NOWHERE, rejected: before.rejected };
  return { fulfilled: join(good.fulfilled, bad.fulfilled), rejected: join(good.rejected, bad.rejected) };
}

/** A handler: a function of this file, or the give-back method itself. */
function handle(run: Run, handler: TSESTree.Node | undefined, at: Flow): Settled {
  const node = handler && unwrap(handler);
  if (!node || at.mask === 0) return { fulfilled: at, rejected: NOWHERE };
  if (isGiveBack(run, node)) return { fulfilled: release(run, node, at), rejected: NOWHERE };
  const target = findFunction(run.sourceCode, node);
  if (!target || run.active.has(target)) return { fulfilled: at, rejected: NOWHERE };
  const exits = new Exits();
  const fulfilled = run.inline(target, at, exits);
  return { fulfilled, rejected: exits.thrown };
}

function isGiveBack(run: Run, node: TSESTree.Node): boolean {
  if (run.tracked.done.has(node)) return true;
  if (node.type === 'CallExpression') {
    const callee = unwrap(node.callee);
    return (
      callee.type === 'MemberExpression' && propertyName(callee) === 'bind' && isGiveBack(run, unwrap(callee.object))
    );
  }
  if (node.type !== 'MemberExpression') return false;
  return (
    run.tracked.references.has(unwrap(node.object)) && run.tracked.lease.giveBack.includes(propertyName(node) ?? '')
  );
}
