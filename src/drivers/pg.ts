import type { Driver } from './driver.ts';
import { pgClientLimits, pgPoolLimits } from './limits/pg.ts';

/** node-postgres. Read in pg 8.23.1, pg-pool 3.14.0, @types/pg 8.23.1. */
export const pg: Driver = {
  name: 'pg',
  modules: ['pg'],
  exports: {
    // The default import is the object that `require` gives: pg/esm/index.mjs; the only one before 8.15.
    default: { namespace: true },
    // Not an ESM name; `pg.native` is null without pg-native: pg/lib/index.js:50.
    native: { namespace: true },
    // A class made from pg-pool's, for this client: pg/lib/index.js:13-25.
    Pool: { new: 'pool', type: 'pool' },
    Client: { new: 'client', type: 'client' },
    PoolClient: { type: 'poolClient' },
  },
  kinds: {
    pool: {
      limits: pgPoolLimits,
      checkouts: {
        // pg-pool/index.js:183: the callback's third argument is `release`; on error `client` is undefined.
        connect: { gives: 'poolClient', result: 'promise', callback: { error: 0, value: 1, done: 2 } },
      },
      statements: ['query'],
      // pg-pool/index.js:52-62: an idle client's `error` goes to the pool; a held one has no listener: :344.
      owns: {
        what: 'pool',
        end: ['end'],
        awaitEnd: true,
        crashes: { when: 'an idle connection that breaks', held: 'poolClient' },
      },
      // A second end() rejects: pg-pool/index.js:491.
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
        // drizzle-orm 0.45.4 wraps a client and never releases it: node-postgres/driver.js.
        lentTo: { callees: ['drizzle'] },
        // Throws while idle; once another holder has the client it frees theirs: pg-pool/index.js:342-380.
        second: 'throws',
      },
    },
    client: {
      limits: pgClientLimits,
      owns: {
        what: 'connection',
        end: ['end'],
        awaitEnd: true,
        open: ['connect'],
        // pg/lib/client.js:417-423: also when a query takes the error as well.
        crashes: { when: 'a connection that breaks' },
        pooled: { maker: 'Pool', new: true, checkout: 'connect', giveBack: 'release', statements: ['query'] },
      },
      lease: {
        giveBack: ['end'],
        awaitGiveBack: true,
        uses: ['query', 'connect'],
        lentTo: { callees: ['drizzle'] },
        holdsFrom: ['connect'],
        // pg/lib/client.js:772.
        second: 'ignored',
        dedicated: true,
      },
    },
  },
};
