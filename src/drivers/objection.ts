import type { Driver } from './driver.ts';
import { knex } from './knex.ts';

/** Objection: transactions of knex. Read in objection 3.1.5. */
export const objection: Driver = {
  name: 'objection',
  modules: ['objection'],
  exports: {
    // Named exports only; the methods of `Model` are statics.
    Model: { is: 'model', type: 'model' },
    transaction: { is: 'starter' },
    Transaction: { type: 'transaction' },
    TransactionOrKnex: { type: 'knex' },
  },
  kinds: {
    ...knex.kinds,
    model: {
      members: { knex: 'knex', bindKnex: 'model', bindTransaction: 'model' },
      checkouts: {
        // lib/model/Model.js:532; `Model.transaction(fn)` gives back by itself. Nothing commits here by itself, as
        // the transaction leaves knex's function: lib/transaction.js:64-88.
        startTransaction: { gives: 'transaction', result: 'promise', commonName: true },
      },
    },
    // `transaction(Model, …, fn)` gives back by itself.
    starter: {
      checkouts: { start: { gives: 'transaction', result: 'promise', commonName: true } },
    },
  },
};
