import type { EventEmitter } from 'node:events';
import { mysql2PoolLimits } from '../../../drivers/limits/mysql2.ts';
import { adopt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { mysqlAddressOf } from '../../address.ts';
import { answerOf } from '../../answer.ts';
import type { Answer } from '../../answer.ts';
import { GUARD, guardOf } from '../../guard.ts';
import type { Counts, Guard, Source } from '../../guard.ts';
import { isInTransaction } from './connection.ts';

/** What the runtime asks of a pool of mysql2. Read in mysql2 3.24.6, lib/base/pool.js and lib/promise/pool.js. */

export interface PoolConnection extends EventEmitter {
  /** `null` once it has left its pool. */
  readonly _pool?: MysqlPool | null;
  readonly _released?: boolean;
  release(): void;
  destroy(): void;
  query(options: object, callback: (error: Error | null, rows: unknown) => void): unknown;
}

export type Callback = (error: Error | null | undefined, connection?: PoolConnection) => void;

export interface Queue<Item> {
  readonly length: number;
  get(index: number): Item | undefined;
  removeOne(index: number): unknown;
}

export interface MysqlPool extends EventEmitter {
  readonly config: Record<string, unknown> & { readonly connectionConfig: Record<string, unknown> };
  readonly _allConnections: Queue<PoolConnection>;
  readonly _freeConnections: Queue<PoolConnection>;
  readonly _connectionQueue: Queue<Callback>;
  getConnection(callback: Callback): void;
  releaseConnection(connection: PoolConnection): void;
  query(...parts: unknown[]): unknown;
  execute(...parts: unknown[]): unknown;
  end(callback?: (error?: Error) => void): void;
  _removeConnection(connection: PoolConnection): void;
  /** Looks for idle connections each second, from its first call on. From mysql2 3.1.0. */
  _removeIdleTimeoutConnections?(): void;
  _removeIdleTimeoutConnectionsTimer?: NodeJS.Timeout;
}

export interface PromiseConnection {
  readonly connection: PoolConnection;
  release(): void;
}

/** What `mysql2/promise` builds and `pool.promise()` gives: a view of a pool. */
export interface PromisePool extends EventEmitter {
  readonly pool: MysqlPool;
  readonly Promise: PromiseConstructor;
  getConnection(): Promise<PromiseConnection>;
  end(): Promise<void>;
}

const QUEUES = ['_allConnections', '_freeConnections', '_connectionQueue'] as const;

/** With the fields that this file reads. */
export function isPool(target: unknown): target is MysqlPool {
  if (typeof target !== 'object' || target === null) return false;
  const pool = target as Partial<MysqlPool>;
  const hasQueues = QUEUES.every((name) => typeof pool[name]?.get === 'function');
  return hasQueues && typeof pool._removeConnection === 'function' && pool.config?.connectionConfig !== undefined;
}

export function isPromisePool(target: unknown): target is PromisePool {
  return typeof target === 'object' && target !== null && isPool((target as Partial<PromisePool>).pool);
}

export interface Built extends AdoptOptions {
  /** The promise pool that the user has in its place. */
  readonly view?: PromisePool | undefined;
  /** What the pool was built with: names that the driver does not know are gone from its own copy. */
  readonly stated?: unknown;
}

/** @throws PoolError under `strict`, where the pool breaks the policy */
export function adoptPool(pool: MysqlPool, { stated, view, ...options }: Built = {}): Guard {
  const known = guardOf(pool);
  // The safer ways of `guardPool` are those of the object that it got last.
  if (known && view) Object.assign(known.source, waysOfView(view));
  const source = known?.source ?? sourceOf(pool, stated, view);
  if (known) mark(source.target, known);
  const guard = adopt(source, options);
  mark(pool, guard);
  return guard;
}

function mark(target: object, guard: Guard): void {
  Object.defineProperty(target, GUARD, { value: guard, configurable: true, writable: true });
}

function sourceOf(pool: MysqlPool, stated: unknown, view: PromisePool | undefined): Source {
  return {
    driver: 'mysql2',
    kind: 'pool',
    limits: mysql2PoolLimits,
    options: optionsOf(pool, stated),
    address: () => mysqlAddressOf(pool.config.connectionConfig),
    counts: () => countsOf(pool),
    destroy: (connection) => coreOf(connection).destroy(),
    isInTransaction: (connection) => isInTransaction(coreOf(connection)),
    run: (connection, sql) => run(coreOf(connection), sql),
    ...(view ? waysOfView(view) : waysOf(pool)),
  };
}

type Ways = Required<Pick<Source, 'end' | 'giveBack' | 'take' | 'target'>>;

const giveBack = (connection: object, error?: Error): void =>
  error ? coreOf(connection).destroy() : (connection as PoolConnection).release();

function waysOf(pool: MysqlPool): Ways {
  return {
    target: pool,
    take: () =>
      new Promise((resolve, reject) => {
        pool.getConnection((error, connection) => (connection ? resolve(connection) : reject(error)));
      }),
    giveBack,
    end: () => new Promise<void>((resolve, reject) => pool.end((error) => (error ? reject(error) : resolve()))),
  };
}

function waysOfView(view: PromisePool): Ways {
  return { target: view, take: () => view.getConnection(), giveBack, end: () => view.end() };
}

/** A promise connection is a view of one, too. */
function coreOf(connection: object): PoolConnection {
  return (connection as Partial<PromiseConnection>).connection ?? (connection as PoolConnection);
}

export function run(connection: PoolConnection, sql: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    connection.query({ sql, rowsAsArray: false }, (error, rows) => {
      if (error) reject(error);
      else resolve(answerOf(rows));
    });
  });
}

