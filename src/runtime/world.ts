import { Clock } from './clock.ts';
import type { Guard } from './guard.ts';
import { Leases } from './leases.ts';
import { Reporter } from './report.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { Stacks } from './stacks.ts';

/** What was built at one line for one address. */
export interface Built {
  /** The begin of the window, as the process's monotonic clock has it. */
  readonly since: number;
  count: number;
  inRequests: number;
}

/**
 * What all copies of this package in the process share: several may be installed, each in another node_modules. The first
 * one that is loaded makes it.
 */
export interface World {
  /** Grows with each change that another version would not understand. */
  readonly format: 1;
  readonly clock: Clock;
  readonly stacks: Stacks;
  readonly leases: Leases;
  readonly reporter: Reporter;
  /** Pools that are still reachable and not ended. Weak: what a request forgets must not stay because of us. */
  readonly guards: Set<WeakRef<Guard>>;
  /** Names given so far, with how many pools have each. */
  readonly names: Map<string, number>;
  /** What was started once for the process: hooks, the look at leaks, the report at the end. */
  readonly started: Set<string>;
  /** What was built, by line and address. */
  readonly built: Map<string, Built>;
  /** The shortest `timeouts.holdMs` of any pool. */
  shortestHold: number;
  settings: Settings | undefined;
}

const KEY = Symbol.for('eslint-plugin-pool');
const FORMAT = 1;

function create(): World {
  const clock = new Clock();
  const stacks = new Stacks();
  const leases = new Leases(clock, stacks);
  return {
    format: FORMAT,
    clock,
    stacks,
    leases,
    reporter: new Reporter(),
    guards: new Set(),
    names: new Map(),
    started: new Set(),
    built: new Map(),
    shortestHold: Infinity,
    settings: undefined,
  };
}

function find(): World {
  const shared = globalThis as { [KEY]?: World };
  const found = shared[KEY];
  if (found?.format === FORMAT) return found;
  const own = create();
  if (!found) shared[KEY] = own;
  else
    process.emitWarning('Two versions of eslint-plugin-pool guard this process. Install one.', { code: 'POOL_TWICE' });
  return own;
}

export const world: World = find();

/** The policy and the words of the environment, read when they are first needed. */
export function settings(): Settings {
  if (world.settings) return world.settings;
  const read = readSettings();
  world.settings = read;
  world.reporter.log = read.log;
  world.stacks.when = read.policy.runtime?.stacks ?? 'budget';
  return read;
}

/** The first call with this name in the process. */
export function isFirst(what: string): boolean {
  if (world.started.has(what)) return false;
  world.started.add(what);
  return true;
}

/** Pools in the order in which they were built. */
export function* liveGuards(): IterableIterator<Guard> {
  for (const reference of world.guards) {
    const guard = reference.deref();
    if (!guard || guard.isEnded) world.guards.delete(reference);
    else yield guard;
  }
}
