import type { Driver, Kind } from './driver.ts';
import { pg } from './pg.ts';

const pool: Kind = pg.kinds['pool'] ?? {};
// With it pool.query() is an HTTP request, and no connection is ever idle: serverless index.js.
const crashes = { ...pool.owns?.crashes, when: pool.owns?.crashes?.when ?? '', unless: 'poolQueryViaFetch = true' };

/** Neon over WebSocket (a bundled pg and pg-pool) and HTTP. Read in @neondatabase/serverless 1.2.0. */
export const neonServerless: Driver = {
  name: '@neondatabase/serverless',
  modules: ['@neondatabase/serverless'],
  exports: {
    // Named exports only: index.d.ts.
    Pool: { new: 'pool', type: 'pool' },
    Client: { new: 'client', type: 'client' },
    PoolClient: { type: 'poolClient' },
    neon: { call: 'http' },
    NeonQueryFunction: { type: 'http' },
  },
  kinds: {
    ...pg.kinds,
    pool: { ...pool, owns: pool.owns && { ...pool.owns, crashes } },
    // One HTTP request per query: nothing to hand out.
    http: {},
  },
};
