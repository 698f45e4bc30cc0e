import { mariadbPoolLimits } from '../../../drivers/limits/mariadb.ts';
import { addressIn, mysqlAddressOf } from '../../address.ts';
import { answerOf } from '../../answer.ts';
import type { Answer } from '../../answer.ts';
import type { Counts, Source } from '../../guard.ts';

/** What the runtime asks of a pool of mariadb. Read in mariadb 3.5.4, lib/pool-promise.js and lib/pool-callback.js. */

export type Callback = (error: Error | null | undefined, connection?: MariadbConnection) => void;

/** Each checkout has one of its own. */
export interface MariadbConnection {
  readonly info?: { readonly status?: number | null } | null;
  query(sql: string, callback?: (error: Error | null, rows?: unknown) => void): Promise<unknown> | undefined;
  release(callback?: () => void): Promise<void> | undefined;
  destroy(): void;
}

export interface MariadbPool {
  getConnection(callback?: Callback): Promise<MariadbConnection> | undefined;
  query(...parts: unknown[]): Promise<unknown> | undefined;
  execute(...parts: unknown[]): Promise<unknown> | undefined;
  batch(...parts: unknown[]): Promise<unknown> | undefined;
  end(callback?: (error: Error | null) => void): Promise<void> | undefined;
  totalConnections(): number;
  idleConnections(): number;
  taskQueueSize(): number;
}

export const METHODS = [
  'getConnection',
  'query',
  'execute',
  'batch',
  'end',
  'totalConnections',
  'idleConnections',
  'taskQueueSize',
] as const;

export function isPool(target: unknown): target is MariadbPool {
  if (typeof target !== 'object' || target === null) return false;
  return METHODS.every((name) => typeof (target as Partial<MariadbPool>)[name] === 'function');
}

export type Form = 'callback' | 'promise';

/** On a patched prototype. */
export const FORM = Symbol.for('eslint-plugin-pool:mariadb form');

export function formOf(pool: MariadbPool & { readonly [FORM]?: Form }): Form {
  return pool[FORM] ?? (pool.getConnection.length > 0 ? 'callback' : 'promise');
}

/** `find` gives the pool: while it is built there is none. */
export function sourceOf(
  find: () => MariadbPool | undefined,
  options: Record<string, unknown>,
): Omit<Source, 'target'> {
  const form = (): Form => formOf(find() as MariadbPool);
  return {
    driver: 'mariadb',
    kind: 'pool',
    limits: mariadbPoolLimits,
    options,
    address: () => mysqlAddressOf(options),
    counts: () => countsOf(find(), options),
    destroy: (connection) => (connection as MariadbConnection).destroy(),
    isInTransaction: (connection) => isInTransaction(connection as MariadbConnection, options),
    run: (connection, sql) => run(connection as MariadbConnection, form(), sql),
    take: () => take(find() as MariadbPool, form()),
    giveBack: (connection, error) => giveBack(connection as MariadbConnection, form(), error),
    end: () => end(find()),
  };
}

/** The same for one whose building nobody saw: its class keeps its options to itself. */
export function lateSourceOf(pool: MariadbPool): Source {
  // `active=0 idle=1 limit=10`: lib/pool.js:672.
  const limit = Number(/limit=(\d+|Infinity)/.exec(String(pool))?.[1] ?? NaN);
  const known = Number.isNaN(limit) ? {} : { connectionLimit: limit };
  const options = mariadbPoolLimits.options.filter(({ option }) => option in known);
  const source = sourceOf(() => pool, known);
  return { ...source, target: pool, limits: { ...mariadbPoolLimits, options }, isSettled: true };
}

function countsOf(pool: MariadbPool | undefined, options: Record<string, unknown>): Counts {
  const max = Number(options['connectionLimit'] ?? 10);
  if (!pool) return { total: 0, idle: 0, waiting: 0, max };
  return { total: pool.totalConnections(), idle: pool.idleConnections(), waiting: pool.taskQueueSize(), max };
}

/** lib/const/server-status.js. */
const STATUS_IN_TRANS = 1;

/** The driver itself rolls back what comes back, unless it is told not to: lib/pool.js:834. */
function isInTransaction({ info }: MariadbConnection, options: Record<string, unknown>): boolean {
  return options['noControlAfterUse'] === true && ((info?.status ?? 0) & STATUS_IN_TRANS) !== 0;
}

async function run(connection: MariadbConnection, form: Form, sql: string): Promise<Answer> {
  const result = await (form === 'promise'
    ? connection.query(sql)
    : new Promise((resolve, reject) => {
        connection.query(sql, (error, rows) => (error ? reject(error) : resolve(rows)));
      }));
  return answerOf(result);
}

function take(pool: MariadbPool, form: Form): Promise<MariadbConnection> {
  if (form === 'promise') return pool.getConnection() as Promise<MariadbConnection>;
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (connection ? resolve(connection) : reject(error)));
  });
}

function giveBack(connection: MariadbConnection, form: Form, error?: Error): Promise<void> | undefined {
  if (error) return void connection.destroy();
  return form === 'promise' ? connection.release() : new Promise((resolve) => connection.release(resolve));
}

function end(pool: MariadbPool | undefined): Promise<void> {
  if (!pool) return Promise.resolve();
  if (formOf(pool) === 'promise') return pool.end() as Promise<void>;
  return new Promise((resolve, reject) => void pool.end((error) => (error ? reject(error) : resolve())));
}

/** A copy of what the program gave, for the runtime to write into. */
export function optionsIn(given: unknown): Record<string, unknown> {
  if (typeof given !== 'string') return { ...(given as Record<string, unknown> | undefined) };
  const query = new URLSearchParams(given.split('?', 2)[1] ?? '');
  return { ...addressIn(given), ...Object.fromEntries(query) };
}

/** What the program gave, with what was written. */
export function withChanges(given: unknown, options: Record<string, unknown>): unknown {
  const before = optionsIn(given);
  const changed = Object.entries(options).filter(([name, value]) => before[name] !== value);
  if (changed.length === 0) return given;
  if (typeof given !== 'string') return { ...(given as object | undefined), ...Object.fromEntries(changed) };
  const url = new URL(given);
  for (const [name, value] of changed) url.searchParams.set(name, String(value));
  return url.href;
}

const OF_POOL = ['connectionLimit', 'minimumIdle', 'acquireTimeout', 'idleTimeout', 'noControlAfterUse'] as const;
const OF_CONNECTION = ['connectTimeout', 'queryTimeout', 'socketTimeout'] as const;
const PLACE = ['host', 'port', 'database', 'user', 'socketPath'] as const;

interface Parsed extends Record<string, unknown> {
  readonly connOptions?: Record<string, unknown>;
}

/** What the driver has made of the options. A pool reads them again and again: lib/pool.js. */
export function parsedOptions(parsed: Parsed): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  const show = (names: readonly string[], holder: Record<string, unknown>): void => {
    for (const name of names) {
      const get = (): unknown => holder[name];
      const set = (value: unknown): void => {
        holder[name] = value;
      };
      if (name in holder) Object.defineProperty(options, name, { enumerable: true, get, set });
    }
  };
  show(OF_POOL, parsed);
  show([...OF_CONNECTION, ...PLACE], parsed.connOptions ?? parsed);
  return options;
}
