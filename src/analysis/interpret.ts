import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import { inline } from './closures.ts';
import { branch, findCondition } from './conditions.ts';
import { collectEvents } from './events.ts';
import type { Event } from './events.ts';
import { evaluate } from './expressions.ts';
import type { Leak } from './model.ts';
import { settle } from './promises.ts';
import { TooDeep } from './run.ts';
import type { Run, Summary } from './run.ts';
import { ABSENT, ESCAPED, Exits, flow, HELD, join, NOWHERE, RELEASED } from './state.ts';
import type { Flow } from './state.ts';
import { execute, sequence } from './statements.ts';
import { collectNames } from './tracked.ts';
import type { Tracked } from './tracked.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Runs the code of one connection in the abstract. In: what is tracked. Out: how it is lost, what was known at each
 * release and use, and the number of steps. Helpers of the file are run by the same interpreter, parameter held.
 */
export interface Interpretation {
  readonly leaks: readonly Leak[];
  readonly releases: readonly TSESTree.Node[];
  readonly releasedAt: ReadonlyMap<TSESTree.Node, readonly number[]>;
  readonly usedAt: ReadonlyMap<TSESTree.Node, readonly number[]>;
  readonly steps: number;
}

export interface World {
  readonly sourceCode: SourceCode;
  /** The user's own functions that give a connection back. */
  readonly givesBack: (name: string) => boolean;
  readonly summaries: Map<FunctionNode, Map<number, Summary | undefined>>;
}

const NESTING = 600;

export function interpret(world: World, tracked: Tracked): Interpretation {
  const run = prepare(world, tracked);
  const releases = releaseNodes(run.events, tracked);
  try {
    const { normal, exits } = runRoot(run);
    return {
      leaks: leaksOf(run, releases, normal, exits),
      releases,
      releasedAt: run.releasedAt,
      usedAt: run.usedAt,
      steps: run.steps,
    };
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { leaks: [], releases, releasedAt: new Map(), usedAt: new Map(), steps: run.steps };
  }
}

function prepare(world: World, tracked: Tracked): Run {
  const { sourceCode } = world;
  const events = collectEvents(sourceCode, tracked, world.givesBack);
  const releases = releaseNodes(events, tracked);
  const marks = [...tracked.references, ...tracked.done, ...tracked.derived, ...(tracked.begin ? [tracked.begin] : [])];
  const isOwn = (node: TSESTree.Node): boolean =>
    tracked.references.has(node) || tracked.guards.has(node) || tracked.done.has(node);
  const condition = findCondition(sourceCode, tracked.root, releases, isOwn);
  const run: Run = {
    sourceCode,
    tracked,
    events,
    condition,
    givesBack: releases.length > 0,
    concerns: reach(sourceCode, tracked.root, [...marks, ...assignmentsOf(sourceCode, tracked, condition)]),
    releasesIn: reach(sourceCode, tracked.root, releases),
    summarize: (target, index) => summarize(world, tracked, target, index),
    execute: (node, at, exits) => execute(run, node, at, exits),
    evaluate: (node, at, exits) => evaluate(run, node, at, exits),
    branch: (test, at, exits) => branch(run, test, at, exits),
    settle: (node, at, exits) => settle(run, node, at, exits),
    inline: (target, at, exits) => inline(run, target, at, exits),
    deeper: () => {
      if (++run.depth > NESTING) throw new TooDeep();
    },
    active: new Set(),
    memo: new Map(),
    loops: 0,
    steps: 0,
    depth: 0,
    overwritten: [],
    thrownAtOnce: new Set(),
    releasedAt: new Map(),
    usedAt: new Map(),
  };
  return run;
}

function releaseNodes(events: ReadonlyMap<TSESTree.Node, readonly Event[]>, tracked: Tracked): TSESTree.Node[] {
  const nodes = [...events.values()]
    .flat()
    .filter((event) => event.kind === 'release' || event.kind === 'discard')
    .map((event) => event.at);
  for (const reference of [...tracked.references, ...tracked.done]) {
    const link = giveBackValue(reference, tracked);
    if (link) nodes.push(link);
  }
  return nodes.sort((a, b) => a.range[0] - b.range[0]);
}

/** `.finally(client.release)`: the method itself as a handler. */
function giveBackValue(reference: TSESTree.Node, tracked: Tracked): TSESTree.Node | undefined {
  const { parent } = reference;
  const value = tracked.done.has(reference) ? reference : parent;
  if (value?.type === 'MemberExpression') {
    const { property } = value;
    if (property.type !== 'Identifier' || !tracked.lease.giveBack.includes(property.name)) return undefined;
  }
  return value?.parent?.type === 'CallExpression' &&
    value.parent.callee !== value &&
    (value.type === 'MemberExpression' || value === reference) &&
    tracked.done.has(reference) === (value === reference)
    ? value
    : undefined;
}

/** Where the tracked condition gets a value. */
function assignmentsOf(sourceCode: SourceCode, tracked: Tracked, condition: string | undefined): TSESTree.Node[] {
  const name = condition === undefined ? undefined : /^([\w$]+)@/.exec(condition)?.[1];
  if (name === undefined) return [];
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(
    isFunction(tracked.root) ? tracked.root.body : tracked.root,
  );
  for (; scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable)
      return variable.references.filter((one) => one.isWrite()).map((one) => one.identifier as TSESTree.Node);
  }
  return [];
}

