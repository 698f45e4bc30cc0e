import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { isAwaited, LISTENS } from './events.ts';
import { findFunction } from './local-functions.ts';
import type { Run } from './run.ts';
import { escape, ESCAPED, Exits, flow, forgetCondition, join, later } from './state.ts';
import type { Flow } from './state.ts';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

const ERROR_NAME = /^_?(?:e|er|err|error|ex|exception)$|(?:Err|Error)$/;
/** What happens only when the work fails: giving back then is not enough. */
const ABNORMAL = /abort|cancel| error$/i;

/**
 * Functions that a call gets as arguments. A callback of the connection, a node-style callback, a promise's executor
 * and an awaited call's function run once: their code is run here. A function registered for later that gives the
 * connection back takes it out of our view, unless it runs only when the work is aborted or fails.
 */
export function callClosures(run: Run, call: Call, at: Flow, exits: Exits): Flow {
  let now = at;
  for (const argument of call.arguments) {
    const value = unwrap(argument);
    const target = isFunction(value) || value.type === 'Identifier' ? findFunction(run.sourceCode, value) : undefined;
    if (target && run.concerns(target)) now = runClosure(run, call, target, now, exits);
    else if (target && call.type === 'NewExpression' && isExecutor(call)) now = run.inline(target, now, new Exits());
  }
  return now;
}

function runClosure(run: Run, call: Call, target: FunctionNode, at: Flow, exits: Exits): Flow {
  if (run.active.has(target)) return at;
  if (call.type === 'NewExpression') return isExecutor(call) ? run.inline(target, at, exits) : escape(at);
  if (isAwaited(call) || isReturned(call)) return settleNow(run, target, at, exits);
  if (isCallback(run, call, target)) return later(at, run.inline(target, at, new Exits()));
  if (!run.releasesIn(target)) return isIteration(call) ? settleNow(run, target, at, exits) : at;
  if (ABNORMAL.test(trigger(run, call)) && !isOnlyWay(run, call)) return at;
  return escape(at);
}

function isExecutor(call: TSESTree.NewExpression): boolean {
  return call.callee.type === 'Identifier' && call.callee.name === 'Promise';
}

/** Runs once, or not at all if it only uses the connection. */
function settleNow(run: Run, target: FunctionNode, at: Flow, exits: Exits): Flow {
  const after = run.inline(target, at, exits);
  return run.releasesIn(target) || after.mask & ESCAPED ? after : join(at, after);
}

/** A callback that is called once: on the connection itself, or with an error first. */
function isCallback(run: Run, call: TSESTree.CallExpression, target: FunctionNode): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
  if (callee.type === 'MemberExpression' && run.tracked.references.has(unwrap(callee.object))) {
    const { uses, transaction } = run.tracked.lease;
    const { begin = [], commit = [], rollback = [] } = transaction ?? {};
    if ([...uses, ...begin, ...commit, ...rollback].includes(name)) return true;
  }
  const first = target.params[0];
  return first?.type === 'Identifier' && ERROR_NAME.test(first.name) && !LISTENS.test(name);
}

function isIteration(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  return (
    callee.type === 'MemberExpression' &&
    /^(?:forEach|map|filter|reduce|flatMap|some|every|find)$/.test(propertyName(callee) ?? '')
  );
}

function isReturned(call: TSESTree.CallExpression): boolean {
  const { parent } = wrapped(call);
  return parent?.type === 'ReturnStatement' || parent?.type === 'ArrowFunctionExpression';
}

/** `client.on('error', () => client.release())` and nothing else: whoever wrote it waits for that event. */
function isOnlyWay(run: Run, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const onConnection = callee.type === 'MemberExpression' && run.tracked.references.has(unwrap(callee.object));
  return onConnection && run.releases.every((one) => one.range[0] >= call.range[0] && one.range[1] <= call.range[1]);
}

/** What the function waits for, as written: the receiver, the method and the event's name. */
function trigger(run: Run, call: TSESTree.CallExpression): string {
  const name = call.arguments[0]?.type === 'Literal' ? String(call.arguments[0].value) : '';
  return `${run.sourceCode.getText(call.callee)} ${name}`;
}

/** Runs the body of a function of this file as part of the code that calls it. */
export function inline(run: Run, target: FunctionNode, at: Flow, exits: Exits): Flow {
  run.active.add(target);
  run.deeper();
  const inner = new Exits();
  const entry = isOwnParameter(run, target) ? flow(forgetCondition(at.mask), at.lost) : at;
  let end: Flow;
  if (target.body.type === 'BlockStatement') {
    end = run.execute(target.body, entry, inner);
  } else {
    const { fulfilled, rejected } = run.settle(target.body, entry, inner);
    inner.thrown = join(inner.thrown, rejected);
    end = fulfilled;
  }
  run.depth--;
  run.active.delete(target);
  exits.thrown = join(exits.thrown, inner.thrown);
  return join(end, inner.returned);
}

/** Each call gives the tracked condition a new value when it is a parameter. */
function isOwnParameter(run: Run, target: FunctionNode): boolean {
  return target.params.some((one) => run.condition?.endsWith(`@${one.range[0]}`));
}
