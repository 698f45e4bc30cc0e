import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import { propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { callClosures } from './closures.ts';
import { conditionOf } from './conditions.ts';
import { isChainLink } from './events.ts';
import type { Event } from './events.ts';
import { findFunction } from './local-functions.ts';
import { acquire, mayThrow, release, use } from './run.ts';
import type { Run } from './run.ts';
import {
  ABSENT,
  ESCAPED,
  Exits,
  flow,
  forgetCondition,
  HELD,
  IDLE,
  join,
  move,
  NOWHERE,
  RELEASED,
  setCondition,
} from './state.ts';
import type { Flow } from './state.ts';
import { canThrow, endsProcess, givesSomethingBack } from './throws.ts';

/**
 * Expressions, in the order in which they run. In: the flow before. Out: the flow after; throws are added to `exits`.
 * Getters and operators are taken not to throw.
 */
export function evaluate(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  if (at.mask === 0) return at;
  run.steps++;
  run.deeper();
  let after = dispatch(run, unwrap(node), at, exits);
  run.depth--;
  if (run.tracked.begin === unwrap(node)) after = acquire(run, after);
  return after;
}

function dispatch(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  switch (node.type) {
    case 'CallExpression':
      return isChainLink(node) ? floating(run, node, at, exits) : call(run, node, at, exits);
    case 'AwaitExpression':
      return awaitPromise(run, node, at, exits);
    case 'NewExpression':
    case 'TaggedTemplateExpression':
      return construct(run, node, at, exits);
    case 'LogicalExpression':
      return logical(run, node, at, exits);
    case 'ConditionalExpression': {
      const [yes, no] = run.branch(node.test, at, exits);
      return join(run.evaluate(node.consequent, yes, exits), run.evaluate(node.alternate, no, exits));
    }
    case 'AssignmentExpression':
      return assign(run, node, node.left, node.right, at, exits);
    case 'AssignmentPattern':
      return assign(run, node, node.left, node.right, at, exits);
    case 'VariableDeclarator':
      return node.init ? assign(run, node, node.id, node.init, at, exits) : at;
    case 'YieldExpression':
      return yieldValue(run, node, at, exits);
    default:
      if (isFunction(node)) return storeClosure(run, node, at);
      return node.type.startsWith('TS') || node.type.startsWith('Class')
        ? at
        : effects(run, node, children(run, node, at, exits), exits);
  }
}

function children(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  let now = at;
  for (const key of run.sourceCode.visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[key];
    for (const one of Array.isArray(child) ? child : [child]) {
      if (one && typeof (one as TSESTree.Node).type === 'string') now = run.evaluate(one as TSESTree.Node, now, exits);
    }
  }
  return now;
}

/** A closure kept as a value takes the connection along when somebody else can call it. */
function storeClosure(run: Run, node: TSESTree.Node, at: Flow): Flow {
  if (!run.concerns(node)) return at;
  const parent = node.parent as TSESTree.Node;
  const isLocal = parent.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration';
  return isLocal ? at : { mask: move(at.mask, HELD | IDLE, ESCAPED), lost: [] };
}

function logical(run: Run, node: TSESTree.LogicalExpression, at: Flow, exits: Exits): Flow {
  const [yes, no] = run.branch(node.left, at, exits);
  if (node.operator === '&&') return join(run.evaluate(node.right, yes, exits), no);
  return join(yes, run.evaluate(node.right, no, exits));
}

/** The consumer of a generator may throw into it, or never come back. */
function yieldValue(run: Run, node: TSESTree.YieldExpression, at: Flow, exits: Exits): Flow {
  const value = node.argument ? run.evaluate(node.argument, at, exits) : at;
  const after = effects(run, node, value, exits);
  mayThrow(after, node, exits);
  exits.returned = join(
    exits.returned,
    after.lost.length > 0 || !(after.mask & HELD)
      ? after
      : { mask: after.mask, lost: [{ reason: 'exit', witness: node }] },
  );
  return after;
}

function awaitPromise(run: Run, node: TSESTree.AwaitExpression, at: Flow, exits: Exits): Flow {
  const value = unwrap(node.argument);
  if (value.type === 'CallExpression' && isChainLink(value)) {
    const { fulfilled, rejected } = run.settle(value, at, exits);
    exits.thrown = join(exits.thrown, rejected);
    return fulfilled;
  }
  const after = run.evaluate(value, at, exits);
  const events = run.events.get(value) ?? [];
  if (run.tracked.begin === node) mayThrow(at, value, exits);
  else if (events.some((event) => event.kind === 'hold'))
    mayThrow(join(at, flow(move(at.mask, IDLE, ABSENT))), value, exits);
  else if (!events.some((event) => isHandOver(run, event)) && canReject(run, value)) mayThrow(after, value, exits);
  return after;
}

/** Giving something else back is trusted to work; a function of this file throws where its own code does. */
function canReject(run: Run, value: TSESTree.Node): boolean {
  if (value.type !== 'CallExpression') return true;
  return !isFollowed(run, value) && !givesSomethingBack(value);
}

/** The call runs code of this file that concerns the connection. */
function isFollowed(run: Run, node: TSESTree.CallExpression): boolean {
  const target = findFunction(run.sourceCode, node.callee);
  return target !== undefined && run.concerns(target);
}

/** `promise.then(…)` that nobody awaits: by the time it ends, this code has gone on. */
function floating(run: Run, node: TSESTree.CallExpression, at: Flow, exits: Exits): Flow {
  const { fulfilled, rejected } = run.settle(node, at, exits);
  return later(at, join(fulfilled, rejected));
}

/** What was given back by code that runs later must not look given back to the code that follows. */
export function later(before: Flow, after: Flow): Flow {
  return before.mask & RELEASED ? after : flow(move(after.mask, RELEASED, ESCAPED), after.lost);
}

function construct(
  run: Run,
  node: TSESTree.NewExpression | TSESTree.TaggedTemplateExpression,
  at: Flow,
  exits: Exits,
): Flow {
  if (node.type === 'TaggedTemplateExpression') {
    const after = children(run, node, at, exits);
    mayThrow(after, node, exits);
    return effects(run, node, after, exits);
  }
  const plain = node.arguments.filter((argument) => !isFunction(unwrap(argument)));
  const values = plain.reduce<Flow>((now, argument) => run.evaluate(argument, now, exits), at);
  const isPromise = node.callee.type === 'Identifier' && node.callee.name === 'Promise';
  const isHandedOver = (run.events.get(node) ?? []).some((event) => isHandOver(run, event));
  if (
    !isPromise &&
    !isHandedOver &&
    !/^(?:Map|Set|WeakMap|WeakSet|Date|Error|Array)$|Error$/.test(run.sourceCode.getText(node.callee))
  )
    mayThrow(values, node, exits);
  return effects(run, node, callClosures(run, node, values, exits), exits);
}

function call(run: Run, node: TSESTree.CallExpression, at: Flow, exits: Exits): Flow {
  if (endsProcess(node)) return NOWHERE;
  const callee = unwrap(node.callee);
  let now = callee.type === 'MemberExpression' ? run.evaluate(callee.object, at, exits) : at;
  if (callee.type === 'MemberExpression') now = effects(run, callee, now, exits);
  for (const argument of node.arguments) {
    const value = unwrap(argument);
    if (!isFunction(value)) now = run.evaluate(value, now, exits);
  }
  throwAtOnce(run, node, now, exits);
  const target = findFunction(run.sourceCode, callee);
  if (target && run.concerns(target) && !run.active.has(target)) now = run.inline(target, now, exits);
  else if (target && run.active.has(target) && run.concerns(target)) return NOWHERE;
  now = callClosures(run, node, now, exits);
  return effects(run, node, now, exits);
}

/** What a call throws before it returns; an awaited one is the matter of `await`. */
function throwAtOnce(run: Run, node: TSESTree.CallExpression, at: Flow, exits: Exits): void {
  if (node.parent.type === 'AwaitExpression' || !canThrow(node) || isFollowed(run, node)) return;
  const events = run.events.get(node) ?? [];
  if (checksAtOnce(run, node)) run.thrownAtOnce.add(node);
  const onConnection = events.some((event) => isHandOver(run, event)) || isOwnMethod(run, node);
  if (!onConnection) mayThrow(at, node, exits);
}

/** The hand-over itself does not throw. */
function isHandOver(run: Run, { kind }: Event): boolean {
  return (
    kind === 'release' ||
    kind === 'discard' ||
    kind === 'escape' ||
    kind === 'pass' ||
    (kind === 'lend' && !run.givesBack)
  );
}

/** Drivers reject rather than throw: a method of the connection throws at once only where the driver's facts say so. */
function isOwnMethod(run: Run, node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee);
  if (run.tracked.done.has(callee)) return true;
  if (callee.type !== 'MemberExpression' || !run.tracked.references.has(unwrap(callee.object))) return false;
  return !checksAtOnce(run, node);
}

