import type { EventEmitter } from 'node:events';
import { adopt, dismiss } from '../../adopt.ts';
import type { Answer } from '../../answer.ts';
import { pgClientLimits } from '../../../drivers/limits/pg.ts';
import { guardOf } from '../../guard.ts';
import type { Counts, Source } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import { isUsersOwn, originAbove } from '../../stacks.ts';
import { serverFull } from '../../waiting.ts';
import { addressOf } from './address.ts';
import { isOpening } from './pool.ts';

/** A client of its own, without a pool: one connection. Read in pg 8.23.1, lib/client.js. */

interface PgClient extends EventEmitter {
  readonly connectionParameters: Record<string, unknown>;
  /** lib/client.js:116. */
  _connectionTimeoutMillis: number;
  readonly _ending?: boolean;
  connect(callback?: (error: Error | undefined) => void): Promise<unknown> | undefined;
  query(sql: string): Promise<Answer>;
  getTransactionStatus?(): string | null;
  end(callback?: () => void): Promise<void>;
}

/** What we need and this version has not, as a sentence without its period. */
export function findMissingOfClient({ connect }: PgClient): string | undefined {
  return typeof connect === 'function' ? undefined : 'its client has no `connect`';
}

/** Patches it once. */
export function patchClient(prototype: PgClient): void {
  if (isMarked(prototype)) return;
  const original = prototype.connect;
  prototype.connect = function connect(this: PgClient, callback?: (error: Error | undefined) => void) {
    if (isOpening() || guardOf(this)) return original.call(this, callback);
    const origin = originAbove(connect);
    // What a library opens, it also keeps.
    if (!isUsersOwn(origin)) return original.call(this, callback);
    const guard = adopt(sourceOf(this), { origin });
    this.once('end', () => dismiss(guard));
    const note = (error: Error | undefined): void => {
      if ((error as { code?: unknown } | undefined)?.code === '53300') serverFull(guard);
    };
    if (!callback) return noting(original.call(this), note);
    return original.call(this, (error) => {
      note(error);
      callback(error);
    });
  };
}

async function noting(opened: Promise<unknown> | undefined, note: (error: Error) => void): Promise<unknown> {
  try {
    return await opened;
  } catch (error) {
    note(error as Error);
    throw error;
  }
}

function sourceOf(client: PgClient): Source {
  const { connectionParameters: parameters } = client;
  return {
    driver: 'pg',
    kind: 'client',
    target: client,
    limits: pgClientLimits,
    options: optionsOf(client),
    crashes: { when: 'a connection that breaks', held: false },
    address: () => addressOf(parameters),
    counts: (): Counts => ({ total: client._ending ? 0 : 1, idle: 0, waiting: 0, max: 1 }),
    run: async (_connection, sql) => client.query(sql),
    end: () => client.end(),
  };
}

/** The client has read its options when it was built; what it made of them is still to be sent. */
function optionsOf(client: PgClient): Record<string, unknown> {
  const options = Object.create(client.connectionParameters) as Record<string, unknown>;
  Object.defineProperty(options, 'connectionTimeoutMillis', {
    get: () => client._connectionTimeoutMillis,
    set: (value: number) => (client._connectionTimeoutMillis = value),
  });
  for (const name of ['statement_timeout', 'query_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
    Object.defineProperty(options, name, {
      // `false` where nobody set it.
      get: () => client.connectionParameters[name] || undefined,
      set: (value: number) => (client.connectionParameters[name] = value),
    });
  return options;
}
