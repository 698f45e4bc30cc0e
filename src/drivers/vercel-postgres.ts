import type { Driver } from './driver.ts';
import { pgClientLimits, pgPoolLimits } from './limits/pg.ts';

/** Vercel Postgres, a neon pool inside. Read in @vercel/postgres 0.10.0. */
export const vercelPostgres: Driver = {
  name: '@vercel/postgres',
  modules: ['@vercel/postgres'],
  exports: {
    // One lazy pool for the process under both names: dist/index-node.js.
    sql: { is: 'pool' },
    db: { is: 'pool' },
    createPool: { call: 'pool' },
    createClient: { call: 'client' },
    // dist/index.d.ts:12-55.
    VercelPool: { new: 'pool', type: 'pool' },
    VercelClient: { new: 'client', type: 'client' },
    VercelPoolClient: { type: 'poolClient' },
  },
  kinds: {
    pool: {
      limits: pgPoolLimits,
      checkouts: {
        // dist/index.d.ts:54-55.
        connect: { gives: 'poolClient', result: 'promise', callback: { error: 0, value: 1, done: 2 } },
      },
      // The tag goes over HTTP and takes no connection.
      statements: ['query', 'sql'],
      // Neon's pool inside, so pg-pool's: dist/index-node.js.
      owns: {
        what: 'pool',
        end: ['end'],
        awaitEnd: true,
        crashes: { when: 'an idle connection that breaks', held: 'poolClient' },
      },
      lease: {
        giveBack: ['end'],
        awaitGiveBack: true,
        uses: ['query', 'sql', 'connect'],
        callable: true,
        second: 'throws',
        dedicated: true,
      },
    },
    poolClient: {
      lease: {
        giveBack: ['release'],
        discard: { method: 'release', withError: true },
        notGiveBack: ['end'],
        // client.sql`…` is a statement on this connection: dist/index.d.ts:9.
        uses: ['query', 'sql'],
        lentTo: { callees: ['drizzle'] },
        second: 'throws',
      },
    },
    client: {
      limits: pgClientLimits,
      // No `pooled`: createPool() refuses the address that createClient() wants: dist/index-node.js.
      owns: {
        what: 'connection',
        end: ['end'],
        awaitEnd: true,
        open: ['connect'],
        crashes: { when: 'a connection that breaks' },
      },
      lease: {
        giveBack: ['end'],
        awaitGiveBack: true,
        uses: ['query', 'sql', 'connect'],
        lentTo: { callees: ['drizzle'] },
        holdsFrom: ['connect'],
        second: 'ignored',
        dedicated: true,
      },
    },
  },
};
