import type { Driver } from './driver.ts';
import { sequelizeCoreLimits } from './limits/sequelize.ts';

/** Sequelize 7. Read in @sequelize/core 7.0.0-alpha.48. */
export const sequelizeCore: Driver = {
  name: '@sequelize/core',
  modules: ['@sequelize/core'],
  exports: {
    Sequelize: { new: 'sequelize', type: 'sequelize' },
    Transaction: { type: 'transaction' },
    Model: { is: 'model', type: 'model' },
    ModelStatic: { type: 'model' },
  },
  kinds: {
    sequelize: {
      limits: sequelizeCoreLimits,
      members: { pool: 'pool', define: 'model' },
      checkouts: {
        // lib/sequelize-typescript.js:658. `transaction(fn)` and `withConnection(fn)` give back by themselves;
        // without a function transaction() throws: :594.
        startUnmanagedTransaction: { gives: 'transaction', result: 'promise' },
      },
      statements: ['query'],
      owns: { what: 'pool', end: ['close'], awaitEnd: true },
      lease: {
        giveBack: ['close'],
        awaitGiveBack: true,
        uses: ['query', 'transaction', 'authenticate', 'sync', 'define', 'withConnection'],
        second: 'ignored',
        dedicated: true,
      },
    },
    model: { members: { sequelize: 'sequelize' } },
    pool: {
      checkouts: {
        // lib/abstract-dialect/replication-pool.js:97.
        acquire: { gives: 'connection', result: 'promise', commonName: true },
      },
    },
    // lib/abstract-dialect/replication-pool.js:118-131; a second one is only logged by sequelize-pool.
    connection: {
      lease: {
        giveBack: [],
        giveBackThrough: ['release', 'destroy'],
        uses: ['query', 'execute'],
        second: 'ignored',
      },
    },
    transaction: {
      lease: {
        giveBack: ['rollback', 'commit'],
        awaitGiveBack: true,
        uses: ['afterCommit', 'afterRollback', 'afterTransaction'],
        transaction: { begin: [], commit: ['commit'], rollback: ['rollback'] },
        // `User.create(values, { transaction })`.
        lentTo: { properties: ['transaction'] },
        // "has been finished with state": lib/transaction.js.
        second: 'throws',
      },
    },
  },
};
