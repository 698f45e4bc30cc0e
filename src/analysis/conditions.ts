import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/property-name.ts';
import { isNothing } from '../ast/nothing.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import { findFunction } from './local-functions.ts';
import type { Run } from './run.ts';
import { ABSENT, ESCAPED, flow, HELD, IDLE, join, move, NOWHERE, WHEN_FALSE, WHEN_TRUE } from './state.ts';
import type { Exits, Flow } from './state.ts';
import type { Tracked } from './tracked.ts';

/**
 * What a test says about the connection. In: the test and the flow before it. Out: the flows into the two branches.
 * Understood: the connection itself (truthy, `== null`), a callback's error, one tracked condition, constants, and
 * `!`, `&&`, `||`. Any other test lets both branches happen.
 */
export function branch(run: Run, test: TSESTree.Node, at: Flow, exits: Exits): [Flow, Flow] {
  const node = unwrap(test);
  if (at.mask === 0) return [NOWHERE, NOWHERE];
  if (node.type === 'UnaryExpression' && node.operator === '!') return not(run, node, at, exits);
  if (node.type === 'LogicalExpression' && node.operator !== '??') return logical(run, node, at, exits);
  if (node.type === 'Literal') return node.value ? [at, NOWHERE] : [NOWHERE, at];
  if (run.tracked.own.has(node) || asksForRelease(run, node)) return presence(at);
  if (run.tracked.guards.has(node)) return swap(presence(at));
  if (asksWhetherOver(run, node)) return [over(at), at];
  if (isOwnEquality(run, node)) return equality(node as TSESTree.BinaryExpression, at);
  const tested = nullTest(run, node);
  if (tested) return tested(at);
  const after = run.evaluate(node, at, exits);
  const condition = conditionOf(run.sourceCode, resultOf(run, node) ?? node);
  if (condition?.text !== run.condition || !condition) return [after, after];
  const split: [Flow, Flow] = [narrow(after, WHEN_TRUE), narrow(after, WHEN_FALSE)];
  return condition.negated ? swap(split) : split;
}

function not(run: Run, node: TSESTree.UnaryExpression, at: Flow, exits: Exits): [Flow, Flow] {
  run.deeper();
  const split = run.branch(node.argument, at, exits);
  run.depth--;
  return swap(split);
}

/** `if (failed(error))`: what a function of this file returns, when its own code was run for the call. */
function resultOf(run: Run, node: TSESTree.Node): TSESTree.Node | undefined {
  const target = node.type === 'CallExpression' ? findFunction(run.sourceCode, node.callee) : undefined;
  if (!target || !run.concerns(target)) return undefined;
  const last = target.body.type === 'BlockStatement' ? target.body.body.at(-1) : target.body;
  return last?.type === 'ReturnStatement' ? (last.argument ?? undefined) : last;
}

function logical(run: Run, node: TSESTree.LogicalExpression, at: Flow, exits: Exits): [Flow, Flow] {
  const isAnd = node.operator === '&&';
  run.deeper();
  const [yes, no] = run.branch(node.left, at, exits);
  const [rightYes, rightNo] = run.branch(node.right, isAnd ? yes : no, exits);
  run.depth--;
  return isAnd ? [rightYes, join(no, rightNo)] : [join(yes, rightYes), rightNo];
}

/** `runner.isReleased`, `transaction.finished`, `trx.isCompleted()`: the connection itself knows whether it is over. */
function asksWhetherOver(run: Run, node: TSESTree.Node): boolean {
  const asked = node.type === 'CallExpression' ? unwrap(node.callee) : node;
  if (asked.type !== 'MemberExpression' || !run.tracked.references.has(unwrap(asked.object))) return false;
  return /^(?:is|has|was|_)?(?:released|finished|completed|ending|ended|closed|destroyed|done)$/i.test(
    propertyName(asked) ?? '',
  );
}

function over(at: Flow): Flow {
  return flow(move(at.mask, HELD | IDLE, ESCAPED));
}

function swap([a, b]: [Flow, Flow]): [Flow, Flow] {
  return [b, a];
}

function narrow(at: Flow, mask: number): Flow {
  return flow(at.mask & mask, at.lost);
}

/** Truthy: there is a connection. Falsy: there is none, or we do not know whose it is. */
function presence(at: Flow): [Flow, Flow] {
  return [narrow(at, ~ABSENT), narrow(at, ABSENT | ESCAPED)];
}

/** `client === given`: what was taken here is nobody else's, so it equals nothing that came from outside. */
function isOwnEquality(run: Run, node: TSESTree.Node): boolean {
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator)) return false;
  const sides = [unwrap(node.left), unwrap(node.right)];
  const others = sides.filter((side) => !run.tracked.own.has(side));
  return (
    others.length === 1 &&
    others.every(
      (side) => (side.type === 'Identifier' && side.name !== 'undefined') || side.type === 'MemberExpression',
    )
  );
}

function equality(node: TSESTree.BinaryExpression, at: Flow): [Flow, Flow] {
  const split: [Flow, Flow] = [narrow(at, ABSENT | ESCAPED), at];
  return node.operator.startsWith('=') ? split : swap(split);
}

/** `'release' in client`, `client.release`, `typeof client.release === 'function'`: what we took has it. */
function asksForRelease(run: Run, node: TSESTree.Node): boolean {
  const { references, lease } = run.tracked;
  if (node.type === 'MemberExpression') {
    return references.has(unwrap(node.object)) && lease.giveBack.includes(propertyName(node) ?? '');
  }
  if (node.type !== 'BinaryExpression') return false;
  if (node.operator === 'in') return references.has(unwrap(node.right));
  const { left } = node;
  return (
    /^===?$/.test(node.operator) &&
    left.type === 'UnaryExpression' &&
    left.operator === 'typeof' &&
    asksForRelease(run, unwrap(left.argument))
  );
}

