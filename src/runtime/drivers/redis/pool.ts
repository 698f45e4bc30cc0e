import { adopt, adoptBuilding, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { redisPoolLimits } from '../../../drivers/limits/redis.ts';
import { GUARD, guardOf } from '../../guard.ts';
import type { Counts, Guard, Guarded, Source } from '../../guard.ts';
import { LEASE } from '../../leases.ts';
import type { Lease, Leased } from '../../leases.ts';
import { isMarked, prototypeWith } from '../../patched.ts';
import { currentRequest } from '../../request.ts';
import type { RequestInfo } from '../../request.ts';
import type { Origin } from '../../stacks.ts';
import { exhausted, queueFull } from '../../waiting.ts';
import { survive } from '../../watch/listeners.ts';
import { world } from '../../world.ts';
import { addressOf, copyOf } from './source.ts';
import type { Pool } from './source.ts';

/** A pool of node-redis: each command and each task runs in `execute`, which gives back by itself. client/pool.js, 6.3.1. */

const METHODS = ['connect', 'execute', 'close', 'destroy'] as const;

export function isPool(target: object): target is Pool {
  const areMethods = METHODS.every((name) => typeof (target as Partial<Pool>)[name] === 'function');
  return areMethods && typeof (target as Partial<Pool>).clientsInUse === 'number';
}

type Options = Record<string, unknown>;
type Build = (client: Options | undefined, pool: Options | undefined) => Pool;

/**
 * Builds a pool, and guards it.
 * @throws PoolError under `strict`, where it breaks the policy: nothing is built
 */
export function buildPool(client: Options | undefined, given: Options | undefined, origin: Origin, build: Build): Pool {
  if (building) return build(client, given);
  const options = copyOf(given);
  let pool: Pool | undefined;
  const source = sourceOf(client ?? {}, options, () => pool);
  const make = (isEnforced: boolean): Pool => (pool = inside(() => build(client, isEnforced ? options : given)));
  const guard = adoptBuilding(source, { origin }, make);
  const built = guard.source.target as Pool;
  share(guard, built);
  patchPool(built);
  return built;
}

/** A pool is built at this moment: `redis` calls the function of `@redis/client`. */
let building = false;

function inside(build: () => Pool): Pool {
  building = true;
  try {
    return build();
  } finally {
    building = false;
  }
}

/** @throws PoolError under `strict`, where it breaks the policy */
export function adoptPool(pool: Pool, options: AdoptOptions): Guard {
  const source = sourceOf({}, {}, () => pool);
  const counts = (): Counts => ({ ...source.counts(), max: Infinity });
  // It tells nobody what it was built with.
  const guard = adopt({ ...source, counts, limits: { options: [] }, target: pool, isSettled: true }, options);
  share(guard, pool);
  return guard;
}

/** Commands of modules run on what stands behind the object that the user has: client/pool.js:34. */
function share(guard: Guard, { _self: self }: Pool): void {
  if (self && self !== guard.source.target) (self as Guarded)[GUARD] = guard;
}

function sourceOf(client: Options, options: Options, pool: () => Pool | undefined): Omit<Source, 'target'> {
  return {
    driver: 'redis',
    kind: 'pool',
    limits: redisPoolLimits,
    options,
    crashes: { when: 'a connection that breaks', held: false, isLate: true },
    address: () => addressOf(client),
    counts: () => ({
      total: pool()?.totalClients ?? 0,
      idle: pool()?.idleClients ?? 0,
      waiting: pool()?.tasksQueueLength ?? 0,
      max: Number(options['maximum'] ?? 100),
    }),
    end: async () => pool()?.close(),
  };
}

/** Patches the driver's prototype behind it, once. */
export function patchPool(pool: Pool): void {
  const prototype = prototypeWith(pool, 'execute');
  if (!prototype || isMarked(prototype)) return;
  patchExecute(prototype);
  patchConnect(prototype);
  dismissAt(prototype, 'close', 'destroy');
}

function patchExecute(prototype: Pool): void {
  const original = prototype.execute;
  prototype.execute = function execute(this: Pool, task) {
    const guard = guardOf(this);
    if (!guard) return original.call(this, task);
    const isFree = this.idleClients > 0;
    const full = isFree || guard.queueLimit === undefined ? undefined : queueFull(guard);
    if (full) return Promise.reject(full);
    const result = original.call(this, lendTo(guard, task, world.leases.capture(execute), currentRequest()));
    // Only who waits can wait too long.
    return isFree ? result : completed(guard, result);
  };
}

type Task = (client: object) => unknown;

/** On a client: what ends the lease that it has then. It serves one task after the other, so that they can share it. */
const END = Symbol.for('eslint-plugin-pool:redis end');

interface Lent extends Leased {
  [END]?: () => void;
}

/** The client is held until what the task gives is settled. */
function lendTo(guard: Guard, task: Task, origin: Origin | undefined, request: RequestInfo | undefined): Task {
  return (client: Lent) => {
    world.leases.beginAgain(guard, client, origin, request);
    const end = (client[END] ??= () => world.leases.end(client[LEASE] as Lease));
    try {
      return endAfter(task(client), end);
    } catch (error) {
      end();
      throw error;
    }
  };
}

function endAfter(result: unknown, end: () => void): unknown {
  if (result instanceof Promise) result.then(end, end);
  else end();
  return result;
}

/** In its own function: what a closure catches costs every call of the function around it. */
const completed = (guard: Guard, result: Promise<unknown>): Promise<unknown> =>
  result.catch((error: unknown) => Promise.reject(failed(guard, error)));

/** client/pool.js:293. */
const TIMEOUT = /^Timeout waiting for a client after (\d+)ms/;

function failed(guard: Guard, error: unknown): unknown {
  const waited = error instanceof Error ? TIMEOUT.exec(error.message)?.[1] : undefined;
  return waited === undefined ? error : exhausted(guard, error as Error, Number(waited));
}

/** An error before it is connected rejects `connect()` when nobody listens, and would be retried for ever if we did. */
function patchConnect(prototype: Pool): void {
  const original = prototype.connect;
  prototype.connect = async function (this: Pool) {
    const connected = await original.call(this);
    const guard = guardOf(this);
    if (guard) survive(guard);
    return connected;
  };
}
