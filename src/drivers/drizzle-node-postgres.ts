import type { Driver } from './driver.ts';
import { pg } from './pg.ts';
import { drizzlePgLimits } from './limits/drizzle.ts';

/** Drizzle over pg and its likes: `transaction(fn)` gives back by itself. Read in drizzle-orm 0.45.4. */
export const drizzleNodePostgres: Driver = {
  name: 'drizzle-orm/node-postgres',
  modules: ['drizzle-orm/node-postgres', 'drizzle-orm/neon-serverless', 'drizzle-orm/vercel-postgres'],
  exports: {
    drizzle: { call: 'database' },
    NodePgDatabase: { type: 'database' },
    NeonDatabase: { type: 'database' },
    VercelPgDatabase: { type: 'database' },
  },
  kinds: {
    ...pg.kinds,
    database: {
      limits: drizzlePgLimits,
      // The pool that was passed in or made from the URL: node-postgres/driver.d.ts:38. A single client passed in has
      // the same name, but then connect() hands nothing out that anybody would keep.
      members: { $client: 'pool' },
      // node-postgres/session.js: each runs on the pool.
      statements: ['execute'],
      // node-postgres/driver.js:59-75: a URL or `connection` makes a pool, which `$client.end()` ends.
      owns: {
        what: 'pool',
        end: [],
        borrows: ['argument 0', 'client'],
        // The pool it makes has no listener (observed).
        crashes: { when: 'an idle connection that breaks', on: '$client' },
      },
    },
  },
};