/** The driver looks at the arguments before it returns; what is written out in the code passes. */
function checksAtOnce(run: Run, node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || !run.tracked.references.has(unwrap(callee.object))) return false;
  if (!run.tracked.lease.throwsAtOnce?.includes(propertyName(callee) ?? '')) return false;
  return node.arguments.some((one) => one.type === 'Identifier' || one.type === 'MemberExpression');
}

/** Applies what happens at a node after its parts have run. */
export function effects(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  let now = at;
  for (const event of run.events.get(node) ?? []) now = effect(run, event, now, exits);
  return now;
}

function effect(run: Run, event: Event, at: Flow, exits: Exits): Flow {
  switch (event.kind) {
    case 'release':
      return release(run, event.at, at);
    case 'use':
      return use(run, event.at, at);
    case 'hold':
      return { mask: move(use(run, event.at, at).mask, IDLE, HELD), lost: at.lost };
    case 'discard':
      return escape(at);
    case 'lend':
      return run.givesBack ? use(run, event.at, at) : escape(at);
    case 'escape':
      return escape(at);
    case 'pass':
      return pass(run, event, at, exits);
    case 'rebind':
      return at;
  }
}

function escape(at: Flow): Flow {
  return { mask: move(at.mask, HELD | IDLE, ESCAPED), lost: [] };
}

