import { raise } from './raise.ts';
import type { PoolError } from './errors.ts';
import type { Lease, Leased } from './leases.ts';
import { LEASE } from './leases.ts';
import { raiseOrThrow } from './raise.ts';
import { world } from './world.ts';

/** A connection that is given back: in the middle of a transaction, or for the second time. */

export interface Return {
  /** It must be closed, not lent again: the next holder would be inside the transaction. */
  readonly isDirty: boolean;
  /** Under `strict`, for the caller to throw once it is closed. */
  readonly error: PoolError | undefined;
}

const CLEAN: Return = { isDirty: false, error: undefined };

/** Ends the lease. `isLost`: the program itself asks to close the connection. */
export function giveBack(lease: Lease, isLost: boolean): Return {
  const { connection, guard } = lease;
  const isOpen = !isLost && guard.source.isInTransaction?.(connection) === true;
  world.leases.end(lease);
  if (!isOpen) return CLEAN;
  const id = 'runtime/returned-in-transaction';
  const error = raise({ guard, id, key: 'open', lease });
  return { isDirty: guard.enforces(id), error };
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
