import { adopt, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { NOWHERE } from '../../address.ts';
import { tarnLimits } from '../../../drivers/limits/tarn.ts';
import { guardOf } from '../../guard.ts';
import type { Counts, Guard } from '../../guard.ts';
import { hasMark, isMarked } from '../../patched.ts';
import { isInTransaction, run } from '../lenders/client.ts';
import { currentOwner } from '../lenders/owner.ts';
import { connectionOf, resourceOf, takeBack } from '../lenders/lender.ts';
import type { LenderSource } from '../lenders/lender.ts';
import { hearFailures, patchAcquire } from './acquire.ts';
import { close, findMissing } from './shape.ts';
import type { Pending, TarnPool } from './shape.ts';

/** The prototype of tarn's pool. Read in tarn 3.1.2, dist/Pool.js. */

/** Patches its prototype once. @returns what is missing in this version. */
export function patchTarn(prototype: TarnPool): string | undefined {
  const Pool = prototype.constructor as new (options: object) => TarnPool;
  const nothing = (): void => {};
  // Opens nothing: min is 0.
  const probe = new Pool({ create: nothing, destroy: nothing, min: 0, max: 1 });
  const missing = findMissing(probe);
  if (missing !== undefined) return `its pool has no \`${missing}\``;
  if (hasMark(prototype)) return undefined;
  const pending = pendingOf(probe);
  if (typeof pending.resolve !== 'function' || !('isRejected' in pending)) return 'its checkout has no `isRejected`';
  if (isMarked(prototype)) return undefined;
  patchAcquire(prototype, Object.getPrototypeOf(pending) as Pending, (pool) => guardOf(pool) ?? adoptTarn(pool));
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
