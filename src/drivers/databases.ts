import type { Driver } from './driver.ts';

/** @databases hands nothing out: task(fn) and tx(fn) take a function. Read in @databases/pg 6.1.0, mysql 7.1.0. */
export const databases: Driver = {
  name: '@databases',
  modules: ['@databases/pg', '@databases/mysql'],
  exports: {
    // lib/index.d.ts of both: `createConnectionPool`.
    default: { call: 'pool' },
    ConnectionPool: { type: 'pool' },
    Connection: { type: 'connection' },
    Transaction: { type: 'connection' },
    Queryable: { type: 'connection' },
  },
  kinds: {
    pool: {
      statements: ['query'],
      owns: { what: 'pool', end: ['dispose'], awaitEnd: true },
      lease: {
        giveBack: ['dispose'],
        awaitGiveBack: true,
        uses: ['query', 'task', 'tx', 'queryStream', 'queryNodeStream'],
        second: 'ignored',
        dedicated: true,
      },
    },
    connection: {},
  },
};