/** `client == null`, `client !== undefined`, `error != null`. */
function nullTest(run: Run, node: TSESTree.Node): ((at: Flow) => [Flow, Flow]) | undefined {
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator)) return undefined;
  const subject = isNothing(node.right) ? unwrap(node.left) : isNothing(node.left) ? unwrap(node.right) : undefined;
  if (!subject) return undefined;
  const isReference = run.tracked.own.has(subject);
  if (!isReference && !run.tracked.guards.has(subject)) return undefined;
  const same = node.operator.startsWith('=') === isReference;
  return (at) => (same ? swap(presence(at)) : presence(at));
}

/** The text by which two tests are recognised as the same one. */
export function conditionOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  test: TSESTree.Node,
): { text: string; negated: boolean } | undefined {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') return negatedCondition(sourceCode, node);
  if (node.type === 'Identifier' || node.type === 'MemberExpression') {
    return { text: keyOf(sourceCode, node), negated: false };
  }
  if (node.type !== 'BinaryExpression') return undefined;
  if (!/^[!=]==?$/.test(node.operator)) return { text: sourceCode.getText(node), negated: false };
  const text = `${sourceCode.getText(node.left)} == ${sourceCode.getText(node.right)}`;
  return { text, negated: node.operator.startsWith('!') };
}

/** `!ready`, `!!ready`, however often. */
function negatedCondition(
  sourceCode: Readonly<TSESLint.SourceCode>,
  node: TSESTree.UnaryExpression,
): ReturnType<typeof conditionOf> {
  let inner: TSESTree.Node = node;
  let negated = false;
  while (inner.type === 'UnaryExpression' && inner.operator === '!') {
    inner = unwrap(inner.argument);
    negated = !negated;
  }
  const condition = conditionOf(sourceCode, inner);
  return condition && { text: condition.text, negated: negated !== condition.negated };
}

/** The text of a name or path, with the place where its variable is declared: another `error` is another condition. */
function keyOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  node: TSESTree.Identifier | TSESTree.MemberExpression,
): string {
  let root: TSESTree.Node = node;
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  const variable = root.type === 'Identifier' ? findVariable(sourceCode, root) : undefined;
  const place = variable?.identifiers[0]?.range[0] ?? '';
  return `${sourceCode.getText(node).replace(/\?\./g, '.')}@${place}`;
}

const MOST_CONDITIONS = 32;

/**
 * The condition worth tracking: one, other than the connection itself, under which one of `releases` happens. A flag
 * that is set beside them says more than any other.
 */
export function findCondition(
  { references, guards, done, root }: Tracked,
  sourceCode: Readonly<TSESLint.SourceCode>,
  releases: readonly TSESTree.Node[],
): string | undefined {
  const isOwn = (node: TSESTree.Node): boolean => references.has(node) || guards.has(node) || done.has(node);
  const found: string[] = [];
  for (const release of releases) {
    // More conditions than this say nothing more, and looking for them would cost a look at every statement.
    if (found.length >= MOST_CONDITIONS) break;
    for (let at = release; at.parent && at !== root; at = at.parent) {
      found.push(...testsAround(at).flatMap((test) => conditionsIn(sourceCode, test, isOwn)));
    }
  }
  if (found.length < 2) return found[0];
  const text = sourceCode.text.slice(root.range[0], root.range[1]);
  return found.find((key) => /^[\w$]+@/.test(key) && isSet(text, key.slice(0, key.indexOf('@')))) ?? found[0];
}

function isSet(text: string, name: string): boolean {
  return new RegExp(String.raw`(?:^|[^\w$.])${name.replace(/\$/g, String.raw`\$`)}\s*=\s*(?:true|false)\b`).test(text);
}

/** The tests that decide whether `node` runs: around it, and those before it that leave. */
function testsAround(node: TSESTree.Node): TSESTree.Node[] {
  const parent = node.parent as TSESTree.Node;
  if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression')
    return parent.test === node ? [] : [parent.test];
  if (parent.type === 'LogicalExpression') return parent.right === node ? [parent.left] : [];
  if (parent.type !== 'BlockStatement') return [];
  const before = parent.body.slice(0, parent.body.indexOf(node as TSESTree.Statement));
  return before.flatMap((one) => (one.type === 'IfStatement' && leaves(one.consequent) ? [one.test] : []));
}

function leaves(node: TSESTree.Statement): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last !== undefined && /^(?:Return|Throw|Continue|Break)Statement$/.test(last.type);
}

function conditionsIn(
  sourceCode: Readonly<TSESLint.SourceCode>,
  test: TSESTree.Node,
  isOwn: (node: TSESTree.Node) => boolean,
): string[] {
  const found: string[] = [];
  const queue = [test];
  for (let next = queue.pop(); next && found.length < MOST_CONDITIONS; next = queue.pop()) {
    const node = unwrap(next);
    if (node.type === 'LogicalExpression') queue.push(node.right, node.left);
    else if (!isAboutIt(node, isOwn)) found.push(conditionOf(sourceCode, node)?.text ?? '');
  }
  return found.filter((text) => text !== '');
}

/** The connection itself, compared or not: no condition of its own. */
function isAboutIt(node: TSESTree.Node, isOwn: (node: TSESTree.Node) => boolean): boolean {
  const bare = node.type === 'UnaryExpression' ? unwrap(node.argument) : node;
  if (bare.type === 'BinaryExpression') return isOwn(unwrap(bare.left)) || isOwn(unwrap(bare.right));
  return isOwn(bare);
}
