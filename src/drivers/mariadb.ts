import type { Driver, Kind, Lease } from './driver.ts';
import { mariadbConnectionLimits, mariadbPoolLimits } from './limits/mariadb.ts';

const statements = ['query', 'execute', 'batch'];
const uses = [
  ...statements,
  'queryStream',
  'prepare',
  'prepareExecute',
  'importFile',
  'changeUser',
  'ping',
  'reset',
  'beginTransaction',
  'commit',
  'rollback',
];

const transaction = { begin: ['beginTransaction'], commit: ['commit'], rollback: ['rollback'] };

// Symbol.asyncDispose of Pool, Connection and PoolConnection: lib/pool-promise.js:104, 254; absent from 3.4.5.
const disposable = { symbol: 'asyncDispose', since: '3.5.1' } as const;

const cluster: Kind = {
  members: { of: 'namespace' },
  checkouts: {
    // lib/cluster.js:104: getConnection(pattern?, selector?).
    getConnection: { gives: 'poolConnection', result: 'promise' },
  },
  owns: { what: 'pool', end: ['end'], awaitEnd: true },
  lease: {
    giveBack: ['end'],
    awaitGiveBack: true,
    uses: ['getConnection', 'of', 'add'],
    second: 'throws',
    dedicated: true,
  },
};

const poolLease: Lease = {
  giveBack: ['end'],
  awaitGiveBack: true,
  uses: [...statements, 'getConnection', 'importFile'],
  disposable,
  // "pool is already closed": lib/pool.js:813.
  second: 'throws',
  dedicated: true,
};

/** MariaDB connector, promises. Read in mariadb 3.5.4. */
export const mariadb: Driver = {
  name: 'mariadb',
  modules: ['mariadb'],
  exports: {
    default: { namespace: true },
    createPool: { call: 'pool' },
    createPoolCluster: { call: 'cluster' },
    createConnection: { call: 'connection' },
    // types/index.d.ts:44-302.
    Pool: { type: 'pool' },
    PoolCluster: { type: 'cluster' },
    FilteredPoolCluster: { type: 'namespace' },
    PoolConnection: { type: 'poolConnection' },
    Connection: { type: 'connection' },
  },
  kinds: {
    pool: {
      limits: mariadbPoolLimits,
      checkouts: {
        // lib/pool-promise.js:91.
        getConnection: { gives: 'poolConnection', result: 'promise' },
      },
      statements,
      // Has a listener from the start: promise.js:49.
      owns: { what: 'pool', end: ['end'], awaitEnd: true },
      lease: poolLease,
    },
    cluster,
    // lib/filtered-cluster.js:29.
    namespace: { checkouts: { getConnection: { gives: 'poolConnection', result: 'promise' } }, statements },
    poolConnection: {
      lease: {
        // One function under three names: lib/pool-promise.js:100-102.
        giveBack: ['release', 'end', 'close'],
        awaitGiveBack: true,
        // Closes the connection and frees the slot.
        discard: { method: 'destroy' },
        uses,
        // Giving back sends ROLLBACK (observed on a server), unless `noControlAfterUse` is set.
        transaction: { ...transaction, endsWithRelease: true },
        disposable,
        // Harmless while idle, else ROLLBACK on the next holder's connection, which is then lent out again.
        second: 'breaks',
      },
    },
    connection: {
      limits: mariadbConnectionLimits,
      owns: {
        what: 'connection',
        end: ['end', 'close', 'destroy'],
        awaitEnd: true,
        session: ['changeUser'],
        // Thrown where nobody listens and no query waits: lib/connection.js:1641.
        crashes: { when: 'a connection that breaks while no query runs' },
        pooled: { maker: 'createPool', checkout: 'getConnection', giveBack: 'release', statements },
      },
      lease: {
        giveBack: ['end', 'close', 'destroy'],
        awaitGiveBack: true,
        uses,
        transaction,
        disposable,
        second: 'ignored',
        dedicated: true,
      },
    },
  },
};
