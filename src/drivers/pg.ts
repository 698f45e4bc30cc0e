import type { Driver } from './driver.ts';

/** node-postgres and its pool. Read in pg 8.23.1, pg-pool 3.14.0. */
export const pg: Driver = {
  name: 'pg',
  modules: ['pg', 'pg-pool'],
  exports: {
    // `import pg from 'pg'`, and `import Pool from 'pg-pool'` where the default is the class: pg-pool/index.js:61.
    default: { namespace: true, new: 'pool', type: 'pool' },
    native: { namespace: true },
    Pool: { new: 'pool', call: 'pool', type: 'pool' },
    Client: { new: 'client', type: 'client' },
    PoolClient: { type: 'poolClient' },
  },
  kinds: {
    pool: {
      checkouts: {
        // pg-pool/index.js:183: the callback's third argument is `release`; on error `client` is undefined.
        connect: { gives: 'poolClient', result: 'promise', callback: { error: 0, value: 1, done: 2 } },
      },
      statements: ['query'],
      lease: { giveBack: ['end'], awaitGiveBack: true, uses: ['query', 'connect'], second: 'throws', dedicated: true },
    },
    poolClient: {
      lease: {
        giveBack: ['release'],
        // A truthy argument closes the connection: pg-pool/index.js:392.
        discard: { method: 'release', withError: true },
        // Closes the socket, keeps the slot: the next connect() of a pool of one waits for ever.
        notGiveBack: ['end'],
        uses: ['query'],
        // Throws while idle; once another holder has the client it frees theirs: pg-pool/index.js:342-380.
        second: 'throws',
      },
    },
    client: {
      lease: {
        giveBack: ['end'],
        awaitGiveBack: true,
        uses: ['query', 'connect'],
        holdsFrom: ['connect'],
        second: 'ignored',
        dedicated: true,
      },
    },
  },
};
