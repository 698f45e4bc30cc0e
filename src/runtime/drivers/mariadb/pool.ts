import { adopt, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { facadeOf } from '../../facade.ts';
import { guardOf } from '../../guard.ts';
import type { Guard } from '../../guard.ts';
import { LEASE } from '../../leases.ts';
import type { Lease, Leased } from '../../leases.ts';
import { isMarked } from '../../patched.ts';
import type { Origin } from '../../stacks.ts';
import { currentRequest } from '../../request.ts';
import { giveBack, giveBackAgain } from '../../returning.ts';
import { isTransactionControl, noteTransactionOnPool } from '../../transactions.ts';
import { exhausted, queueFull, serverFull } from '../../waiting.ts';
import { world } from '../../world.ts';
import { FORM, formOf, lateSourceOf, METHODS } from './source.ts';
import type { Callback, Form, MariadbConnection, MariadbPool } from './source.ts';

/** The prototypes of mariadb's pools, of promises and of callbacks. Read in mariadb 3.5.4, lib/pool-promise.js, lib/pool-callback.js. */

/** What we need and this version has not, as a sentence without its period. */
export function findMissing(prototype: MariadbPool): string | undefined {
  const missing = METHODS.find((name) => typeof prototype[name] !== 'function');
  return missing === undefined ? undefined : `its pool has no \`${missing}\``;
}

/** Patches it once. */
export function patchPool(prototype: MariadbPool): void {
  if (isMarked(prototype)) return;
  const form = formOf(prototype);
  Object.defineProperty(prototype, FORM, { value: form });
  if (form === 'callback') patchCallbackCheckout(prototype);
  else patchCheckout(prototype);
  for (const name of ['query', 'execute', 'batch'] as const) patchStatement(prototype, name, form);
  dismissAt(prototype, 'end');
}

/** @throws PoolError under `strict`, where the pool breaks the policy */
export function adoptPool(pool: MariadbPool, options: AdoptOptions = {}): Guard {
  return adopt(guardOf(pool)?.source ?? lateSourceOf(pool), options);
}

const guardIn = (pool: MariadbPool): Guard => guardOf(pool) ?? adoptPool(pool);

function patchCheckout(prototype: MariadbPool): void {
  const original = prototype.getConnection as () => Promise<MariadbConnection>;
  prototype.getConnection = function getConnection(this: MariadbPool) {
    const guard = guardIn(this);
    const refused = guard.queueLimit === undefined ? undefined : queueFull(guard);
    if (refused) return Promise.reject(refused);
    const origin = world.leases.capture(getConnection);
    if (plain?.guard !== guard) plain = handlersOf(guard);
    return original.call(this).then(origin ? offerFrom(guard, origin) : plain.offer, plain.refuse);
  };
}

/** What is called when a checkout ends. */
interface Handlers {
  readonly guard: Guard;
  readonly offer: (connection: MariadbConnection) => MariadbConnection;
  readonly refuse: (error: Error) => never;
}

/** Most checkouts have no stack: those of the pool that was asked last share these. */
let plain: Handlers | undefined;

const offerFrom =
  (guard: Guard, origin: Origin): Handlers['offer'] =>
  (connection) =>
    hold(guard, connection, world.leases.beginAt(guard, connection, origin));

// Not by the same closure: V8 makes the best code for what is made once.
const handlersOf = (guard: Guard): Handlers => ({
  guard,
  offer: (connection) => hold(guard, connection, world.leases.beginAt(guard, connection, undefined)),
  refuse: (error) => {
    throw failed(guard, error);
  },
});

function patchCallbackCheckout(prototype: MariadbPool): void {
  const original = prototype.getConnection;
  prototype.getConnection = function getConnection(this: MariadbPool, callback?: Callback) {
    // The driver has an error of its own for that.
    if (typeof callback !== 'function') return original.call(this, callback);
    const guard = guardIn(this);
    const refused = guard.queueLimit === undefined ? undefined : queueFull(guard);
    if (refused) return void process.nextTick(callback, refused);
    const origin = world.leases.capture(getConnection);
    const request = currentRequest();
    return original.call(this, (error, connection) => {
      if (error || !connection) callback(error && failed(guard, error), connection);
      else callback(null, hold(guard, connection, world.leases.beginFor(guard, connection, origin, request)));
    });
  };
}

type Release = MariadbConnection['release'];

/** What a pool lends, with the names that stand for `release` in it: lib/pool-promise.js:90, lib/pool-callback.js:107. */
interface Lent extends MariadbConnection {
  end?: Release;
  close?: Release;
}

/** From here on `release` ends the lease. */
function hold(guard: Guard, connection: Lent, lease: Lease): MariadbConnection {
  patchDestroy(Object.getPrototypeOf(connection) as MariadbConnection);
  const given = connection.release;
  const release: Release = (callback) => giveBackOnce(lease, connection, given, callback);
  connection.release = release;
  connection.end = release;
  connection.close = release;
  return guard.hasFacades ? facadeOf(lease, { release, end: release, close: release }) : connection;
}

/** The class that was looked at last: each checkout asks, and there is one. */
let known: MariadbConnection | undefined;

/** Each checkout has an object of its own, so that its last lease is the only one. */
function patchDestroy(prototype: MariadbConnection): void {
  if (prototype === known) return;
  known = prototype;
  if (isMarked(prototype)) return;
  const original = prototype.destroy;
  prototype.destroy = function destroy(this: MariadbConnection & Leased): void {
    const lease = this[LEASE];
    if (lease?.isHeld) giveBack(lease, true);
    original.call(this);
  };
}

function giveBackOnce(lease: Lease, connection: Lent, given: Release, callback?: () => void): ReturnType<Release> {
  const isPromise = typeof callback !== 'function';
  if (!lease.isHeld) {
    // The driver would roll back the next holder's transaction, and give the connection away: lib/pool.js:816.
    if (isAgain(lease)) return given.call(connection, callback);
    return isPromise ? Promise.resolve() : void process.nextTick(callback);
  }
  const back = giveBack(lease, false);
  if (!back.isDirty) return given.call(connection, callback);
  connection.destroy();
  if (back.error) throw back.error;
  return isPromise ? Promise.resolve() : void process.nextTick(callback);
}

/** @throws PoolError under `strict` */
const isAgain = (lease: Lease): boolean => giveBackAgain(lease) && !lease.guard.enforces('pool/no-double-release');

/** lib/misc/errors.js: `acquireTimeout` is over. */
const TIMEOUT = 'ER_GET_CONNECTION_TIMEOUT';
/** ER_CON_COUNT_ERROR and ER_TOO_MANY_USER_CONNECTIONS. */
const FULL: readonly unknown[] = [1040, 1203];

const errnoOf = (error: unknown): unknown => (error as { errno?: unknown } | undefined)?.errno;

export const isFull = (error: unknown): boolean =>
  FULL.includes(errnoOf(error)) || FULL.includes(errnoOf((error as Error | undefined)?.cause));

function failed(guard: Guard, error: Error): Error {
  if (isFull(error)) serverFull(guard);
  else if ((error as { code?: unknown }).code === TIMEOUT)
    return exhausted(guard, error, Number(guard.source.options['acquireTimeout'] ?? 10_000));
  return error;
}

/** A statement of the pool gives back by itself. */
function patchStatement(prototype: MariadbPool, name: 'batch' | 'execute' | 'query', form: Form): void {
  const original = prototype[name];
  const statement = function (this: MariadbPool, ...parts: unknown[]): Promise<unknown> | undefined {
    const guard = guardIn(this);
    const callback = form === 'callback' ? parts.findIndex((part) => typeof part === 'function') : -1;
    const refused = refusalOf(guard, parts[0]);
    if (refused) return refuse(refused, parts[callback]);
    if (form === 'promise')
      return original.apply(this, parts)?.catch((error: Error) => Promise.reject(failed(guard, error)));
    const done = parts[callback] as ((error: Error | null, ...results: unknown[]) => void) | undefined;
    if (done)
      parts[callback] = (error: Error | null, ...rest: unknown[]) => done(error && failed(guard, error), ...rest);
    return original.apply(this, parts);
  };
  prototype[name] = Object.defineProperty(statement, 'name', { value: name });
}

function refusalOf(guard: Guard, text: unknown): Error | undefined {
  const sql = typeof text === 'object' && text !== null ? (text as { sql?: unknown }).sql : text;
  const error = isTransactionControl(sql) ? noteTransactionOnPool(guard, sql) : undefined;
  return error ?? (guard.queueLimit === undefined ? undefined : queueFull(guard));
}

function refuse(error: Error, callback: unknown): Promise<never> | undefined {
  if (typeof callback !== 'function') return Promise.reject(error);
  process.nextTick(callback as (error: Error) => void, error);
  return undefined;
}
