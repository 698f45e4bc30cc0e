import type { Lease, Leased } from '../../leases.ts';
import { LEASE } from '../../leases.ts';
import { markIdle } from '../../ping.ts';
import { giveBack, giveBackAgain } from '../../returning.ts';
import { guardOf } from '../../guard.ts';
import { isBusy } from './connection.ts';
import type { MysqlPool, PoolConnection } from './source.ts';

/** How a connection comes back to a pool of mysql2. Read in mysql2 3.24.6, lib/pool_connection.js and lib/base/pool.js. */

/** On a connection: its `release` before the first checkout. */
const RELEASE = Symbol.for('eslint-plugin-pool:mysql2 release');

interface Held extends PoolConnection, Leased {
  [RELEASE]?: (this: PoolConnection) => void;
}

/** The driver's own. */
export function releaseOf(connection: Held): (this: PoolConnection) => void {
  return (connection[RELEASE] ??= connection.release);
}

/** From here on `release` ends this lease. The connection itself is shared; a `release` that somebody keeps is its own. */
export function hold(lease: Lease, core: Held): () => void {
  const release = (): void => giveBackOrAgain(lease, core);
  releaseOf(core);
  core.release = release;
  return release;
}

/** For a statement of the pool, which gives back by itself, and for a promise connection, which has its own `release`. */
export function lend(core: Held): void {
  if (core[RELEASE]) core.release = core[RELEASE];
}

/** @throws PoolError under `strict`, when its transaction is open or when it came back before */
export function giveBackOrAgain(lease: Lease, core: Held): void {
  const release = releaseOf(core);
  if (lease.isHeld) giveBackTo(lease, core, release);
  else if (isAgain(lease, core)) release.call(core);
}

/** @throws PoolError under `strict`, when its transaction is open */
function giveBackTo(lease: Lease, core: PoolConnection, release: (this: PoolConnection) => void): void {
  const back = giveBack(lease, false);
  if (back.isDirty) core.destroy();
  else release.call(core);
  if (back.error) throw back.error;
}

/**
 * Whether the driver should hear of a second return: it would give the next holder's connection away.
 * @throws PoolError under `strict`
 */
function isAgain(lease: Lease, core: Held): boolean {
  // What broke or was closed has left the pool, and its holder need not know.
  if (!core._pool && !lease.isReclaimed) return false;
  const own = lease.connection as Leased;
  // A promise connection serves one checkout: whose the connection is now stands on the shared one.
  own[LEASE] = core[LEASE];
  try {
    return giveBackAgain(lease) && !lease.guard.enforces('pool/no-double-release');
  } finally {
    if (own !== core) own[LEASE] = lease;
  }
}

/** Made only where it is called: what a closure catches costs every call of the function around it. */
function releaseTo(pool: MysqlPool, original: MysqlPool['releaseConnection']) {
  return function (this: PoolConnection): void {
    original.call(pool, this);
  };
}

/** Patches the two methods of a pool through which every connection goes. */
export function patchReturns(prototype: MysqlPool): void {
  const { _removeConnection, releaseConnection } = prototype;
  prototype.releaseConnection = function (this: MysqlPool, connection: Held) {
    const lease = connection._pool ? connection[LEASE] : undefined;
    // `release` of the connection ends the lease first: this is the user's own call.
    if (lease?.isHeld) return giveBackTo(lease, connection, releaseTo(this, releaseConnection));
    // The driver's `release` has set it.
    if (lease && connection._released === false && !isAgain(lease, connection)) return undefined;
    if (guardOf(this)?.isEnforced) markIdle(connection, isBusy(connection));
    return releaseConnection.call(this, connection);
  };
  // Closed by its holder, or broken: its slot is free.
  prototype._removeConnection = function (this: MysqlPool, connection: Held) {
    const lease = connection[LEASE];
    if (lease?.isHeld) giveBack(lease, true);
    return _removeConnection.call(this, connection);
  };
}
