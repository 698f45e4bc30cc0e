import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import { propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import { callClosures } from './closures.ts';
import { isChained } from './events.ts';
import { effects, isHandOver } from './effects.ts';
import { findFunction } from './local-functions.ts';
import { mayThrow } from './run.ts';
import type { Run } from './run.ts';
import { ABSENT, flow, NOWHERE } from './state.ts';
import type { Exits, Flow } from './state.ts';
import { canThrow, endsProcess, givesSomethingBack, isAssertion, throwsOften } from './throws.ts';

/** Calls: their parts, what they throw at once, the code of this file that they run, and their events, in this order. */

/** Constructors that only hold what they are given. */
const PLAIN = /^(?:Promise|Map|Set|WeakMap|WeakSet|Date|Array)$|Error$/;

export function construct(run: Run, node: TSESTree.NewExpression, at: Flow, exits: Exits): Flow {
  const plain = node.arguments.filter((argument) => !isFunction(unwrap(argument)));
  const values = plain.reduce<Flow>((now, argument) => run.evaluate(argument, now, exits), at);
  const isHandedOver = (run.events.get(node) ?? []).some((event) => isHandOver(run, event));
  if (!isHandedOver && !(node.callee.type === 'Identifier' && PLAIN.test(node.callee.name)))
    mayThrow(values, node, exits, true);
  return effects(run, node, callClosures(run, node, values, exits), exits);
}

export function call(run: Run, node: TSESTree.CallExpression, at: Flow, exits: Exits): Flow {
  if (endsProcess(node)) return NOWHERE;
  const callee = unwrap(node.callee);
  let now = callee.type === 'MemberExpression' ? run.evaluate(callee.object, at, exits) : at;
  if (callee.type === 'MemberExpression') now = effects(run, callee, now, exits);
  for (const argument of node.arguments) {
    if (!isFunction(unwrap(argument))) now = run.evaluate(argument, now, exits);
  }
  if (assertsError(run, node)) return flow(now.mask & ABSENT);
  throwAtOnce(run, node, now, exits);
  const target = findFunction(run.sourceCode, callee);
  if (target && run.concerns(target)) {
    // A function that calls itself comes to its end another way.
    if (run.active.has(target)) return NOWHERE;
    now = run.inline(target, now, exits);
  }
  return callClosures(run, node, effects(run, node, now, exits), exits);
}

/** `expect(error).to.be.an(Error)`: after it, the checkout has failed. */
function assertsError(run: Run, node: TSESTree.CallExpression): boolean {
  const [asserted] = node.arguments;
  if (!asserted || !run.tracked.guards.has(unwrap(asserted)) || !isAssertion(node)) return false;
  let whole: TSESTree.Node = node;
  while (whole.parent && whole.parent.type !== 'ExpressionStatement') whole = whole.parent;
  return !/\bnot\b|[nN]ull|[uU]ndefined|ifError|[eE]qual|[fF]alsy|\.isNot/.test(run.sourceCode.getText(whole));
}

/** `const work = start(client)`: a promise that is looked at later, or something made around the connection. */
function isKept(node: TSESTree.CallExpression): boolean {
  const { parent } = wrapped(node);
  return parent?.type === 'VariableDeclarator' || parent?.type === 'AssignmentExpression';
}

/** What a call throws before it returns; an awaited one is the matter of `await`. */
function throwAtOnce(run: Run, node: TSESTree.CallExpression, at: Flow, exits: Exits): void {
  if (node.parent.type === 'AwaitExpression' || isChained(node) || !canThrow(node) || isFollowed(run, node)) return;
  const events = run.events.get(node) ?? [];
  const isChecked = checksAtOnce(run, node);
  if (isChecked) run.thrownAtOnce.add(node);
  if (events.some((event) => isHandOver(run, event)) || isOwnMethod(run, node)) return;
  mayThrow(
    at,
    node,
    exits,
    !isChecked && !throwsOften(node) && (events.length === 0 || isAssertion(node) || isKept(node)),
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

/** The call runs code of this file that concerns the connection. */
function isFollowed(run: Run, node: TSESTree.CallExpression): boolean {
  const target = findFunction(run.sourceCode, node.callee);
  return target !== undefined && run.concerns(target);
}

/** Giving something else back is trusted to work; a function of this file throws where its own code does. */
export function canReject(run: Run, value: TSESTree.Node): boolean {
  if (value.type === 'NewExpression') return takesReject(value);
  if (value.type !== 'CallExpression') return true;
  return !isFollowed(run, value) && !givesSomethingBack(value) && !returnsAtOnce(run, value);
}

/** `new Promise((resolve) => setTimeout(resolve, 10))` cannot be rejected. */
function takesReject(node: TSESTree.NewExpression): boolean {
  const executor = node.arguments[0] && unwrap(node.arguments[0]);
  return !isFunction(executor) || executor.params.length > 1 || executor.async;
}

/** A method of the connection that gives no promise, or one that is always fulfilled. */
function returnsAtOnce(run: Run, node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return false;
  const isOwn = run.tracked.references.has(unwrap(callee.object));
  if (!isOwn) return false;
  return (
    run.tracked.lease.neverRejects?.includes(propertyName(callee) ?? '') === true || isSubmitted(run, node.arguments[0])
  );
}

/** `client.query(new Cursor(…))` gives the cursor back, not a promise. */
function isSubmitted(run: Run, argument: TSESTree.Node | undefined): boolean {
  if (argument?.type === 'NewExpression') return true;
  const definition = argument?.type === 'Identifier' ? findVariable(run.sourceCode, argument)?.defs[0] : undefined;
  return definition?.type === 'Variable' && definition.node.init?.type === 'NewExpression';
}
