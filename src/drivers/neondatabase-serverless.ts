import type { Driver } from './driver.ts';
import { pg } from './pg.ts';

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
    // One HTTP request per query: nothing to hand out.
    http: {},
  },
};