function countsOf({ _allConnections, _connectionQueue, _freeConnections, config }: MysqlPool): Counts {
  // 0 is no bound: lib/base/pool.js:86.
  const max = Number(config['connectionLimit']) || Infinity;
  return { total: _allConnections.length, idle: _freeConnections.length, waiting: _connectionQueue.length, max };
}

const NAMES = ['connectionLimit', 'maxIdle', 'idleTimeout', 'queueLimit'] as const;

/** The pool reads its own copy at each checkout, and `connectionConfig` for each connection. */
function optionsOf(pool: MysqlPool, stated: unknown): Record<string, unknown> {
  const { config } = pool;
  const options: Record<string, unknown> = unknownIn(stated);
  for (const name of NAMES) {
    if (!(name in config)) continue;
    const get = (): unknown => (name === 'queueLimit' ? config[name] || undefined : config[name]);
    const set = (value: unknown): void => {
      config[name] = value;
      if (name === 'idleTimeout') closeIdle(pool);
    };
    Object.defineProperty(options, name, { enumerable: true, get, set });
  }
  const { connectionConfig } = config;
  return Object.defineProperty(options, 'connectTimeout', {
    enumerable: true,
    get: () => connectionConfig['connectTimeout'],
    set: (value: unknown) => (connectionConfig['connectTimeout'] = value),
  });
}

function unknownIn(stated: unknown): Record<string, unknown> {
  const names = new Set(mysql2PoolLimits.misread?.map(({ option }) => option));
  const given = typeof stated === 'object' && stated !== null ? Object.entries(stated) : [];
  return Object.fromEntries(given.filter(([name]) => names.has(name)));
}

/** The driver starts to look only where `maxIdle` is below `connectionLimit`: lib/base/pool.js:50. */
function closeIdle(pool: MysqlPool): void {
  if (pool._removeIdleTimeoutConnectionsTimer || !pool._removeIdleTimeoutConnections) return;
  const look = pool._removeIdleTimeoutConnections;
  // Its timer keeps the process alive, which nobody asked for here.
  pool._removeIdleTimeoutConnections = function () {
    look.call(this);
    this._removeIdleTimeoutConnectionsTimer?.unref();
  };
  pool._removeIdleTimeoutConnections();
}
