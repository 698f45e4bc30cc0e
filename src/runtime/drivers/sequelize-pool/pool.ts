import { adopt, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { NOWHERE } from '../../address.ts';
import { sequelizeCoreLimits } from '../../../drivers/limits/sequelize.ts';
import { guardOf } from '../../guard.ts';
import type { Counts, Guard } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import { currentRequest } from '../../request.ts';
import { queueFull } from '../../waiting.ts';
import { world } from '../../world.ts';
import { isInTransaction, run } from '../lenders/client.ts';
import { currentOwner } from '../lenders/owner.ts';
import { instead, offer, offered } from '../lenders/offer.ts';
import type { Lender } from '../lenders/offer.ts';
import { connectionOf, resourceOf, takeBack } from '../lenders/lender.ts';
import type { LenderSource } from '../lenders/lender.ts';

/** The prototype of sequelize-pool. Read in sequelize-pool 7.1.0, lib/Pool.js. */

export interface SequelizePool {
  acquireTimeoutMillis: number;
  idleTimeoutMillis: number;
  /** Size and least size are read from here each time: lib/Pool.js:63-68. */
  readonly _factory: { max: number; min: number };
  /** What is lent, the last at the end, and who waits: lib/Pool.js:95, 190. */
  readonly _inUseObjects: readonly { readonly resource: unknown }[];
  readonly _pendingAcquires: readonly unknown[];
  readonly size: number;
  readonly available: number;
  readonly using: number;
  readonly waiting: number;
  acquire(): Promise<unknown>;
  release(resource: unknown): void;
  destroy(resource: unknown): Promise<void>;
  drain(): Promise<void>;
  destroyAllNow(): Promise<void>;
}

const METHODS = ['acquire', 'release', 'destroy', 'drain', 'destroyAllNow'] as const;
const LISTS = ['_inUseObjects', '_pendingAcquires'] as const;
const NUMBERS = ['acquireTimeoutMillis', 'idleTimeoutMillis', 'size', 'available', 'using', 'waiting'] as const;

function findMissing(target: object): string | undefined {
  const pool: Partial<SequelizePool> = target;
  const isSized = typeof pool._factory?.max === 'number';
  return (
    METHODS.find((name) => typeof pool[name] !== 'function') ??
    LISTS.find((name) => !Array.isArray(pool[name])) ??
    NUMBERS.find((name) => typeof pool[name] !== 'number') ??
    (isSized ? undefined : '_factory.max')
  );
}

export function isSequelizePool(target: object): target is SequelizePool {
  return 'destroyAllNow' in target && findMissing(target) === undefined;
}

/** Patches it once. @returns what is missing in this version. */
export function patchPool(prototype: SequelizePool): string | undefined {
  const Pool = prototype.constructor as new (options: object) => SequelizePool;
  const nothing = (): void => {};
  // Opens nothing: min is 0.
  const missing = findMissing(new Pool({ create: nothing, destroy: nothing, validate: nothing, min: 0, max: 1 }));
  if (missing !== undefined) return `its pool has no \`${missing}\``;
  if (isMarked(prototype)) return undefined;
  patchAcquire(prototype);
  patchRelease(prototype);
  patchDestroy(prototype);
  // One that is drained lends no more: lib/Pool.js:177.
  dismissAt(prototype, 'drain');
  return undefined;
}

function patchAcquire(prototype: SequelizePool): void {
  const original = prototype.acquire;
  const lender: Lender<SequelizePool> = {
    // lib/Deferred.js:17.
    isTimeout: ({ message }) => message === 'Operation timeout',
    msOf: (pool) => pool.acquireTimeoutMillis,
    ask: (pool) => original.call(pool),
    close: (pool, resource) => void pool.destroy(resource).catch(() => {}),
  };
  prototype.acquire = function acquire(this: SequelizePool) {
    const guard = guardOf(this) ?? adoptPool(this);
    const full = guard.queueLimit === undefined ? undefined : queueFull(guard);
    if (full) return Promise.reject(full);
    const origin = world.leases.capture(acquire);
    const { length } = this._inUseObjects;
    const isFirst = this._pendingAcquires.length === 0;
    const taken = original.call(this);
    // It was idle, and nobody stood before us: lib/Pool.js:104-130.
    const isLent = isFirst && this._inUseObjects.length === length + 1 && this._pendingAcquires.length === 0;
    if (!isLent) return offered(lender, guard, taken, origin);
    const resource = this._inUseObjects[length]?.resource;
    const given = offer(lender, guard, resource, origin, currentRequest());
    return given === resource ? taken : instead(taken, given);
  };
}

function patchRelease(prototype: SequelizePool): void {
  const original = prototype.release;
  prototype.release = function release(this: SequelizePool, given: unknown): void {
    const guard = guardOf(this);
    const back = guard && takeBack(guard, given, false);
    if (!back) return original.call(this, given);
    const { error, resource, to } = back;
    // It may fail, and nobody waits for it.
    if (to === 'close') this.destroy(resource).catch(() => {});
    else if (to === 'driver') original.call(this, resource);
    if (error) throw error;
  };
}

/** Also of what is idle, by the pool itself: lib/Pool.js:88, 119. */
function patchDestroy(prototype: SequelizePool): void {
  const original = prototype.destroy;
  prototype.destroy = async function destroy(this: SequelizePool, given: unknown) {
    const guard = guardOf(this);
    const back = guard && takeBack(guard, given, true);
    if (back?.to !== 'nobody') await original.call(this, back ? back.resource : given);
  };
}

/** @throws PoolError under `strict`, where the pool breaks the policy */
export function adoptPool(pool: SequelizePool, options: AdoptOptions = {}): Guard {
  return adopt(sourceOf(pool), options);
}

function sourceOf(pool: SequelizePool): LenderSource {
  const owner = currentOwner();
  const own = optionsOf(pool);
  const guard = (): Guard => guardOf(pool) as Guard;
  return {
    driver: owner?.driver ?? 'sequelize-pool',
    kind: 'pool',
    target: pool,
    limits: owner?.limits ?? sequelizeCoreLimits,
    options: owner?.optionsOf(own) ?? { pool: own },
    unmarked: new Map(),
    isShared: false,
    address: () => owner?.address() ?? NOWHERE,
    counts: () => countsOf(pool),
    destroy: (connection) => void pool.destroy(resourceOf(connection)).catch(() => {}),
    isInTransaction,
    run,
    take: async () => connectionOf(guard(), await pool.acquire()),
    giveBack: (connection, error) => {
      const resource = resourceOf(connection);
      return error ? pool.destroy(resource) : pool.release(resource);
    },
    end: () => pool.drain().then(() => pool.destroyAllNow()),
  };
}

/** The names are those of Sequelize: lib/dialects/abstract/connection-manager.js:86-91. */
function optionsOf(pool: SequelizePool): Record<string, unknown> {
  const { _factory: factory } = pool;
  return {
    get max() {
      return factory.max;
    },
    /** The pool opens as many as its least size says, whatever its size: lib/Pool.js:154. */
    set max(value: number) {
      factory.max = value;
      factory.min = Math.min(factory.min, value);
    },
    get min() {
      return factory.min;
    },
    get acquire() {
      return pool.acquireTimeoutMillis;
    },
    set acquire(value: number) {
      pool.acquireTimeoutMillis = value;
    },
    get idle() {
      return pool.idleTimeoutMillis;
    },
    set idle(value: number) {
      pool.idleTimeoutMillis = value;
    },
  };
}

/** Who waits for a connection that is being opened waits for nobody to give one back. */
function countsOf({ _factory: { max }, available, size, using, waiting }: SequelizePool): Counts {
  const opening = Math.max(0, size - using - available);
  return { total: size, idle: available, waiting: Math.max(0, waiting - opening), max };
}
