import type { Policy } from '../policy/policy.ts';
import { timeoutValue } from '../policy/values.ts';
import { nameOf } from './address.ts';
import { watchBudget } from './budget-start.ts';
import { GUARD, Guard, guardOf } from './guard.ts';
import type { Guarded, Source } from './guard.ts';
import { limit } from './limits/enforce.ts';
import { currentRequest } from './request.ts';
import type { Origin } from './stacks.ts';
import { noteBuilt } from './watch/built.ts';
import { watchLeaks } from './watch/leaks.ts';
import { watchListeners } from './watch/listeners.ts';
import { liveGuards, settings, world } from './world.ts';

/** From a pool to its guard: once for each, when it is built or first seen. */

export interface AdoptOptions {
  /** Its name in messages and under `pools` in the policy; without it, `database@host`. */
  readonly name?: string | undefined;
  /** In place of the policy of the process. */
  readonly policy?: Policy | undefined;
  /** Where it was built; undefined when it was built before we looked. */
  readonly origin?: Origin | undefined;
}

/**
 * Guards a pool. For one that is guarded already, only a name and a policy that are stated count.
 * @throws PoolError under `strict`, where the pool breaks the policy.
 */
export function adopt(source: Source, options: AdoptOptions = {}): Guard {
  const known = guardOf(source.target);
  if (known) return options.name === undefined && !options.policy ? known : restate(known, options);
  const guard = guardFor(source, options);
  const others = besides(guard);
  attach(guard);
  try {
    noteBuilt(guard);
    bound(guard, others);
  } catch (error) {
    refuse(guard);
    throw error;
  }
  return guard;
}

/** What `strict` refuses is no pool: it does not count beside the next one, and each use of it is refused again. */
function refuse(guard: Guard): void {
  dismiss(guard);
  delete (guard.source.target as Guarded)[GUARD];
}

/**
 * The same for what copies its options when it is built: they are judged, and written into `source.options`, before `build`
 * reads them, where that is enforced. Nothing is built where the policy refuses it.
 */
export function adoptBuilding<Target extends object>(
  source: Omit<Source, 'target'>,
  options: AdoptOptions,
  build: (isEnforced: boolean) => Target,
): Guard {
  const unbuilt = { ...source, target: {} };
  const guard = guardFor(unbuilt, options);
  noteBuilt(guard);
  bound(guard, besides(guard));
  Object.assign(unbuilt, { target: build(guard.isEnforced), isSettled: true });
  attach(guard);
  return guard;
}

function guardFor(source: Source, { name, origin, policy = settings().policy }: AdoptOptions): Guard {
  return new Guard(source, { name: name ?? titleOf(source), policy, origin, request: currentRequest() });
}

function attach(guard: Guard): void {
  Object.defineProperty(guard.source.target as Guarded, GUARD, { value: guard, configurable: true, writable: true });
  world.guards.add(new WeakRef(guard));
  watchLeaks();
  watchListeners(guard);
  announce(guard);
}

function restate(guard: Guard, { name = guard.name, policy = guard.policy }: AdoptOptions): Guard {
  guard.state(name, policy);
  bound(guard, besides(guard));
  return guard;
}

function bound(guard: Guard, others: readonly Guard[]): void {
  const hold = timeoutValue(guard.policy, 'holdMs');
  world.shortestHold = Math.min(world.shortestHold, hold);
  world.clock.refine(hold / 4);
  limit(guard, others);
  watchBudget(guard);
}

/** It is ended: its name may be used again, and nothing waits for it. */
export function dismiss(guard: Guard): void {
  if (guard.isEnded) return;
  guard.isEnded = true;
  const data = { driver: guard.source.driver, taken: guard.taken };
  world.reporter.emit({ type: 'pool-end', message: `\`${guard.name}\` is ended.`, pool: guard.name, data });
}

/** A pool is over when one of these methods of it is called. Patches them. */
export function dismissAt<Target extends object>(
  prototype: Target,
  ...names: readonly (keyof Target & string)[]
): void {
  for (const name of names) {
    const original = prototype[name] as (...parts: unknown[]) => unknown;
    const ending = function (this: Target, ...parts: unknown[]): unknown {
      const guard = guardOf(this);
      if (guard) dismiss(guard);
      return original.apply(this, parts);
    };
    prototype[name] = Object.defineProperty(ending, 'name', { value: name }) as Target[typeof name];
  }
}

function announce({ name, source }: Guard): void {
  const data = { driver: source.driver, max: source.counts().max };
  world.reporter.emit({ type: 'pool-start', message: `\`${name}\` is guarded.`, pool: name, data });
}

/** The other pools of this process to the same server; of one that is not known, nobody can tell. */
function besides(guard: Guard): Guard[] {
  const { host, port } = guard.source.address();
  if (host === undefined) return [];
  return [...liveGuards()].filter((one) => {
    if (one === guard || one.source.kind !== 'pool' || one.database !== guard.database) return false;
    const other = one.source.address();
    return other.host === host && other.port === port;
  });
}

/** Clients come and go; pools are few, and each has a name of its own. */
function titleOf({ address, driver, kind }: Source): string {
  const name = nameOf(address(), driver);
  return kind === 'pool' ? unique(name) : name;
}

function unique(name: string): string {
  const count = (world.names.get(name) ?? 0) + 1;
  world.names.set(name, count);
  return count === 1 ? name : `${name} #${count}`;
}
