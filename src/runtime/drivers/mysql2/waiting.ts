import type { Guard } from '../../guard.ts';
import { deadlineError, exhausted } from '../../waiting.ts';
import type { Callback, MysqlPool, PoolConnection } from './source.ts';
import { releaseOf } from './returning.ts';

/** Who waits for a connection of mysql2, which has no limit for how long. Read in mysql2 3.24.6, lib/base/pool.js. */

/** On what stands in the driver's queue: the callback that was given to it. */
const WAITER = Symbol.for('eslint-plugin-pool:mysql2 waiter');

interface Waiter {
  [WAITER]?: Callback;
}

/**
 * The driver asks again for a waiter when a connection is lost (lib/base/pool.js:143, 155): it is no new checkout, and its
 * deadline stays.
 */
export const isWaiter = (callback: Callback): boolean => (callback as Waiter)[WAITER] !== undefined;

/** Calls the driver's own `getConnection`. */
export function ask(original: MysqlPool['getConnection'], pool: MysqlPool, callback: Callback): void {
  const { _connectionQueue: queue } = pool;
  const before = queue.length;
  original.call(pool, callback);
  // With a subscriber of its tracing channel, the driver queues a function of Node's around ours.
  const queued = queue.length > before ? (queue.get(before) as Waiter | undefined) : undefined;
  if (queued) queued[WAITER] ??= (callback as Waiter)[WAITER] ?? callback;
}

const { clearTimeout, setTimeout } = globalThis;

/** Under `enforce`: an end to the wait, where the policy states one. What comes later goes back. */
export function bounded(guard: Guard, pool: MysqlPool, callback: Callback): Callback {
  const ms = guard.acquireMs;
  if (ms === undefined || !guard.isEnforced || pool._freeConnections.length > 0) return callback;
  let isOver = false;
  const done: Callback = (error, connection) => {
    clearTimeout(timer);
    if (!isOver) callback(error, connection);
    else if (connection) giveBackLate(connection);
  };
  // Keeps the process alive, as the wait itself would: nothing ends silently.
  const timer = setTimeout(() => {
    isOver = true;
    const error = exhausted(guard, deadlineError(guard, ms), ms);
    withdraw(pool, done);
    callback(error);
  }, ms);
  return done;
}

function giveBackLate(connection: PoolConnection): void {
  releaseOf(connection).call(connection);
}

/** Its place is free for the next caller, where `queueLimit` bounds them. */
function withdraw({ _connectionQueue: queue }: MysqlPool, callback: Callback): void {
  for (let index = 0; index < queue.length; index += 1) {
    if ((queue.get(index) as Waiter | undefined)?.[WAITER] !== callback) continue;
    queue.removeOne(index);
    return;
  }
}
