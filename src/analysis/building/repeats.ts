import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import type { FunctionNode } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { walk } from '../../ast/walk.ts';
import { collectKept, isGuarded, isMemoised } from './memo.ts';
import type { Repetition } from '../model.ts';
import { classNames, nameOf, namesOfFunction } from '../requests/named-functions.ts';
import { isCallee } from '../requests/places.ts';
import { slotOf } from '../requests/slots.ts';
import type { SlotFile } from '../requests/slots.ts';

/**
 * Why a place of the code runs again and again. In: a node. Out: the slot, loop or timer that repeats it, found by going
 * outwards: through the functions around it, and from a named function to the calls of it in this file. A guard on the
 * way (`if (!pool)`, `once(…)`) makes the place fine. Calls from other files are not seen.
 */
const DEEPEST = 4;

interface Way {
  readonly file: SlotFile;
  readonly seen: Set<TSESTree.Node>;
  readonly depth: number;
  readonly isEnded: boolean;
  /** What the functions on the way keep outside of themselves: a test of it before the call is a guard, too. */
  readonly kept: readonly string[];
}

/** `isEnded`: what is built there is ended there, so that a test before it keeps something else (a result, a counter). */
export function repetitionOf(file: SlotFile, place: TSESTree.Node, isEnded: boolean): Repetition | undefined {
  return outwards({ file, isEnded, seen: new Set(), depth: 0, kept: [] }, place);
}

function outwards(way: Way, place: TSESTree.Node): Repetition | undefined {
  let loop: Repetition | undefined;
  for (let at = place; at.parent; at = at.parent) {
    const { parent } = at;
    loop ??= loopAround(way, parent, at, place);
    if (isFunction(parent)) {
      const { sourceCode } = way.file;
      if (!way.isEnded && isGuarded(sourceCode, place, parent, way.kept)) return undefined;
      const kept = [...way.kept, ...collectKept(sourceCode, parent)];
      return repetitionOfFunction({ ...way, kept }, parent) ?? loop;
    }
    if (parent.type === 'PropertyDefinition' && parent.value === at && !parent.static)
      return ofClass(way, parent.parent) ?? loop;
  }
  return loop;
}

const LOOPS = new Set(['DoWhileStatement', 'ForInStatement', 'ForOfStatement', 'ForStatement', 'WhileStatement']);

function loopAround(
  { file }: Way,
  node: TSESTree.Node,
  inner: TSESTree.Node,
  place: TSESTree.Node,
): Repetition | undefined {
  const isBody = LOOPS.has(node.type) && (node as TSESTree.WhileStatement).body === inner;
  return isBody && !isRetry(file, inner, place)
    ? { reason: 'loop', certainty: 'likely', what: 'loop', node }
    : undefined;
}

/** A loop that is left as soon as it succeeds tries again after a failure. */
function isRetry({ sourceCode }: SlotFile, body: TSESTree.Node, place: TSESTree.Node): boolean {
  let isLeft = false;
  walk(sourceCode, body, (node) => {
    const isBehind = node.range[0] > place.range[0];
    if (isBehind && (node.type === 'ReturnStatement' || (node.type === 'BreakStatement' && ownerOf(node) === body)))
      isLeft = true;
    return !isFunction(node);
  });
  return isLeft;
}

/** `const timer = setInterval(async () => { …; clearInterval(timer); }, …)`: without a condition, it is stopped as such a loop is left. */
function isRetryTimer({ sourceCode }: SlotFile, fn: FunctionNode): boolean {
  const timer = fn.parent.type === 'CallExpression' ? nameOf(fn.parent) : undefined;
  if (!timer) return false;
  let isStopped = false;
  walk(sourceCode, fn, (node) => {
    if (node.type === 'IfStatement' || node.type === 'CatchClause') return false;
    const isStop = node.type === 'CallExpression' && sourceCode.getText(node) === `clearInterval(${timer.name})`;
    isStopped ||= isStop;
    return undefined;
  });
  return isStopped;
}

/** The body of the loop that a `break` leaves; a `switch` is left by its own. */
function ownerOf({ label, parent }: TSESTree.BreakStatement): TSESTree.Node | undefined {
  if (label) return undefined;
  for (let at: TSESTree.Node | undefined = parent; at; at = at.parent) {
    if (at.type === 'SwitchStatement') return undefined;
    if (LOOPS.has(at.type)) return (at as TSESTree.WhileStatement).body;
  }
  return undefined;
}

