import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable, identifiersOf } from '../ast/variables.ts';
import type { Lease } from '../drivers/driver.ts';
import { inline } from './closures.ts';
import { branch, findCondition } from './conditions.ts';
import { collectEvents } from './events.ts';
import { evaluate } from './expressions.ts';
import { leaksOf } from './leaks.ts';
import type { Leak } from './model.ts';
import { settle } from './promises.ts';
import { assignmentsOf, reach, releaseNodes } from './reach.ts';
import { Notes, TooDeep } from './run.ts';
import type { Run, Settled, Summary } from './run.ts';
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
  /** On some path somebody else took it over. */
  readonly handedOn: boolean;
  readonly steps: number;
}

export interface World {
  readonly sourceCode: SourceCode;
  /** The user's own functions that give a connection back. */
  readonly givesBack: (name: string) => boolean;
  readonly summaries: Map<FunctionNode, Map<number, Summary>>;
  /** What was prepared for the nodes that denote one connection. */
  readonly prepared: Map<ReadonlySet<TSESTree.Node>, Prepared>;
  /** Helpers around the helper that is being summarised. */
  nesting: number;
}

const NESTING = 600;
const MOST_HELPERS = 12;

export function interpret(world: World, tracked: Tracked): Interpretation {
  const run = new Interpreter(world, tracked);
  const { releases } = run;
  try {
    const { normal, exits } = runRoot(run);
    return {
      leaks: leaksOf(run, releases, normal, exits),
      releases,
      releasedAt: run.releasedAt,
      usedAt: run.usedAt,
      handedOn: run.handedOn,
      steps: run.steps,
    };
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { leaks: [], releases, releasedAt: new Map(), usedAt: new Map(), handedOn: true, steps: run.steps };
  }
}

/** What does not depend on where the connection begins: shared by all checkouts into one variable. */
interface Prepared extends Pick<Run, 'condition' | 'events' | 'releasesIn'> {
  readonly releases: readonly TSESTree.Node[];
  readonly concerns: (node: TSESTree.Node) => boolean;
  readonly setsCondition: (node: TSESTree.Node) => boolean;
}

function prepareNames({ sourceCode, givesBack, prepared }: World, tracked: Tracked): Prepared {
  const known = prepared.get(tracked.references);
  if (known) return known;
  const events = collectEvents(sourceCode, tracked, givesBack);
  const releases = releaseNodes(events, tracked);
  const condition = findCondition(tracked, sourceCode, releases);
  const settings = assignmentsOf(sourceCode, tracked, condition);
  const made: Prepared = {
    events,
    releases,
    condition,
    concerns: reach(sourceCode, tracked.root, [...tracked.references, ...tracked.done, ...settings]),
    setsCondition: reach(sourceCode, tracked.root, settings),
    releasesIn: reach(sourceCode, tracked.root, releases),
  };
  prepared.set(tracked.references, made);
  return made;
}

/** One interpretation: what is known of the connection, its notes, and the parts of the interpreter as its methods. */
class Interpreter extends Notes implements Run {
  readonly sourceCode: SourceCode;
  readonly events: Prepared['events'];
  readonly condition: Prepared['condition'];
  readonly releasesIn: Prepared['releasesIn'];
  readonly setsCondition: Prepared['setsCondition'];
  readonly releases: Prepared['releases'];
  readonly givesBack: boolean;
  readonly from: number;
  readonly to: number;
  readonly tracked: Tracked;
  readonly #world: World;
  readonly #names: Prepared;

  constructor(world: World, tracked: Tracked) {
    super();
    const names = prepareNames(world, tracked);
    this.sourceCode = world.sourceCode;
    this.tracked = tracked;
    this.events = names.events;
    this.condition = names.condition;
    this.releasesIn = names.releasesIn;
    this.setsCondition = names.setsCondition;
    this.releases = names.releases;
    this.givesBack = names.releases.length > 0;
    [this.from, this.to] = lifeOf(tracked);
    this.#world = world;
    this.#names = names;
  }

