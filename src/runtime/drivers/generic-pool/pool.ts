import { adopt, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { NOWHERE } from '../../address.ts';
import { genericPoolLimits } from '../../../drivers/limits/generic-pool.ts';
import { guardOf } from '../../guard.ts';
import type { Counts, Guard } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import { currentRequest } from '../../request.ts';
import { serverFull } from '../../waiting.ts';
import { world } from '../../world.ts';
import { isInTransaction, isServerFull, run } from '../lenders/client.ts';
import { builtAbove } from '../lenders/owner.ts';
import { instead, offer, offered } from '../lenders/offer.ts';
import type { Lender } from '../lenders/offer.ts';
import { connectionOf, resourceOf, takeBack } from '../lenders/lender.ts';
import type { Back, LenderSource } from '../lenders/lender.ts';

/** The prototype of generic-pool. Read in generic-pool 3.9.0, lib/Pool.js. */

interface PooledResource {
  readonly obj: unknown;
  readonly state: string;
}

export interface GenericPool {
  /** Read whenever it matters: lib/Pool.js:455, 462, 655. */
  readonly _config: Record<string, unknown> & { max: number; min: number; autostart: boolean };
  /** The option `Promise`. */
  readonly _Promise: PromiseConstructor;
  readonly _started: boolean;
  readonly _factoryCreateOperations: ReadonlySet<unknown>;
  /** Its head is lent next: lib/Pool.js:205, lib/Deque.js:24. */
  readonly _availableObjects: { readonly _list: { readonly head: { readonly data: PooledResource } | null } };
  readonly size: number;
  readonly available: number;
  readonly pending: number;
  readonly max: number;
  acquire(priority?: number): Promise<unknown>;
  release(resource: unknown): Promise<void>;
  destroy(resource: unknown): Promise<void>;
  start(): void;
  drain(): Promise<void>;
  clear(): Promise<void>;
  emit(event: string, ...values: unknown[]): boolean;
  isBorrowedResource(resource: unknown): boolean;
}

const METHODS = ['acquire', 'release', 'destroy', 'start', 'drain', 'clear', 'emit', 'isBorrowedResource'] as const;

const findMissing = (pool: Partial<GenericPool>): string | undefined =>
  METHODS.find((name) => typeof pool[name] !== 'function');

export function isGenericPool(target: object): target is GenericPool {
  const pool: Partial<GenericPool> = target;
  const { _Promise: Class, _availableObjects: idle, _config: config, _factoryCreateOperations: operations } = pool;
  const isListed = operations instanceof Set && 'head' in Object(idle?._list);
  const isKnown = isListed && typeof config?.max === 'number' && typeof Class === 'function';
  return isKnown && findMissing(pool) === undefined;
}

/** Patches it once. @returns what is missing in this version. */
export function patchPool(prototype: GenericPool): string | undefined {
  const missing = findMissing(prototype);
  if (missing !== undefined) return `its pool has no \`${missing}\``;
  if (isMarked(prototype)) return undefined;
  patchStart(prototype);
  patchAcquire(prototype);
  patchReturns(prototype);
  patchErrors(prototype);
  // One that is drained lends no more: lib/Pool.js:446.
  dismissAt(prototype, 'drain');
  return undefined;
}

/** The constructor calls it before the first resource is made, unless `autostart` is off: lib/Pool.js:125. */
function patchStart(prototype: GenericPool): void {
  const original = prototype.start;
  prototype.start = function start(this: GenericPool): void {
    if (!guardOf(this) && isGenericPool(this)) {
      const isBuilding = this._config.autostart && !this._started;
      adoptPool(this, isBuilding ? { origin: builtAbove(start) } : {});
    }
    return original.call(this);
  };
}

function patchAcquire(prototype: GenericPool): void {
  const original = prototype.acquire;
  const lender: Lender<GenericPool> = {
    // lib/ResourceRequest.js:58.
    isTimeout: ({ message }) => message === 'ResourceRequest timed out',
    msOf: ({ _config: { acquireTimeoutMillis } }) => Number(acquireTimeoutMillis),
    ask: (pool) => original.call(pool),
    close,
  };
  // `use` comes by here, too: lib/Pool.js:478.
  prototype.acquire = function acquire(this: GenericPool, priority): Promise<unknown> {
    const guard = guardOf(this) ?? (isGenericPool(this) ? adoptPool(this) : undefined);
    if (!guard) return original.call(this, priority);
    const origin = world.leases.capture(acquire);
    const next = this.pending === 0 ? this._availableObjects._list.head?.data : undefined;
    const taken = original.call(this, priority);
    // It was idle, nobody stood before us, and it is not tested first: lib/Pool.js:253-285.
    if (next?.state !== 'ALLOCATED') return offered(lender, guard, taken, origin);
    const given = offer(lender, guard, next.obj, origin, currentRequest());
    return given === next.obj ? taken : instead(taken, given);
  };
}

function patchReturns(prototype: GenericPool): void {
  const { destroy, release } = prototype;
  prototype.release = function (this: GenericPool, given: unknown) {
    return returned(this, given, release, false);
  };
  prototype.destroy = function (this: GenericPool, given: unknown) {
    return returned(this, given, destroy, true);
  };
}

/** It answers with a promise, whatever happens. */
function returned(pool: GenericPool, given: unknown, original: GenericPool['release'], isLost: boolean): Promise<void> {
  const guard = guardOf(pool);
  let back: Back | undefined;
  try {
    back = guard && takeBack(guard, given, isLost);
  } catch (error) {
    return pool._Promise.reject(error as Error);
  }
  if (!back) return original.call(pool, given);
  const { error, resource, to } = back;
  const done = to === 'driver' ? original.call(pool, resource) : pool._Promise.resolve();
  if (to === 'close') close(pool, resource);
  return error ? pool._Promise.reject(error) : done;
}

/** Its own errors go to `factoryDestroyError`. */
function close(pool: GenericPool, resource: unknown): void {
  pool.destroy(resource).then(undefined, () => {});
}

/** Who waits does not hear why nothing can be made; the pool tries again at once: lib/Pool.js:321. */
function patchErrors(prototype: GenericPool): void {
  const original = prototype.emit;
  prototype.emit = function emit(this: GenericPool, event, ...values) {
    const guard = event === 'factoryCreateError' ? guardOf(this) : undefined;
    if (guard && isServerFull(values[0])) serverFull(guard);
    return original.call(this, event, ...values);
  };
}

/** @throws PoolError under `strict`, where the pool breaks the policy */
export function adoptPool(pool: GenericPool, options: AdoptOptions = {}): Guard {
  return adopt(sourceOf(pool), options);
}

function sourceOf(pool: GenericPool): LenderSource {
  const guard = (): Guard => guardOf(pool) as Guard;
  return {
    driver: 'generic-pool',
    kind: 'pool',
    target: pool,
    limits: genericPoolLimits,
    options: optionsOf(pool),
    unmarked: new Map(),
    isShared: false,
    address: () => NOWHERE,
    counts: () => countsOf(pool),
    destroy: (connection) => close(pool, resourceOf(connection)),
    isInTransaction,
    run,
    take: async () => connectionOf(guard(), await pool.acquire()),
    giveBack: (connection, error) => {
      const resource = resourceOf(connection);
      return error ? pool.destroy(resource) : pool.release(resource);
    },
    end: () => pool.drain().then(() => pool.clear()),
  };
}

/** The pool makes as many as its least size says, whatever its size: lib/Pool.js:333. */
function optionsOf({ _config: config }: GenericPool): Record<string, unknown> {
  return new Proxy(config, {
    set(_config, name, value) {
      if (name === 'max') config.min = Math.min(config.min, Number(value));
      return Reflect.set(config, name, value);
    },
  });
}

/** Who waits for a resource that is being made waits for nobody to give one back. */
function countsOf({ _factoryCreateOperations: { size: opening }, available, max, pending, size }: GenericPool): Counts {
  return { total: size, idle: available, waiting: Math.max(0, pending - opening), max };
}