/** Whether a node contains one of `marks`, or calls a function of this file that does. */
function reach(
  sourceCode: SourceCode,
  root: TSESTree.Node,
  marks: readonly TSESTree.Node[],
): (node: TSESTree.Node) => boolean {
  const seen = new Set(marks);
  const functions = new Set<TSESTree.Node>();
  for (const mark of seen) {
    for (let at = mark.parent; at && at !== root; at = at.parent) {
      if (!isFunction(at) || functions.has(at)) continue;
      functions.add(at);
      for (const caller of callersOf(sourceCode, at)) seen.add(caller);
    }
  }
  const starts = [...seen].map((mark) => mark.range[0]).sort((a, b) => a - b);
  return (node) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) < node.range[0]) low = middle + 1;
      else high = middle;
    }
    return low < starts.length && (starts[low] as number) < node.range[1];
  };
}

function callersOf(sourceCode: SourceCode, target: FunctionNode): TSESTree.Node[] {
  const parent = target.parent;
  const name =
    target.type === 'FunctionDeclaration'
      ? target.id
      : parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
        ? parent.id
        : null;
  if (!name) return [];
  return findVariable(sourceCode, name)?.references.map((one) => one.identifier as TSESTree.Node) ?? [];
}

function runRoot(run: Run): { normal: Flow; exits: Exits } {
  const exits = new Exits();
  const { root, start } = run.tracked;
  let at = flow(start);
  if (isFunction(root)) {
    run.active.add(root);
    for (const parameter of root.params) at = run.evaluate(parameter, at, exits);
    if (root.body.type !== 'BlockStatement') return { normal: arrowEnd(run, root.body, at, exits), exits };
    return { normal: run.execute(root.body, at, exits), exits };
  }
  if (root.type === 'SwitchStatement')
    return {
      normal: sequence(
        run,
        root.cases.flatMap((one) => one.consequent),
        at,
        exits,
      ),
      exits,
    };
  return { normal: run.execute(root, at, exits), exits };
}

function arrowEnd(run: Run, body: TSESTree.Node, at: Flow, exits: Exits): Flow {
  const { fulfilled, rejected } = run.settle(body, at, exits);
  exits.thrown = join(exits.thrown, rejected);
  const escapes =
    run.events.get(unwrap(body))?.some((event) => event.kind === 'escape') ??
    run.events.get(body)?.some((event) => event.kind === 'escape');
  return escapes ? NOWHERE : fulfilled;
}

function leaksOf(run: Run, releases: readonly TSESTree.Node[], normal: Flow, exits: Exits): Leak[] {
  const { root, throwsAreFatal } = run.tracked;
  const ends: Flow[] = [exits.returned, ...exits.jumps.values()];
  const thrown = throwsAreFatal
    ? exits.thrown.lost.filter((leak) => run.thrownAtOnce.has(leak.witness))
    : exits.thrown.lost;
  const leaks = [...run.overwritten, ...ends.flatMap((at) => at.lost), ...thrown];
  if (normal.mask & HELD)
    leaks.push(
      ...(normal.lost.length > 0 ? normal.lost : [{ reason: 'path' as const, witness: statementWith(root, releases) }]),
    );
  if (leaks.length > 0 && releases.length === 0)
    return [{ reason: 'never', witness: (run.tracked.begin ?? root) as TSESTree.Node }];
  const seen = new Set<TSESTree.Node>();
  return leaks
    .filter((leak) => !seen.has(leak.witness) && seen.add(leak.witness))
    .sort((a, b) => a.witness.range[0] - b.witness.range[0]);
}

/** The statement of the connection's own block in which it is given back, but not on every path. */
function statementWith(root: TSESTree.Node, releases: readonly TSESTree.Node[]): TSESTree.Node {
  const block = isFunction(root) ? root.body : root;
  const last = releases.filter((one) => one.range[0] >= block.range[0] && one.range[1] <= block.range[1]).at(-1);
  let at = last;
  while (at?.parent && at.parent !== block && at.parent.range[0] > block.range[0]) at = at.parent;
  return at ?? root;
}

/** What a helper of this file does with the connection in parameter `index`. */
function summarize(world: World, caller: Tracked, target: FunctionNode, index: number): Summary {
  const known = world.summaries.get(target) ?? new Map<number, Summary | undefined>();
  world.summaries.set(target, known);
  if (known.has(index)) return known.get(index) ?? { normal: HELD, thrown: 0 };
  known.set(index, undefined);
  const summary = summary_(world, caller, target, index);
  known.set(index, summary);
  return summary;
}

function summary_(world: World, caller: Tracked, target: FunctionNode, index: number): Summary {
  const parameter = target.params[index];
  const name = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (name?.type !== 'Identifier') return { normal: HELD, thrown: HELD };
  const variable =
    findVariable(world.sourceCode, name) ??
    world.sourceCode.getDeclaredVariables?.(target).find((one) => one.identifiers.includes(name));
  const nodes = variable?.references.map((one) => one.identifier as TSESTree.Node) ?? [];
  const names = collectNames(
    world.sourceCode,
    caller.lease,
    nodes.filter((node) => node !== name),
    [],
  );
  const run = prepare(world, {
    lease: caller.lease,
    ...names,
    declared: new Set(),
    guards: new Set(),
    derived: new Set(),
    begin: undefined,
    root: target,
    start: HELD,
    throwsAreFatal: false,
    own: names.references,
  });
  const { normal, exits } = runRoot(run);
  const end = join(normal, exits.returned).mask & ~ABSENT;
  const mixed = end & HELD && end & RELEASED;
  return { normal: mixed ? ESCAPED : end, thrown: exits.thrown.mask & ~ABSENT };
}
