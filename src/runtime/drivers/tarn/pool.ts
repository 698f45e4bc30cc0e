import { adopt, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { NOWHERE } from '../../address.ts';
import { tarnLimits } from '../../../drivers/limits/tarn.ts';
import { guardOf } from '../../guard.ts';
import type { Counts, Guard } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import { queueFull } from '../../waiting.ts';
import { world } from '../../world.ts';
import { isInTransaction, run } from '../lenders/client.ts';
import { currentOwner } from '../lenders/owner.ts';
import { offered } from '../lenders/offer.ts';
import type { Lender } from '../lenders/offer.ts';
import { connectionOf, resourceOf, takeBack } from '../lenders/lender.ts';
import type { LenderSource } from '../lenders/lender.ts';

/** The prototype of tarn's pool. Read in tarn 3.1.2, dist/Pool.js. */

/** What `acquire` gives: dist/PendingOperation.js. */
interface Pending {
  promise: Promise<unknown>;
  reject(error: Error): void;
}

/** What stands in `used`: dist/Resource.js. */
interface Used {
  readonly resource: unknown;
  settle(): void;
}

/** Its options are fields, which it reads when it needs them: dist/Pool.js:103, 168, 328, 350. */
export interface TarnPool {
  max: number;
  acquireTimeoutMillis: number;
  readonly used: Used[];
  readonly free: readonly unknown[];
  readonly pendingAcquires: readonly unknown[];
  readonly pendingCreates: readonly unknown[];
  numPendingAcquires(): number;
  acquire(): Pending;
  release(resource: unknown): boolean;
  destroy(): Promise<unknown>;
  _destroy(resource: unknown): Promise<unknown>;
  _tryAcquireOrCreate(): void;
}

const METHODS = ['acquire', 'release', 'destroy', '_destroy', '_tryAcquireOrCreate'] as const;
const LISTS = ['used', 'free', 'pendingAcquires', 'pendingCreates'] as const;
const NUMBERS = ['max', 'acquireTimeoutMillis'] as const;

function findMissing(target: object): string | undefined {
  const pool: Partial<TarnPool> = target;
  return (
    METHODS.find((name) => typeof pool[name] !== 'function') ??
    LISTS.find((name) => !Array.isArray(pool[name])) ??
    NUMBERS.find((name) => typeof pool[name] !== 'number')
  );
}

export function isTarn(target: object): target is TarnPool {
  return 'numPendingAcquires' in target && findMissing(target) === undefined;
}

/** Patches its prototype once. @returns what is missing in this version. */
export function patchTarn(prototype: TarnPool): string | undefined {
  const Pool = prototype.constructor as new (options: object) => TarnPool;
  const nothing = (): void => {};
  // Opens nothing: min is 0.
  const missing = findMissing(new Pool({ create: nothing, destroy: nothing, min: 0, max: 1 }));
  if (missing !== undefined) return `its pool has no \`${missing}\``;
  if (isMarked(prototype)) return undefined;
  patchAcquire(prototype);
  patchRelease(prototype);
  dismissAt(prototype, 'destroy');
  return undefined;
}

/** dist/Pool.js:91-119: the caller waits for `promise`. */
function patchAcquire(prototype: TarnPool): void {
  const original = prototype.acquire;
  const lender: Lender<TarnPool> = {
    // Of an acquire, and of a create that a caller waits for: dist/PendingOperation.js:12.
    isTimeout: (error) => error.constructor.name === 'TimeoutError',
    msOf: (pool) => pool.acquireTimeoutMillis,
    ask: (pool) => original.call(pool).promise,
    close,
  };
  prototype.acquire = function acquire(this: TarnPool): Pending {
    const guard = guardOf(this) ?? adoptTarn(this);
    const full = guard.queueLimit === undefined ? undefined : queueFull(guard);
    const origin = world.leases.capture(acquire);
    const pending = original.call(this);
    if (full) pending.reject(full);
    else pending.promise = offered(lender, guard, pending.promise, origin);
    return pending;
  };
}

function patchRelease(prototype: TarnPool): void {
  const original = prototype.release;
  prototype.release = function release(this: TarnPool, given: unknown): boolean {
    const guard = guardOf(this);
    const back = guard && takeBack(guard, given, false);
    if (!back) return original.call(this, given);
    const { error, resource, to } = back;
    if (to === 'close') close(this, resource);
    const isTaken = to === 'driver' ? original.call(this, resource) : to === 'close';
    if (error) throw error;
    return isTaken;
  };
}

/** As tarn does with what its `validate` refuses: dist/Pool.js:286-298. */
function close(pool: TarnPool, resource: unknown): void {
  const index = pool.used.findIndex((one) => one.resource === resource);
  const [used] = index === -1 ? [] : pool.used.splice(index, 1);
  if (!used) return;
  used.settle();
  void pool._destroy(resource);
  pool._tryAcquireOrCreate();
}

/** @throws PoolError under `strict`, where the pool breaks the policy */
export function adoptTarn(pool: TarnPool, options: AdoptOptions = {}): Guard {
  return adopt(sourceOf(pool), options);
}

function sourceOf(pool: TarnPool): LenderSource {
  const owner = currentOwner();
  const own = pool as unknown as Record<string, unknown>;
  const guard = (): Guard => guardOf(pool) as Guard;
  return {
    driver: owner?.driver ?? 'tarn',
    kind: 'pool',
    target: pool,
    limits: owner?.limits ?? tarnLimits,
    options: owner?.optionsOf(own) ?? own,
    unmarked: new Map(),
    isShared: false,
    handlers: undefined,
    isTwice: owner?.isTwice,
    address: () => owner?.address() ?? NOWHERE,
    counts: () => countsOf(pool),
    destroy: (connection) => close(pool, resourceOf(connection)),
    isInTransaction,
    run,
    take: async () => connectionOf(guard(), await pool.acquire().promise),
    giveBack: (connection, error) => {
      if (error) takeBack(guard(), resourceOf(connection), true);
      if (error) close(pool, resourceOf(connection));
      else pool.release(resourceOf(connection));
    },
    end: () => pool.destroy(),
  };
}

/** Who waits for a connection that is being opened waits for nobody to give one back. */
function countsOf({ free, max, pendingAcquires, pendingCreates, used }: TarnPool): Counts {
  const opening = pendingCreates.length;
  const waiting = Math.max(0, pendingAcquires.length - opening);
  return { total: used.length + free.length + opening, idle: free.length, waiting, max };
}
