import { facadeOf } from '../facade.ts';
import { guardOf } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { isMarked } from '../patched.ts';
import { isDirtyAfterAll } from '../returning.ts';
import type { Origin } from '../stacks.ts';
import { world } from '../world.ts';
import { askInside, findMissing, patchPool } from './mysql2-pool.ts';
import { hold } from './mysql2-returning.ts';
import { adoptPool, isPromisePool } from './mysql2-source.ts';
import type { MysqlPool, PromiseConnection, PromisePool } from './mysql2-source.ts';

/**
 * The promise view of a pool: it gives each checkout a connection object of its own, so that what its holder does after the
 * return is seen. Read in mysql2 3.24.6, lib/promise/pool.js.
 */

/** What we need and this version has not, as a sentence without its period. */
export function findMissingOfView({ getConnection }: PromisePool): string | undefined {
  return typeof getConnection === 'function' ? undefined : 'its promise pool has no `getConnection`';
}

/** Patches it once. */
export function patchView(prototype: PromisePool): void {
  if (isMarked(prototype)) return;
  const original = prototype.getConnection;
  prototype.getConnection = function getConnection(this: PromisePool) {
    const guard = guardOf(this.pool) ?? adoptView(this);
    if (!guard) return original.call(this);
    const origin = world.leases.capture(getConnection);
    const taken = askInside(this.pool, original, this, []);
    return taken.then((connection) => deliver(guard, connection, origin));
  };
}

function adoptView(view: PromisePool): Guard | undefined {
  if (!isPromisePool(view) || findMissing(view.pool) !== undefined) return undefined;
  patchPool(Object.getPrototypeOf(view.pool) as MysqlPool);
  return adoptPool(view.pool, { view });
}

function deliver(guard: Guard, connection: PromiseConnection, origin: Origin | undefined): PromiseConnection {
  isDirtyAfterAll(connection.connection);
  const lease = world.leases.beginAt(guard, connection, origin);
  const release = hold(lease, connection.connection);
  connection.release = release;
  return guard.hasFacades ? facadeOf(lease, { release }) : connection;
}
