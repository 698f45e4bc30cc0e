import type { Driver } from './driver.ts';
import { pg } from './pg.ts';
import { pgPoolLimits } from './limits/pg.ts';

// typescript/pg-promise.d.ts:359-445: each takes and gives back a connection when called on the database.
const statements = [
  'query',
  'none',
  'one',
  'oneOrNone',
  'many',
  'manyOrNone',
  'any',
  'result',
  'multi',
  'multiResult',
  'func',
  'proc',
  'map',
  'each',
  'stream',
];

/** pg-promise over its own pg pool. Read in pg-promise 12.7.1. */
export const pgPromise: Driver = {
  name: 'pg-promise',
  modules: ['pg-promise'],
  exports: {
    // A function; the namespace is that of the types (`pgPromise.IDatabase`).
    default: { namespace: true, call: 'initialized' },
    IMain: { type: 'initialized' },
    IDatabase: { type: 'database' },
    IConnected: { type: 'connected' },
    ITask: { type: 'task' },
  },
  kinds: {
    ...pg.kinds,
    // `pgPromise(options)` gives `pgp`, and `pgp(connection)` the database with its pool: lib/main.js.
    initialized: { call: 'database' },
    database: {
      // `pgp(connection)`: pg's own options, or a URL.
      // lib/database.js:125.
      limits: { ...pgPoolLimits, at: 0, under: 'connectionString' },
      members: { $pool: 'pool' },
      checkouts: {
        // lib/database.js:255. With `{ direct: true }` a connection of its own, which wants done() as well.
        // task(), taskIf(), tx() and txIf() give back by themselves.
        connect: { gives: 'connected', result: 'promise' },
      },
      statements,
      // Listens to its pool and to held clients by itself (observed). `$pool.end()`, or `pgp.end()` for all of them.
      owns: { what: 'pool', end: [] },
    },
    connected: {
      lease: {
        // done(true) closes the connection; done() of a direct one returns a promise: typescript/pg-promise.d.ts:459.
        giveBack: ['done'],
        uses: [...statements, 'task', 'taskIf', 'tx', 'txIf', 'batch', 'page', 'sequence', 'client'],
        // lib/database.js:255: "Querying against a released or lost connection".
        second: 'throws',
      },
    },
    task: {},
  },
};
