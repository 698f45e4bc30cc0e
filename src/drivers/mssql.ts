import type { Driver } from './driver.ts';
import { mssqlLimits } from './limits/mssql.ts';

/** mssql. Read in mssql 12.7.14 (tarn 3.1.2), @types/mssql 12.3.0. */
export const mssql: Driver = {
  name: 'mssql',
  modules: ['mssql', 'mssql/tedious', 'mssql/tedious.js', 'mssql/msnodesqlv8', 'mssql/msnodesqlv8.js'],
  exports: {
    // One CommonJS object; in plain Node the names below are reached through it only.
    default: { namespace: true },
    // The one global pool, not a connection: lib/global-connection.js:16.
    connect: { call: 'pool', existing: true },
    ConnectionPool: { new: 'pool', type: 'pool' },
    Transaction: { new: 'transaction', type: 'transaction' },
    PreparedStatement: { new: 'statement', type: 'statement' },
    // Takes and releases a connection per query.
    Request: { new: 'request', type: 'request' },
  },
  kinds: {
    pool: {
      limits: mssqlLimits,
      // connect() opens the pool and resolves to it: no checkout.
      members: { connect: 'pool', request: 'request' },
      checkouts: {
        // lib/base/connection-pool.js:664: makes the object; begin() takes the connection.
        transaction: { gives: 'transaction', result: 'value', commonName: true },
        // lib/base/connection-pool.js:383: acquire(requester, callback?), callback (error, connection, config).
        acquire: { gives: 'connection', result: 'promise', callback: { error: 0, value: 1 }, commonName: true },
      },
      statements: ['query', 'batch'],
      // A broken socket is only marked: lib/tedious/connection-pool.js:108; so no `crashes`.
      owns: { what: 'pool', end: ['close'], awaitEnd: true, mustOpen: ['connect'] },
      lease: {
        giveBack: ['close'],
        awaitGiveBack: true,
        uses: ['query', 'batch', 'request', 'transaction'],
        holdsFrom: ['connect'],
        second: 'ignored',
        dedicated: true,
      },
    },
    request: {},
    connection: {
      // A raw tedious connection; the second time tarn returns false: lib/base/connection-pool.js:440-450.
      lease: { giveBack: [], giveBackThrough: ['release'], uses: ['execSql'], second: 'ignored' },
    },
    transaction: {
      members: { request: 'request' },
      lease: {
        // Either frees the connection, even when its statement fails: lib/tedious/transaction.js:90-125.
        giveBack: ['rollback', 'commit'],
        awaitGiveBack: true,
        uses: ['begin', 'request'],
        transaction: { begin: ['begin'], commit: ['commit'], rollback: ['rollback'] },
        // `new sql.Request(transaction)`.
        lentTo: { callees: ['Request', 'PreparedStatement'] },
        // A failing begin() frees it by itself: lib/tedious/transaction.js:40-75.
        holdsFrom: ['begin'],
        // ENOTBEGUN, and EABORT after the server rolled back: lib/base/transaction.js:233-311.
        second: 'throws',
      },
    },
    statement: {
      lease: {
        // A failing unprepare() keeps the connection: lib/base/prepared-statement.js:425-447.
        giveBack: ['unprepare'],
        awaitGiveBack: true,
        uses: ['prepare', 'execute'],
        lentTo: { callees: ['Request'] },
        // lib/base/prepared-statement.js:255; a failing prepare() frees it by itself: :278.
        holdsFrom: ['prepare'],
        // ENOTPREPARED.
        second: 'throws',
      },
    },
  },
};
