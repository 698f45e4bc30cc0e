import type { Driver, Lease, Ownership } from './driver.ts';
import { mysql2ConnectionLimits, mysql2PoolLimits } from './limits/mysql2.ts';

const uses = [
  'query',
  'execute',
  'prepare',
  'ping',
  'changeUser',
  'reset',
  'promise',
  'beginTransaction',
  'commit',
  'rollback',
];

const pooled: Lease = {
  // end() on a pooled connection is release() with a console warning: lib/pool_connection.js:35-54.
  giveBack: ['release', 'end'],
  // lib/base/pool.js:139; the promise pool has it too: lib/promise/pool.js:33.
  giveBackThrough: ['releaseConnection'],
  // Closes the connection and frees the slot: lib/pool_connection.js:56.
  discard: { method: 'destroy' },
  uses,
  // lib/pool_connection.js: wraps the connection; its release() is the connection's.
  sameThrough: ['promise'],
  lentTo: { callees: ['drizzle'] },
  transaction: { begin: ['beginTransaction'], commit: ['commit'], rollback: ['rollback'] },
  // Nothing while idle, but frees the next holder's connection; before 3.20.0 two borrowers shared it.
  second: 'breaks',
};

const dedicated: Lease = {
  giveBack: ['end', 'destroy', 'close'],
  uses,
  lentTo: { callees: ['drizzle'] },
  transaction: { begin: ['beginTransaction'], commit: ['commit'], rollback: ['rollback'] },
  second: 'ignored',
  dedicated: true,
};

// query() and execute() of a pool take and give back a connection: lib/base/pool.js:243, 291.
const statements = ['query', 'execute'];

// execute() checks its parameters before it returns (`undefined` throws): lib/base/connection.js:842-865.
const throwsAtOnce = ['execute'];

// Symbol.dispose of the callback classes, Symbol.asyncDispose of the promise ones: since 3.18.0.
const disposable = { symbol: 'dispose', since: '3.18.0' } as const;
const asyncDisposable = { symbol: 'asyncDispose', since: '3.18.0' } as const;

const pool: Ownership = { what: 'pool', end: ['end'] };

// lib/base/connection.js:338: when no command with a callback waits for it. A pooled one has a listener of the pool, and
// a promise connection keeps the one of its connecting (observed).
const connection: Ownership = {
  what: 'connection',
  end: ['end', 'destroy', 'close'],
  open: ['connect'],
  session: ['changeUser'],
  crashes: { when: 'a connection that breaks while no query runs' },
  pooled: { maker: 'createPool', checkout: 'getConnection', giveBack: 'release', statements },
};
const promiseConnection: Ownership = {
  what: 'connection',
  end: connection.end,
  awaitEnd: true,
  open: ['connect'],
  session: ['changeUser'],
  pooled: { maker: 'createPoolPromise', checkout: 'getConnection', giveBack: 'release', statements },
};

/** mysql2, callbacks. Read in mysql2 3.24.5. The promise kinds serve `mysql2/promise` too. */
export const mysql2: Driver = {
  name: 'mysql2',
  modules: ['mysql2'],
  exports: {
    default: { namespace: true },
    createPool: { call: 'pool' },
    createPoolCluster: { call: 'cluster' },
    createConnection: { call: 'connection' },
    // An alias: index.js.
    connect: { call: 'connection' },
    // Getters of the CommonJS object, no ESM names: index.js.
    createPoolPromise: { call: 'promisePool' },
    createPoolClusterPromise: { call: 'promiseCluster' },
    createConnectionPromise: { call: 'promiseConnection' },
    Pool: { type: 'pool' },
    PoolCluster: { type: 'cluster' },
    PoolNamespace: { type: 'namespace' },
    PoolConnection: { type: 'poolConnection' },
    Connection: { type: 'connection' },
  },
  kinds: {
    pool: {
      limits: mysql2PoolLimits,
      members: { promise: 'promisePool' },
      owns: pool,
      checkouts: {
        // Callback only: lib/base/pool.js:73. A promise stands for `util.promisify(pool.getConnection)`.
        getConnection: { gives: 'poolConnection', result: 'promise', callback: { error: 0, value: 1 } },
      },
      statements,
      lease: {
        giveBack: ['end'],
        uses: [...statements, 'getConnection'],
        disposable,
        second: 'ignored',
        dedicated: true,
      },
    },
    cluster: {
      members: { of: 'namespace' },
      owns: pool,
      checkouts: {
        // lib/pool_cluster.js:228: getConnection(pattern?, selector?, callback).
        getConnection: { gives: 'poolConnection', result: 'promise', callback: { error: 0, value: 1 } },
      },
      lease: {
        giveBack: ['end'],
        uses: ['getConnection', 'of', 'add'],
        disposable,
        second: 'ignored',
        dedicated: true,
      },
    },
    // lib/pool_cluster.js:59.
    namespace: {
      checkouts: {
        getConnection: { gives: 'poolConnection', result: 'promise', callback: { error: 0, value: 1 } },
      },
      statements,
    },
    poolConnection: { lease: { ...pooled, throwsAtOnce, disposable } },
    connection: {
      limits: mysql2ConnectionLimits,
      members: { promise: 'promiseConnection' },
      owns: connection,
      lease: { ...dedicated, throwsAtOnce, disposable },
    },
    promisePool: {
      limits: mysql2PoolLimits,
      owns: { ...pool, awaitEnd: true },
      checkouts: {
        // lib/promise/pool.js:22.
        getConnection: { gives: 'promisePoolConnection', result: 'promise' },
      },
      statements,
      lease: {
        giveBack: ['end'],
        awaitGiveBack: true,
        uses: [...statements, 'getConnection'],
        disposable: asyncDisposable,
        second: 'ignored',
        dedicated: true,
      },
    },
    promiseCluster: {
      members: { of: 'promiseNamespace' },
      owns: { ...pool, awaitEnd: true },
      checkouts: {
        // promise.d.ts:122: getConnection(group?, selector?).
        getConnection: { gives: 'promisePoolConnection', result: 'promise' },
      },
      lease: {
        giveBack: ['end'],
        awaitGiveBack: true,
        uses: ['getConnection', 'of', 'add'],
        disposable: asyncDisposable,
        second: 'ignored',
        dedicated: true,
      },
    },
    // lib/promise/pool_cluster.js:13.
    promiseNamespace: {
      checkouts: { getConnection: { gives: 'promisePoolConnection', result: 'promise' } },
      statements,
    },
    // release() stays synchronous: lib/promise/connection.js:27. execute() rejects, as it checks inside its promise.
    promisePoolConnection: { lease: { ...pooled, disposable: asyncDisposable } },
    promiseConnection: {
      limits: mysql2ConnectionLimits,
      owns: promiseConnection,
      lease: { ...dedicated, awaitGiveBack: true, disposable: asyncDisposable },
    },
  },
};
