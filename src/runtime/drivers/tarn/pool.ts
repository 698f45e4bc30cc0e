import { adopt, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { NOWHERE } from '../../address.ts';
import { tarnLimits } from '../../../drivers/limits/tarn.ts';
import { guardOf } from '../../guard.ts';
import type { Counts, Guard } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import type { Origin } from '../../stacks.ts';
import { queueFull } from '../../waiting.ts';
import { world } from '../../world.ts';
import { isInTransaction, run } from '../lenders/client.ts';
import { currentOwner } from '../lenders/owner.ts';
import { offer, refused } from '../lenders/offer.ts';
import type { Lender } from '../lenders/offer.ts';
import { connectionOf, resourceOf, takeBack } from '../lenders/lender.ts';
import type { LenderSource } from '../lenders/lender.ts';

/** The prototype of tarn's pool. Read in tarn 3.1.2, dist/Pool.js. */

/** What `acquire` gives: dist/PendingOperation.js. */
interface Pending {
  readonly promise: Promise<unknown>;
  /** Nobody waits any more. */
  readonly isRejected: boolean;
  resolve(resource: unknown): void;
  reject(error: Error): void;
  [ASKER]?: Guard;
  [ORIGIN]?: Origin | undefined;
}

/** On a checkout that waits: the guard of its pool, and its stack where it has one. */
const ASKER = Symbol.for('eslint-plugin-pool:tarn asker');
const ORIGIN = Symbol.for('eslint-plugin-pool:tarn origin');

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
  on(event: 'acquireFail', listener: (id: unknown, error: unknown) => void): void;
  _destroy(resource: unknown): Promise<unknown>;
  _tryAcquireOrCreate(): void;
}

const METHODS = ['acquire', 'release', 'destroy', 'on', '_destroy', '_tryAcquireOrCreate'] as const;
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
  const probe = new Pool({ create: nothing, destroy: nothing, min: 0, max: 1 });
  const missing = findMissing(probe);
  if (missing !== undefined) return `its pool has no \`${missing}\``;
  if (isMarked(prototype)) return undefined;
  const pending = pendingOf(probe);
  if (typeof pending.resolve !== 'function' || !('isRejected' in pending)) return 'its checkout has no `resolve`';
  patchAcquire(prototype, Object.getPrototypeOf(pending) as Pending);
  patchRelease(prototype);
  dismissAt(prototype, 'destroy');
  return undefined;
}

/** A checkout of a pool that is over: nothing is made for it, and nobody waits for it. */
function pendingOf(pool: TarnPool): Pending {
  void pool.destroy();
  const pending = pool.acquire();
  pending.promise.catch(() => {});
  pending.reject(new Error('The pool is over.'));
  return pending;
}

/** dist/Pool.js:91-119, 300: what it lends goes to the checkout that waits, once it is found to be valid. */
function patchAcquire(prototype: TarnPool, pendings: Pending): void {
  const original = prototype.acquire;
  prototype.acquire = function acquire(this: TarnPool): Pending {
    const guard = guardOf(this) ?? adoptTarn(this);
    const full = guard.queueLimit === undefined ? undefined : queueFull(guard);
    const origin = world.leases.capture(acquire);
    const pending = original.call(this);
    if (full) {
      pending.reject(full);
      return pending;
    }
    pending[ASKER] = guard;
    pending[ORIGIN] = origin;
    return pending;
  };
  patchResolve(pendings, { ...lender, ask: (pool) => original.call(pool).promise });
}

const lender: Omit<Lender<TarnPool>, 'ask'> = {
  // Of an acquire, and of a create that a caller waits for: dist/PendingOperation.js:12.
  isTimeout: (error) => error.constructor.name === 'TimeoutError',
  msOf: (pool) => pool.acquireTimeoutMillis,
  close,
};

function patchResolve(prototype: Pending, own: Lender<TarnPool>): void {
  const original = prototype.resolve;
  prototype.resolve = function resolve(this: Pending, resource): void {
    const guard = this[ASKER];
    if (!guard) return original.call(this, resource);
    const given = offer(own, guard, resource, this[ORIGIN]);
    original.call(this, given);
    if (given instanceof Promise && given !== resource) giveBackLate(guard, this, given);
  };
}

/** Who asked may be gone by the time that a connection has said that it is alive. */
function giveBackLate(guard: Guard, pending: Pending, given: Promise<unknown>): void {
  const pool = guard.source.target as TarnPool;
  given.then(
    (late) => pending.isRejected && pool.release(late),
    () => {},
  );
}

const heard = new WeakSet<TarnPool>();

/** The error that a caller gets is completed on its way: dist/Pool.js:112. */
function hearFailures(pool: TarnPool): void {
  if (heard.has(pool)) return;
  heard.add(pool);
  pool.on('acquireFail', (_id, error) => {
    const guard = guardOf(pool);
    if (guard) refused(lender, guard, error);
  });
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
  hearFailures(pool);
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
