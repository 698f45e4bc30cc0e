import type { Driver } from './driver.ts';
import { postgresLimits } from './limits/postgres.ts';

/** postgres.js. Read in postgres 3.4.9. */
export const postgres: Driver = {
  name: 'postgres',
  modules: ['postgres'],
  exports: {
    // Default only; the namespace is that of the types (`postgres.Sql`).
    default: { namespace: true, call: 'sql' },
    Sql: { type: 'sql' },
    ReservedSql: { type: 'reserved' },
    TransactionSql: { type: 'transaction' },
  },
  kinds: {
    sql: {
      limits: postgresLimits,
      checkouts: {
        // src/index.js:203, since 3.4.0. begin(fn) gives back by itself.
        reserve: { gives: 'reserved', result: 'promise' },
      },
      // A BEGIN through the tag is refused (UNSAFE_TRANSACTION): src/connection.js.
      statements: ['unsafe'],
      // Nothing emits `error`; a lost connection is opened again: src/connection.js.
      owns: { what: 'pool', end: ['end', 'close'], awaitEnd: true },
      lease: {
        // `close` ends at once: src/index.js:80; a second end() gives the first one's promise: :365.
        giveBack: ['end', 'close'],
        awaitGiveBack: true,
        uses: ['unsafe', 'begin', 'reserve', 'listen', 'subscribe', 'notify', 'file'],
        callable: true,
        second: 'ignored',
        dedicated: true,
      },
    },
    reserved: {
      lease: {
        giveBack: ['release'],
        uses: ['unsafe', 'file', 'notify'],
        callable: true,
        lentTo: { callees: ['drizzle'] },
        // No effect while idle; once another holder has it, a third reserve() gets the same: src/index.js:220.
        second: 'breaks',
      },
    },
    transaction: {},
  },
};
