import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../ast/functions.ts';
import { isCaught } from './binding.ts';
import type { Event } from './events.ts';
import type { Leak } from './model.ts';
import { ABSENT, HELD, IDLE, join, move, RELEASED, witnessed } from './state.ts';
import type { Exits, Flow } from './state.ts';
import type { Tracked } from './tracked.ts';

/** How a helper of this file treats a connection it gets: the statuses a held one can have at its end and when it throws. */
export interface Summary {
  readonly normal: number;
  readonly thrown: number;
}

/**
 * One interpretation of one connection's code. The parts of the interpreter (statements, expressions, promises,
 * closures, conditions) call each other through it, so that no two of them import each other.
 */
export interface Run extends Notes {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly tracked: Tracked;
  readonly events: ReadonlyMap<TSESTree.Node, readonly Event[]>;
  /** Every node that gives the connection back. */
  readonly releases: readonly TSESTree.Node[];
  /** The code gives the connection back somewhere, so what it lends stays its own. */
  readonly givesBack: boolean;
  /** The text of the tracked condition, if one guards giving back. */
  readonly condition: string | undefined;
  /** Before `from` the connection has not begun, after `to` it does not begin again. */
  readonly from: number;
  readonly to: number;
  /** Something inside the node sets the tracked condition. */
  readonly setsCondition: (node: TSESTree.Node) => boolean;
  /** Something inside the node concerns the connection. */
  concerns(node: TSESTree.Node): boolean;
  /** The node gives the connection back, at some place inside. */
  readonly releasesIn: (node: TSESTree.Node) => boolean;
  summarize(target: FunctionNode, index: number): Summary;
  execute(node: TSESTree.Node, at: Flow, exits: Exits): Flow;
  evaluate(node: TSESTree.Node, at: Flow, exits: Exits): Flow;
  branch(test: TSESTree.Node, at: Flow, exits: Exits): [Flow, Flow];
  settle(node: TSESTree.Node, at: Flow, exits: Exits): Settled;
  inline(target: FunctionNode, at: Flow, exits: Exits): Flow;
  /** One level down; gives up with `TooDeep` long before the stack ends. */
  deeper(): void;
}

/** What one interpretation writes down as it goes. */
export class Notes {
  /** Functions whose bodies are being run: recursion stops at them. */
  readonly active = new Set<TSESTree.Node>();
  readonly memo = new Map<TSESTree.Node, Map<number, { normal: Flow; exits: Exits }>>();
  /** Nodes run so far: the measure of the cost. */
  steps = 0;
  /** Nesting of what is being run. */
  depth = 0;
  /** A helper of this file gave it back. */
  helped = false;
  /** Somebody else took it over. */
  handedOn = false;
  readonly overwritten: Leak[] = [];
  /** Methods of the connection that can throw before they return: these count where other throws end the process. */
  readonly thrownAtOnce = new Set<TSESTree.Node>();
  /** What was known at each release and use, one mask per way of reaching it. */
  readonly releasedAt = new Map<TSESTree.Node, number[]>();
  readonly usedAt = new Map<TSESTree.Node, number[]>();
}

/** Code nested deeper than we follow; whoever started the interpretation stays silent. */
export class TooDeep extends Error {}

/** The two ways a promise ends. */
export interface Settled {
  readonly fulfilled: Flow;
  readonly rejected: Flow;
}

/** Lets the connection begin. */
export function acquire(run: Run, at: Flow): Flow {
  const { lease, begin } = run.tracked;
  if (at.mask & HELD && begin) run.overwritten.push({ reason: 'overwritten', witness: begin });
  const taken = move(at.mask, ~0, lease.holdsFrom ? IDLE : HELD);
  return { mask: isCaught(begin) ? taken | move(at.mask, ~0, ABSENT) : taken, lost: [] };
}

/** Gives back: `call` is remembered with what was known before. */
export function release(run: Run, call: TSESTree.Node, at: Flow): Flow {
  note(run.releasedAt, call, at.mask);
  return { mask: move(at.mask, HELD | IDLE, RELEASED), lost: [] };
}

export function use(run: Run, node: TSESTree.Node, at: Flow): Flow {
  note(run.usedAt, node, at.mask);
  return at;
}

function note(seen: Map<TSESTree.Node, number[]>, node: TSESTree.Node, mask: number): void {
  const masks = seen.get(node) ?? [];
  if (!masks.includes(mask)) masks.push(mask);
  seen.set(node, masks);
}

/** Something can throw here. */
export function mayThrow(at: Flow, witness: TSESTree.Node, exits: Exits, unlikely = false): void {
  const leak: Leak = unlikely ? { reason: 'throw', witness, unlikely } : { reason: 'throw', witness };
  exits.thrown = join(exits.thrown, witnessed(at, leak));
}
