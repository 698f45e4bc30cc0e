import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import { propertyName } from '../ast/property-name.ts';
import { isNothing } from '../ast/nothing.ts';
import { unwrap } from '../ast/unwrap.ts';
import { call, canReject, construct } from './calls.ts';
import { conditionOf } from './conditions.ts';
import { effects, isHandOver } from './effects.ts';
import { isChainLink } from './events.ts';
import { acquire, mayThrow } from './run.ts';
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
  later,
  move,
  setCondition,
  witnessed,
} from './state.ts';
import type { Flow } from './state.ts';

/**
 * Expressions, in the order in which they run. In: the flow before. Out: the flow after; throws are added to `exits`.
 * Getters and operators are taken not to throw.
 */
export function evaluate(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  if (at.mask === 0) return at;
  run.steps++;
  // Names and literals do nothing by themselves.
  if ((node.type === 'Identifier' || node.type === 'Literal') && !run.events.has(node)) return at;
  const inner = unwrap(node);
  run.deeper();
  const after = dispatch(run, inner, at, exits);
  run.depth--;
  return run.tracked.begin === inner ? acquire(run, after) : after;
}

function dispatch(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  switch (node.type) {
    case 'CallExpression':
      return isChainLink(node) ? floating(run, node, at, exits) : call(run, node, at, exits);
    case 'AwaitExpression':
      return awaitPromise(run, node, at, exits);
    case 'NewExpression':
      return construct(run, node, at, exits);
    case 'TaggedTemplateExpression':
      return tag(run, node, at, exits);
    case 'LogicalExpression':
      return logical(run, node, at, exits);
    case 'ConditionalExpression':
      return conditional(run, node, at, exits);
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return assign(run, node, node.left, node.right, at, exits);
    case 'VariableDeclarator':
      return node.init ? assign(run, node, node.id, node.init, at, exits) : at;
    case 'YieldExpression':
      return yieldValue(run, node, at, exits);
    case 'MemberExpression':
      return member(run, node, at, exits);
    default:
      if (isFunction(node)) return storeClosure(run, node, at);
      return node.type.startsWith('TS') || node.type.startsWith('Class')
        ? at
        : effects(run, node, children(run, node, at, exits), exits);
  }
}

function member(run: Run, node: TSESTree.MemberExpression, at: Flow, exits: Exits): Flow {
  const object = run.evaluate(node.object, at, exits);
  return effects(run, node, node.computed ? run.evaluate(node.property, object, exits) : object, exits);
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

function conditional(run: Run, node: TSESTree.ConditionalExpression, at: Flow, exits: Exits): Flow {
  const [yes, no] = run.branch(node.test, at, exits);
  return join(run.evaluate(node.consequent, yes, exits), run.evaluate(node.alternate, no, exits));
}

function tag(run: Run, node: TSESTree.TaggedTemplateExpression, at: Flow, exits: Exits): Flow {
  const after = children(run, node, at, exits);
  mayThrow(after, node, exits);
  return effects(run, node, after, exits);
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
  exits.returned = join(exits.returned, witnessed(after, { reason: 'exit', witness: node }));
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
  if (run.tracked.begin === node)
    mayThrow(run.tracked.together ? { mask: move(at.mask, ~0, HELD), lost: [] } : at, value, exits, true);
  else if (events.some((event) => event.kind === 'hold') && isOpening(run, value))
    mayThrow(join(at, flow(move(at.mask, IDLE, ABSENT))), value, exits);
  else if (!events.some((event) => isHandOver(run, event)) && canReject(run, value)) mayThrow(after, value, exits);
  return after;
}

/** A failing `connect()` leaves nothing held; any other first operation fails after it has connected. */
function isOpening(run: Run, value: TSESTree.Node): boolean {
  const callee = value.type === 'CallExpression' ? unwrap(value.callee) : undefined;
  return callee?.type === 'MemberExpression' && propertyName(callee) === run.tracked.lease.holdsFrom?.[0];
}

/** `promise.then(…)` that nobody awaits: by the time it ends, this code has gone on. */
function floating(run: Run, node: TSESTree.CallExpression, at: Flow, exits: Exits): Flow {
  const { fulfilled, rejected } = run.settle(node, at, exits);
  return later(at, join(fulfilled, rejected));
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
  const own = run.tracked.declared.has(left) || run.tracked.own.has(left);
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
