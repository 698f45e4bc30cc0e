import type { Driver } from './driver.ts';
import { knexLimits } from './limits/knex.ts';

/** knex. Read in knex 3.3.0. */
export const knex: Driver = {
  name: 'knex',
  modules: ['knex'],
  exports: {
    // knex.js:20-23: the function, `.knex` and `.default` are one.
    default: { namespace: true, call: 'knex', type: 'knex' },
    knex: { namespace: true, call: 'knex' },
    // types/index.d.ts: an interface and a namespace (`Knex.Transaction`, `Knex.Client`).
    Knex: { namespace: true, type: 'knex' },
    Transaction: { type: 'transaction' },
    Client: { type: 'client' },
  },
  kinds: {
    knex: {
      limits: knexLimits,
      // `withUserParams` gives the same instance once more: lib/knex-builder/make-knex.js.
      members: { client: 'client', withUserParams: 'knex' },
      checkouts: {
        // lib/knex-builder/make-knex.js:145: without a function it resolves to the transaction. Not listed is
        // transactionProvider(): each call of what it returns gives the same transaction.
        transaction: {
          gives: 'transaction',
          result: 'promise',
          scopedByCallback: true,
          commonName: true,
          receiverNames: ['knex'],
        },
      },
      // A builder takes a connection per query: lib/execution/runner.js:311, 326.
      statements: ['raw'],
      // Listens to its connections: lib/dialects/postgres/index.js:84. `connectionPool`, from 3.3.0, stays open when it
      // is destroyed: lib/client.js:427-437.
      owns: { what: 'pool', end: ['destroy'], awaitEnd: true, borrows: ['connectionPool'] },
      lease: {
        giveBack: ['destroy'],
        awaitGiveBack: true,
        uses: ['raw', 'select', 'insert', 'transaction', 'migrate', 'seed', 'schema', 'from', 'table'],
        callable: true,
        second: 'ignored',
        dedicated: true,
      },
    },
    client: {
      checkouts: {
        // lib/client.js:460.
        acquireConnection: { gives: 'connection', result: 'promise', ownName: true },
      },
    },
    // A raw connection of the driver below; lib/client.js:505: the promise is already resolved.
    connection: { lease: { giveBack: [], giveBackThrough: ['releaseConnection'], uses: ['query'], second: 'ignored' } },
    transaction: {
      // Nested ones are savepoints on the same connection: lib/execution/transaction.js:328.
      members: { client: 'client', transaction: 'savepoint', savepoint: 'savepoint' },
      lease: {
        // A failing COMMIT frees the connection too, and commit() resolves even then (observed; the error goes to
        // `trx.executionPromise`): lib/execution/transaction.js:164-192, 263-276.
        giveBack: ['rollback', 'commit'],
        awaitGiveBack: true,
        uses: ['raw', 'select', 'insert', 'from', 'table', 'into', 'batchInsert', 'schema', 'savepoint', 'transaction'],
        callable: true,
        transaction: { begin: [], commit: ['commit'], rollback: ['rollback'] },
        // `knex('users').transacting(trx)`, objection's `Model.query(trx)`, `Model.bindTransaction(trx)`.
        lentTo: { callees: ['transacting', 'query', '$query', '$relatedQuery', 'relatedQuery', 'bindTransaction'] },
        // Resolves without effect (observed): lib/execution/transaction.js:164, 408.
        second: 'ignored',
      },
    },
    savepoint: {},
  },
};