/** A helper of this file does with the connection what its own code does. */
function pass(run: Run, event: Event, at: Flow, exits: Exits): Flow {
  if (!event.target || !(at.mask & (HELD | IDLE))) return use(run, event.at, at);
  const summary = run.summarize(event.target, event.index ?? 0);
  if (summary.thrown) mayThrow({ mask: replace(at.mask, summary.thrown), lost: at.lost }, event.at, exits);
  return flow(replace(at.mask, summary.normal), at.lost);
}

/** A held connection takes the statuses that the helper leaves it in. */
function replace(mask: number, statuses: number): number {
  const others = mask & ~(HELD | IDLE);
  return [HELD, RELEASED, ESCAPED].reduce(
    (all, status) => (statuses & status ? all | (move(mask, HELD | IDLE, status) & ~others & status) : all),
    others,
  );
}

/** A variable that holds the connection, or the tracked condition, gets a value. */
function assign(
  run: Run,
  node: TSESTree.Node,
  left: TSESTree.Node,
  right: TSESTree.Node,
  at: Flow,
  exits: Exits,
): Flow {
  const own = run.tracked.declared.has(left) || run.tracked.references.has(left);
  const after = own ? rebind(run, right, at, exits) : run.evaluate(right, at, exits);
  if (run.condition !== undefined && conditionOf(run.sourceCode, left)?.text === run.condition) {
    const value = unwrap(right);
    const isKnown = value.type === 'Literal' && typeof value.value === 'boolean';
    return flow(isKnown ? setCondition(after.mask, value.value === true) : forgetCondition(after.mask), after.lost);
  }
  const target = left.type === 'MemberExpression' ? run.evaluate(left.object, after, exits) : after;
  return effects(run, node, target, exits);
}

/** The old connection is lost if it was held; the new value is ours only as far as it was taken here. */
function rebind(run: Run, right: TSESTree.Node, at: Flow, exits: Exits): Flow {
  const value = unwrap(right);
  const inner = new Exits();
  const fresh = run.evaluate(right, flow(move(at.mask, ~0, ABSENT)), inner);
  if (inner.thrown.mask) mayThrow(at, right, exits);
  if (run.tracked.references.has(value)) return at;
  if (at.mask & HELD) run.overwritten.push({ reason: 'overwritten', witness: right });
  if (value === run.tracked.begin || isNothing(value)) return fresh;
  return flow(move(fresh.mask, ABSENT, ESCAPED), fresh.lost);
}

function isNothing(node: TSESTree.Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}
