import { isMarked, ownerOf } from '../../patched.ts';
import { dismissAt } from '../../adopt.ts';
import { facadeOf } from '../../facade.ts';
import { guardOf } from '../../guard.ts';
import type { Guard } from '../../guard.ts';
import { answers, needsPing } from '../../ping.ts';
import { currentRequest } from '../../request.ts';
import type { RequestInfo } from '../../request.ts';
import { isDirtyAfterAll } from '../../returning.ts';
import type { Origin } from '../../stacks.ts';
import { isTransactionControl, noteTransactionOnPool } from '../../transactions.ts';
import { exhausted, serverFull } from '../../waiting.ts';
import { world } from '../../world.ts';
import { isFull, patchConnection } from './connection.ts';
import { hold, lend, patchReturns } from './returning.ts';
import { adoptPool, isPool } from './source.ts';
import type { Callback, MysqlPool, PoolConnection } from './source.ts';
import { ask, bounded, isWaiter } from './waiting.ts';

/** The prototype of mysql2's pool for callbacks, which is inside the one for promises, too. Read in mysql2 3.24.6. */

const METHODS = ['getConnection', 'releaseConnection', 'query', 'execute', 'end', '_removeConnection'] as const;

/** What we need and this version has not, as a sentence without its period. */
export function findMissing(prototype: MysqlPool): string | undefined {
  const missing = METHODS.find((name) => typeof prototype[name] !== 'function');
  return missing === undefined ? undefined : `its pool has no \`${missing}\``;
}

/** Patches the class that checks out, which is above that of the pool, once: `BasePool`. */
export function patchPool(prototype: MysqlPool): void {
  const base = ownerOf(prototype, 'getConnection') ?? prototype;
  if (isMarked(base)) return;
  patchCheckout(base);
  patchReturns(base);
  patchStatements(base);
  dismissAt(base, 'end');
}

/** The pool that asks itself at this moment, for a statement or for its promise view: no lease begins. */
let asking: MysqlPool | undefined;

/** Calls what asks the pool inside. */
export function askInside<Result>(
  pool: MysqlPool,
  call: (...parts: unknown[]) => Result,
  self: object,
  parts: unknown[],
) {
  const before = asking;
  asking = pool;
  try {
    return call.apply(self, parts);
  } finally {
    asking = before;
  }
}

/** Undefined for a pool that is not what we know. @throws PoolError under `strict` */
export function guardIn(pool: MysqlPool): Guard | undefined {
  return guardOf(pool) ?? (isPool(pool) ? adoptPool(pool) : undefined);
}

/** On a patched prototype: the driver's own `getConnection`. */
const ASK = Symbol.for('eslint-plugin-pool:mysql2 ask');

interface Asking {
  readonly [ASK]?: MysqlPool['getConnection'];
}

function patchCheckout(prototype: MysqlPool): void {
  const original = prototype.getConnection;
  Object.defineProperty(prototype, ASK, { value: original });
  prototype.getConnection = function getConnection(this: MysqlPool, callback: Callback) {
    const guard = guardIn(this);
    if (!guard) return original.call(this, callback);
    if (isWaiter(callback)) return ask(original, this, callback);
    if (asking === this) return takeInside(this, guard, callback);
    take(this, guard, callback, world.leases.capture(getConnection), currentRequest());
  };
}

/** Each checkout runs through it: one closure that holds everything costs less than an object for each step. */
function take(
  pool: MysqlPool,
  guard: Guard,
  callback: Callback,
  origin: Origin | undefined,
  request: RequestInfo | undefined,
): void {
  askFor(guard, pool, (error, connection) => {
    if (error || !connection) callback(error && failed(guard, error), connection);
    else if (guard.isEnforced && needsPing(connection)) {
      const done: Callback = (broken, alive) => {
        if (broken || !alive) callback(broken, alive);
        else deliver(guard, alive, callback, origin, request);
      };
      revive({ pool, guard }, connection, done, false);
    } else deliver(guard, connection, callback, origin, request);
  });
}

/** For the pool's own statements, and for its promise view, which begins the lease itself. */
export function takeInside(pool: MysqlPool, guard: Guard, callback: Callback): void {
  obtain({ pool, guard }, (error, connection) => {
    if (connection) {
      patchConnection(connection);
      lend(connection);
    }
    callback(error, connection);
  });
}

function askFor(guard: Guard, pool: MysqlPool & Asking, callback: Callback): void {
  ask(pool[ASK] as MysqlPool['getConnection'], pool, bounded(guard, pool, callback));
}

interface Obtaining {
  readonly pool: MysqlPool;
  readonly guard: Guard;
}

/** A connection that may be lent. `hasFailed`: another that was idle as long did not answer. */
function obtain(obtaining: Obtaining, callback: Callback, hasFailed = false): void {
  const { guard, pool } = obtaining;
  askFor(guard, pool, (error, connection) => {
    if (error || !connection) callback(error && failed(guard, error), connection);
    else if (guard.isEnforced && needsPing(connection)) revive(obtaining, connection, callback, hasFailed);
    else callback(null, connection);
  });
}

/** A connection that does not answer is closed, and so are all others that were idle as long. */
function revive(obtaining: Obtaining, connection: PoolConnection, callback: Callback, hasFailed: boolean): void {
  void (hasFailed ? Promise.resolve(false) : answers(obtaining.guard, connection)).then((isAlive) => {
    if (isAlive && !isDirtyAfterAll(connection)) return callback(null, connection);
    connection.destroy();
    obtain(obtaining, callback, !isAlive);
  });
}

/** From here on it is held. */
function deliver(
  guard: Guard,
  connection: PoolConnection,
  callback: Callback,
  origin: Origin | undefined,
  request: RequestInfo | undefined,
): void {
  patchConnection(connection);
  isDirtyAfterAll(connection);
  const lease = world.leases.beginFor(guard, connection, origin, request);
  const release = hold(lease, connection);
  callback(null, guard.hasFacades ? facadeOf(lease, { release }) : connection);
}

/** Those of `queueLimit` and of `waitForConnections`: lib/base/pool.js:107, 115. They have no code. */
const REFUSED: readonly string[] = ['Queue limit reached.', 'No connections available.'];

function failed(guard: Guard, error: Error): Error {
  if (REFUSED.includes(error.message)) return exhausted(guard, error, 0);
  if (isFull(error)) serverFull(guard);
  return error;
}

function patchStatements(prototype: MysqlPool): void {
  const { execute: executed, query: queried } = prototype;
  prototype.query = function query(this: MysqlPool, ...parts: unknown[]) {
    return isRefused(this, parts) ? undefined : askInside(this, queried, this, parts);
  };
  prototype.execute = function execute(this: MysqlPool, ...parts: unknown[]) {
    return isRefused(this, parts) ? undefined : askInside(this, executed, this, parts);
  };
}

/** Under `strict`, `BEGIN` through the pool; its callback gets the error. */
function isRefused(pool: MysqlPool, parts: readonly unknown[]): boolean {
  const [text] = parts;
  const sql = typeof text === 'object' && text !== null ? (text as { sql?: unknown }).sql : text;
  if (!isTransactionControl(sql)) return false;
  const guard = guardIn(pool);
  const error = guard && noteTransactionOnPool(guard, sql);
  if (!error) return false;
  const callback = parts.find((part) => typeof part === 'function') as ((error: Error) => void) | undefined;
  if (!callback) throw error;
  process.nextTick(callback, error);
  return true;
}
