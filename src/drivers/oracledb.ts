import type { CheckoutMethod, Driver } from './driver.ts';
import { oracledbLimits } from './limits/oracledb.ts';

// lib/pool.js:379, lib/oracledb.js:767; callbacks through `callbackify`: lib/pool.js:884.
const getConnection: CheckoutMethod = { gives: 'connection', result: 'promise', callback: { error: 0, value: 1 } };

// lib/oracledb.js:767-800: an object without `poolAlias`.
const opens = { kind: 'standalone', with: ['user', 'connectString', 'connectionString', 'externalAuth'] };

/** node-oracledb. Read in oracledb 26.0.0, @types/oracledb 7.0.3. */
export const oracledb: Driver = {
  name: 'oracledb',
  modules: ['oracledb'],
  exports: {
    // No ESM names at run time; the namespace is for the types (`oracledb.Pool`) and `import * as`.
    default: { namespace: true, is: 'oracledb' },
    createPool: { call: 'pool' },
    getPool: { call: 'pool', existing: true },
    // From the default pool or an alias, unless its argument says otherwise: see `standalone`.
    getConnection: { call: 'connection', existing: true },
    Pool: { type: 'pool' },
    Connection: { type: 'connection' },
  },
  kinds: {
    oracledb: {
      members: { createPool: 'pool', getPool: 'pool' },
      builds: ['createPool'],
      // From the default pool or an alias; with `{ user, … }` a connection of its own, which wants close() too.
      checkouts: { getConnection: { ...getConnection, opens } },
    },
    // createPool() is asynchronous, so a standalone connection has no `pooled`.
    standalone: { owns: { what: 'connection', end: ['close', 'release'], awaitEnd: true } },
    pool: {
      limits: oracledbLimits,
      checkouts: { getConnection },
      owns: { what: 'pool', end: ['close', 'terminate'], awaitEnd: true },
      lease: {
        // Rejects while connections are out, unless given a time to wait; two names: lib/pool.js:889.
        giveBack: ['close', 'terminate'],
        awaitGiveBack: true,
        uses: ['getConnection', 'reconfigure', 'setAccessToken'],
        disposable: { symbol: 'asyncDispose', since: '7.0.0' },
        second: 'throws',
        dedicated: true,
      },
    },
    connection: {
      lease: {
        // One function under two names: lib/connection.js:2269.
        giveBack: ['close', 'release'],
        awaitGiveBack: true,
        uses: [
          'execute',
          'executeMany',
          'queryStream',
          'commit',
          'rollback',
          'ping',
          'changePassword',
          'createLob',
          'getDbObjectClass',
          'getQueue',
          'getStatementInfo',
          'subscribe',
        ],
        // A plain transaction begins with its first statement; for sessionless ones: lib/connection.js:745.
        transaction: {
          begin: ['beginSessionlessTransaction'],
          commit: ['commit'],
          rollback: ['rollback'],
          // close() rolls back what is open.
          endsWithRelease: true,
        },
        disposable: { symbol: 'asyncDispose', since: '7.0.0' },
        // NJS-003: lib/connection.js:848.
        second: 'throws',
      },
    },
  },
};
