import type { CheckoutMethod, Driver } from './driver.ts';
import { mysqlConnectionLimits, mysqlPoolLimits } from './limits/mysql.ts';

const uses = ['query', 'ping', 'changeUser', 'statistics', 'beginTransaction', 'commit', 'rollback'];
const transaction = { begin: ['beginTransaction'], commit: ['commit'], rollback: ['rollback'] };

// Callback only: lib/Pool.js:22, PoolCluster.js:131. A promise stands for `util.promisify(pool.getConnection)`.
const getConnection: CheckoutMethod = {
  gives: 'poolConnection',
  result: 'promise',
  callback: { error: 0, value: 1 },
};

/** mysql, callbacks. Read in mysql 2.18.1, @types/mysql 2.15. */
export const mysql: Driver = {
  name: 'mysql',
  modules: ['mysql'],
  exports: {
    default: { namespace: true },
    createPool: { call: 'pool' },
    createPoolCluster: { call: 'cluster' },
    createConnection: { call: 'connection' },
    // @types/mysql index.d.ts:79-176.
    Pool: { type: 'pool' },
    PoolCluster: { type: 'cluster' },
    PoolConnection: { type: 'poolConnection' },
    Connection: { type: 'connection' },
  },
  kinds: {
    pool: {
      limits: mysqlPoolLimits,
      checkouts: { getConnection },
      // Takes and releases a connection: lib/Pool.js:202.
      statements: ['query'],
      owns: { what: 'pool', end: ['end'] },
      lease: { giveBack: ['end'], uses: ['query', 'getConnection'], second: 'ignored', dedicated: true },
    },
    cluster: {
      members: { of: 'namespace' },
      checkouts: { getConnection },
      owns: { what: 'pool', end: ['end'] },
      lease: { giveBack: ['end'], uses: ['getConnection', 'of', 'add'], second: 'ignored', dedicated: true },
    },
    // lib/PoolNamespace.js:20, 91.
    namespace: { checkouts: { getConnection }, statements: ['query'] },
    poolConnection: {
      lease: {
        // end() is release() with a console warning: lib/PoolConnection.js:41.
        giveBack: ['release', 'end'],
        giveBackThrough: ['releaseConnection'],
        // Closes the connection and frees the slot: lib/PoolConnection.js:51.
        discard: { method: 'destroy' },
        uses,
        transaction,
        // "Connection already released" while idle, else it frees the next holder's: lib/Pool.js:138.
        second: 'throws',
      },
    },
    connection: {
      limits: mysqlConnectionLimits,
      owns: {
        what: 'connection',
        end: ['end', 'destroy'],
        open: ['connect'],
        session: ['changeUser'],
        // Only what a pool makes has a listener: lib/PoolConnection.js:21.
        crashes: { when: 'a connection that breaks while no query runs' },
        pooled: { maker: 'createPool', checkout: 'getConnection', giveBack: 'release', statements: ['query'] },
      },
      lease: {
        giveBack: ['end', 'destroy'],
        uses: [...uses, 'connect'],
        transaction,
        second: 'throws',
        dedicated: true,
      },
    },
  },
};