function repetitionOfFunction(way: Way, fn: FunctionNode): Repetition | undefined {
  if (way.seen.has(fn) || way.depth > DEEPEST) return undefined;
  way.seen.add(fn);
  const slot = slotOf(way.file, fn);
  if (slot) {
    if (isRetryTimer(way.file, fn)) return undefined;
    const reason = slot.byParameters ? 'parameters' : 'slot';
    return { reason, certainty: slot.certainty, what: `${slot.framework} ${slot.what}`, node: fn };
  }
  return called(arrayCallback(fn) ?? inlined(way, fn) ?? callers(way, fn) ?? constructed(way, fn), fn);
}

/** What is reached from a slot is reached as often; the message names the slot. */
function called(outer: Repetition | undefined, fn: FunctionNode): Repetition | undefined {
  if (!outer || outer.reason === 'loop' || outer.node === fn) return outer;
  return { ...outer, reason: outer.reason === 'slot' ? 'called' : outer.reason };
}

const ARRAYS = /^(?:map|forEach|flatMap|filter|reduce|some|every|find)$/;

/** `ids.map(async (id) => { … })`. */
function arrayCallback(fn: FunctionNode): Repetition | undefined {
  const { parent } = fn;
  const callee = parent.type === 'CallExpression' && parent.callee !== fn ? unwrap(parent.callee) : undefined;
  const isArray = callee?.type === 'MemberExpression' && ARRAYS.test(propertyName(callee) ?? '');
  return isArray ? { reason: 'loop', certainty: 'likely', what: 'array callback', node: fn } : undefined;
}

/** A function written in place, called there or given to a call, runs when the code around it does. */
function inlined(way: Way, fn: FunctionNode): Repetition | undefined {
  const value = wrapped(fn);
  const { parent } = value;
  if (parent?.type === 'JSXExpressionContainer') return undefined;
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression')
    return parent.callee !== value && isMemoised(parent.callee) ? undefined : outwards(way, parent);
  // `resolve({ async load() { … } })`, `{ redis: function (next) { … } }`.
  const object = parent?.type === 'Property' ? parent.parent : undefined;
  return object?.type === 'ObjectExpression' && isInCall(object) ? outwards(way, object) : undefined;
}

function isInCall(object: TSESTree.Node): boolean {
  const { parent } = wrapped(object);
  if (parent?.type === 'Property') return isInCall(parent.parent);
  return parent?.type === 'CallExpression' && !isMemoised(parent.callee);
}

/** The calls of a named function, in this file. */
function callers(way: Way, fn: FunctionNode): Repetition | undefined {
  for (const call of callsOf(way.file, fn)) {
    const found = outwards({ ...way, depth: way.depth + 1 }, call);
    if (found) return found;
  }
  return undefined;
}

export function callsOf({ sourceCode }: SlotFile, fn: FunctionNode): TSESTree.Node[] {
  const isRead = fn.parent.type === 'MethodDefinition' && fn.parent.kind === 'get';
  return namesOfFunction(sourceCode, fn).filter((one) => isRead || isCallee(one) || isMethodUse(one));
}

/** `ids.map(load)`. */
function isMethodUse(name: TSESTree.Node): boolean {
  const { parent } = name;
  const callee = parent?.type === 'CallExpression' && parent.callee !== name ? unwrap(parent.callee) : undefined;
  return callee?.type === 'MemberExpression' && ARRAYS.test(propertyName(callee) ?? '');
}

/** A constructor runs where its class is constructed. */
function constructed(way: Way, fn: FunctionNode): Repetition | undefined {
  const method = fn.parent;
  return method.type === 'MethodDefinition' && method.kind === 'constructor' ? ofClass(way, method.parent) : undefined;
}

function ofClass(way: Way, body: TSESTree.ClassBody): Repetition | undefined {
  if (way.depth > DEEPEST || way.seen.has(body)) return undefined;
  way.seen.add(body);
  for (const one of classNames(way.file.sourceCode, body)) {
    const isMade = one.parent.type === 'NewExpression' && one.parent.callee === one;
    const found = isMade ? outwards({ ...way, depth: way.depth + 1 }, one.parent) : undefined;
    if (found) return found;
  }
  return undefined;
}
