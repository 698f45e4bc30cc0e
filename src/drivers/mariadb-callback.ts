import type { CheckoutMethod, Driver } from './driver.ts';
import { mariadbConnectionLimits, mariadbPoolLimits } from './limits/mariadb.ts';

const statements = ['query', 'execute', 'batch'];
const uses = [
  ...statements,
  'queryStream',
  'prepare',
  'importFile',
  'changeUser',
  'ping',
  'reset',
  'beginTransaction',
  'commit',
  'rollback',
];

const transaction = { begin: ['beginTransaction'], commit: ['commit'], rollback: ['rollback'] };

// Callback only: lib/pool-callback.js:101 throws without one. A promise stands for `util.promisify`.
const getConnection: CheckoutMethod = {
  gives: 'poolConnection',
  result: 'promise',
  callback: { error: 0, value: 1 },
};

/** MariaDB connector, callbacks. Read in mariadb 3.5.4. */
export const mariadbCallback: Driver = {
  name: 'mariadb/callback',
  modules: ['mariadb/callback', 'mariadb/callback.js'],
  exports: {
    default: { namespace: true },
    createPool: { call: 'pool' },
    createPoolCluster: { call: 'cluster' },
    createConnection: { call: 'connection' },
    // types/callback.d.ts:50-208.
    Pool: { type: 'pool' },
    PoolCluster: { type: 'cluster' },
    FilteredPoolCluster: { type: 'namespace' },
    PoolConnection: { type: 'poolConnection' },
    Connection: { type: 'connection' },
  },
  kinds: {
    pool: {
      limits: mariadbPoolLimits,
      checkouts: { getConnection },
      statements,
      // Has a listener from the start: callback.js createPool.
      owns: { what: 'pool', end: ['end'] },
      lease: { giveBack: ['end'], uses: [...statements, 'getConnection'], second: 'throws', dedicated: true },
    },
    cluster: {
      members: { of: 'namespace' },
      // lib/cluster-callback.js:51: getConnection(pattern?, selector?, callback).
      checkouts: { getConnection },
      owns: { what: 'pool', end: ['end'] },
      lease: { giveBack: ['end'], uses: ['getConnection', 'of', 'add'], second: 'throws', dedicated: true },
    },
    // lib/filtered-cluster-callback.js:27.
    namespace: { checkouts: { getConnection }, statements },
    poolConnection: {
      lease: {
        // One function under three names, with an optional callback: lib/pool-callback.js:112-113.
        giveBack: ['release', 'end', 'close'],
        discard: { method: 'destroy' },
        uses,
        transaction,
        // Harmless while idle, else ROLLBACK on the next holder's connection, which is then lent out again.
        second: 'breaks',
      },
    },
    connection: {
      limits: mariadbConnectionLimits,
      owns: {
        what: 'connection',
        end: ['end', 'close', 'destroy'],
        open: ['connect'],
        session: ['changeUser'],
        // Thrown where nobody listens and no query waits: lib/connection.js:1641.
        crashes: { when: 'a connection that breaks while no query runs' },
        pooled: { maker: 'createPool', checkout: 'getConnection', giveBack: 'release', statements },
      },
      lease: {
        giveBack: ['end', 'close', 'destroy'],
        uses: [...uses, 'connect'],
        transaction,
        second: 'ignored',
        dedicated: true,
      },
    },
  },
};
