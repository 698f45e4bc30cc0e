import { facadeOf } from '../../facade.ts';
import { guardOf } from '../../guard.ts';
import type { Guard } from '../../guard.ts';
import { LEASE } from '../../leases.ts';
import type { Leased } from '../../leases.ts';
import { isMarked, ownerOf } from '../../patched.ts';
import { isDirtyAfterAll } from '../../returning.ts';
import type { Origin } from '../../stacks.ts';
import { world } from '../../world.ts';
import { askInside, findMissing, patchPool, takeInside } from './pool.ts';
import { giveBackOrAgain } from './returning.ts';
import { adoptPool, isPromisePool } from './source.ts';
import type { MysqlPool, PoolConnection, PromiseConnection, PromisePool } from './source.ts';

/**
 * The promise view of a pool: it gives each checkout a connection object of its own, so that what its holder does after the
 * return is seen. Read in mysql2 3.24.6, lib/promise/pool.js.
 */

/** What we need and this version has not, as a sentence without its period. */
export function findMissingOfView({ getConnection }: PromisePool): string | undefined {
  return typeof getConnection === 'function' ? undefined : 'its promise pool has no `getConnection`';
}

type ViewClass = new (core: PoolConnection, promise: PromiseConstructor) => PromiseConnection;

/** Patches it once. */
export function patchView(prototype: PromisePool): void {
  if (isMarked(prototype)) return;
  const original = prototype.getConnection;
  let View: ViewClass | undefined;
  prototype.getConnection = function getConnection(this: PromisePool) {
    const guard = guardOf(this.pool) ?? adoptView(this);
    if (!guard) return original.call(this);
    const origin = world.leases.capture(getConnection);
    // The class is known with the first connection; a second promise for each one would cost more than all the rest.
    if (!View) return learn(askInside(this.pool, original, this, []), guard, origin);
    const Known = View;
    return new this.Promise((resolve, reject) => {
      takeInside(this.pool, guard, (error, core) => {
        if (error || !core) reject(error);
        else resolve(deliver(guard, new Known(core, this.Promise), origin));
      });
    });
  };

  async function learn(taken: Promise<PromiseConnection>, guard: Guard, origin: Origin | undefined) {
    const connection = await taken;
    View = connection.constructor as ViewClass;
    return deliver(guard, connection, origin);
  }
}

function adoptView(view: PromisePool): Guard | undefined {
  if (!isPromisePool(view) || findMissing(view.pool) !== undefined) return undefined;
  patchPool(Object.getPrototypeOf(view.pool) as MysqlPool);
  return adoptPool(view.pool, { view });
}

function deliver(guard: Guard, connection: PromiseConnection, origin: Origin | undefined): PromiseConnection {
  const core = connection.connection as PoolConnection & Leased;
  isDirtyAfterAll(core);
  patchRelease(Object.getPrototypeOf(connection) as PromiseConnection);
  const lease = world.leases.beginAt(guard, connection, origin);
  core[LEASE] = lease;
  return guard.hasFacades ? facadeOf(lease, { release: () => connection.release() }) : connection;
}

/** The class that was looked at last: each checkout asks, and there is one. */
let known: PromiseConnection | undefined;

/** The class of these connections is known with the first of them. */
function patchRelease(own: PromiseConnection): void {
  if (own === known) return;
  known = own;
  const prototype = ownerOf(own, 'release');
  if (!prototype || isMarked(prototype)) return;
  const original = prototype.release;
  prototype.release = function release(this: PromiseConnection & Leased) {
    const lease = this[LEASE];
    if (lease) giveBackOrAgain(lease, this.connection);
    else original.call(this);
  };
}
