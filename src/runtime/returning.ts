import type { PoolError } from './errors.ts';
import type { Lease, Leased } from './leases.ts';
import { LEASE } from './leases.ts';
import { raise, raiseOrThrow } from './raise.ts';
import { world } from './world.ts';

/** A connection that is given back: in the middle of a transaction, or for the second time. */

export interface Return {
  /** It must be closed, not lent again: the next holder would be inside the transaction. */
  readonly isDirty: boolean;
  /** Under `strict`, for the caller to throw once it is closed. */
  readonly error: PoolError | undefined;
}

const CLEAN: Return = { isDirty: false, error: undefined };

const OPEN = 'runtime/returned-in-transaction';

/** Ends the lease. `isLost`: the program itself asks to close the connection. */
export function giveBack(lease: Lease, isLost: boolean): Return {
  const { connection, guard } = lease;
  const isOpen = isLost ? false : guard.source.isInTransaction?.(connection);
  if (isOpen === undefined) lease.isUnknown = true;
  world.leases.end(lease);
  if (isOpen !== true) return CLEAN;
  const error = raise({ guard, id: OPEN, key: 'open', lease });
  return { isDirty: guard.enforces(OPEN), error };
}

/**
 * A connection that was given back while its statements still ran, a COMMIT that nobody waited for or a BEGIN, is judged when
 * it is lent again.
 * @returns whether it must be closed, not lent
 */
export function isDirtyAfterAll(connection: object): boolean {
  const last = (connection as Leased)[LEASE];
  if (!last?.isUnknown || last.guard.source.isInTransaction?.(connection) !== true) return false;
  last.isUnknown = false;
  raise({ guard: last.guard, id: OPEN, key: 'open', lease: last });
  return last.guard.enforces(OPEN);
}

/**
 * A lease that is not held any more is given back again.
 * @returns whether the driver should hear of it: after a connection was reclaimed, its late return is right.
 * @throws PoolError under `strict`
 */
export function giveBackAgain(lease: Lease): boolean {
  const { connection, guard } = lease;
  if (lease.isReclaimed) {
    const given = world.leases.ageOf(lease);
    raise({ guard, id: 'runtime/late-return', key: 'returned', lease, data: { given } });
    return false;
  }
  const now = (connection as Leased)[LEASE];
  const isStale = now !== undefined && now !== lease && now.isHeld;
  raiseOrThrow({ guard, id: 'pool/no-double-release', key: isStale ? 'stale' : 'second', lease });
  return true;
}
