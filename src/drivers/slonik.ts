import type { Driver } from './driver.ts';
import { slonikLimits } from './limits/slonik.ts';

/** slonik hands nothing out: every form takes a function. Read in slonik 49.10.9 and 47.3.2. */
export const slonik: Driver = {
  name: 'slonik',
  modules: ['slonik'],
  exports: {
    createPool: { call: 'pool' },
    DatabasePool: { type: 'pool' },
    CommonQueryMethods: { type: 'connection' },
    DatabasePoolConnection: { type: 'connection' },
    DatabaseTransactionConnection: { type: 'connection' },
  },
  kinds: {
    pool: {
      limits: slonikLimits,
      // connect(fn), transaction(fn) and these give back by themselves: factories/createPool.js, types.d.ts.
      statements: [
        'query',
        'any',
        'anyFirst',
        'many',
        'manyFirst',
        'maybeOne',
        'maybeOneFirst',
        'one',
        'oneFirst',
        'exists',
      ],
      owns: { what: 'pool', end: ['end'], awaitEnd: true },
      lease: {
        giveBack: ['end'],
        awaitGiveBack: true,
        uses: ['query', 'any', 'many', 'one', 'maybeOne', 'connect', 'transaction', 'stream'],
        second: 'ignored',
        dedicated: true,
      },
    },
    connection: {},
  },
};