  concerns(node: TSESTree.Node): boolean {
    return this.#names.concerns(node) || holdsBegin(this.tracked, node);
  }

  summarize(target: FunctionNode, index: number): Summary {
    return summarize(this.#world, this.tracked, target, index);
  }

  execute(node: TSESTree.Node, at: Flow, exits: Exits): Flow {
    return execute(this, node, at, exits);
  }

  evaluate(node: TSESTree.Node, at: Flow, exits: Exits): Flow {
    return evaluate(this, node, at, exits);
  }

  branch(test: TSESTree.Node, at: Flow, exits: Exits): [Flow, Flow] {
    return branch(this, test, at, exits);
  }

  settle(node: TSESTree.Node, at: Flow, exits: Exits): Settled {
    return settle(this, node, at, exits);
  }

  inline(target: FunctionNode, at: Flow, exits: Exits): Flow {
    return inline(this, target, at, exits);
  }

  deeper(): void {
    if (++this.depth > NESTING) throw new TooDeep();
  }
}

function holdsBegin({ begin }: Tracked, { range: [start, end] }: TSESTree.Node): boolean {
  return begin !== undefined && start <= begin.range[0] && begin.range[1] <= end;
}

/** The text in which the connection can begin: the whole of the outermost loop around it. */
function lifeOf({ begin, root }: Tracked): readonly [from: number, to: number] {
  if (!begin) return [-1, Infinity];
  let widest = begin;
  for (let at: TSESTree.Node | undefined = begin; at && at !== root; at = at.parent) {
    if (/^(?:For|While|DoWhile)|Function/.test(at.type)) widest = at;
  }
  return widest.range;
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
  const body = root.type === 'SwitchStatement' ? root.cases.flatMap((one) => one.consequent) : [root];
  return { normal: sequence(run, body, at, exits), exits };
}

/** An arrow without braces ends as its value does. */
function arrowEnd(run: Run, body: TSESTree.Node, at: Flow, exits: Exits): Flow {
  const { fulfilled, rejected } = run.settle(body, at, exits);
  exits.thrown = join(exits.thrown, rejected);
  const events = run.events.get(unwrap(body)) ?? run.events.get(body);
  return events?.some((event) => event.kind === 'escape') ? NOWHERE : fulfilled;
}

/** What a helper of this file does with the connection in parameter `index`. */
function summarize(world: World, caller: Tracked, target: FunctionNode, index: number): Summary {
  const known = world.summaries.get(target) ?? new Map<number, Summary>();
  world.summaries.set(target, known);
  const remembered = known.get(index);
  if (remembered) return remembered;
  // Passed on more often than anyone reads: out of our view.
  if (world.nesting >= MOST_HELPERS) return { normal: ESCAPED, thrown: 0 };
  // A helper that calls itself is taken to hand the connection back as it got it.
  known.set(index, { normal: HELD, thrown: 0 });
  const tracked = parameterOf(world.sourceCode, caller.lease, target, index);
  world.nesting++;
  const summary = tracked ? summaryOf(new Interpreter(world, tracked)) : { normal: HELD, thrown: HELD };
  world.nesting--;
  known.set(index, summary);
  return summary;
}

function parameterOf(sourceCode: SourceCode, lease: Lease, root: FunctionNode, index: number): Tracked | undefined {
  const parameter = root.params[index];
  const name = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  const variable = name?.type === 'Identifier' ? findVariable(sourceCode, name) : undefined;
  if (!variable) return undefined;
  const names = collectNames(sourceCode, lease, identifiersOf(variable), []);
  const frame = { begin: undefined, root, start: HELD, throwsAreFatal: false, together: false };
  return { lease, ...names, own: names.references, declared: new Set(), guards: new Set(), ...frame };
}

/** Given back on some paths only: who answers for it we cannot say. */
function summaryOf(run: Run): Summary {
  const { normal, exits } = runRoot(run);
  const end = join(normal, exits.returned).mask & ~ABSENT;
  return { normal: end & HELD && end & RELEASED ? ESCAPED : end, thrown: exits.thrown.mask & ~ABSENT };
}
