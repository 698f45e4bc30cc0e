import type { Driver } from './driver.ts';
import { sequelizeLimits } from './limits/sequelize.ts';

/** Sequelize 6. Read in sequelize 6.37.8; sequelize-typescript 2.1.6 extends its classes. */
export const sequelize: Driver = {
  name: 'sequelize',
  modules: ['sequelize', 'sequelize-typescript'],
  exports: {
    // One class under three names: lib/sequelize.js; `Sequelize.Transaction` and others hang on it.
    default: { namespace: true, new: 'sequelize', type: 'sequelize' },
    Sequelize: { namespace: true, new: 'sequelize', type: 'sequelize' },
    Transaction: { type: 'transaction' },
    // A model class reaches its instance as a static: lib/model.js.
    Model: { is: 'model', type: 'model' },
    ModelStatic: { type: 'model' },
    ModelCtor: { type: 'model' },
  },
  kinds: {
    sequelize: {
      limits: sequelizeLimits,
      members: { connectionManager: 'connectionManager', define: 'model', model: 'model' },
      checkouts: {
        // lib/sequelize.js:493: unmanaged without a function; the connection is taken before it resolves.
        transaction: {
          gives: 'transaction',
          result: 'promise',
          scopedByCallback: true,
          commonName: true,
          // `User.sequelize`, `db.sequelize`: how it is reached from nearly everywhere.
          receiverNames: ['sequelize'],
        },
      },
      statements: ['query'],
      // Opens with the first query; authenticate() only tries one.
      owns: { what: 'pool', end: ['close'], awaitEnd: true },
      lease: {
        giveBack: ['close'],
        awaitGiveBack: true,
        uses: ['query', 'transaction', 'authenticate', 'sync', 'define', 'model'],
        second: 'ignored',
        dedicated: true,
      },
    },
    model: { members: { sequelize: 'sequelize' } },
    connectionManager: {
      checkouts: {
        // lib/dialects/abstract/connection-manager.js:168.
        getConnection: { gives: 'connection', result: 'promise' },
      },
    },
    // lib/dialects/abstract/connection-manager.js:212: not a promise; a second one is only logged: sequelize-pool 7.1.0
    // lib/Pool.js:203.
    connection: {
      lease: { giveBack: [], giveBackThrough: ['releaseConnection'], uses: ['query', 'execute'], second: 'ignored' },
    },
    transaction: {
      lease: {
        // A failing commit or rollback kills the connection and so frees the slot: lib/transaction.js:39-72.
        giveBack: ['rollback', 'commit'],
        awaitGiveBack: true,
        uses: ['afterCommit'],
        transaction: { begin: [], commit: ['commit'], rollback: ['rollback'] },
        // `User.create(values, { transaction })`.
        lentTo: { properties: ['transaction'] },
        // "has been finished with state": lib/transaction.js:41, 60.
        second: 'throws',
      },
    },
  },
};
