import type { Driver } from './driver.ts';
import { postgres } from './postgres.ts';
import { drizzlePostgresLimits } from './limits/drizzle.ts';

/** Drizzle over postgres.js: `transaction(fn)` gives back by itself. Read in drizzle-orm 0.45.4. */
export const drizzlePostgresJs: Driver = {
  name: 'drizzle-orm/postgres-js',
  modules: ['drizzle-orm/postgres-js'],
  exports: {
    drizzle: { call: 'database' },
    PostgresJsDatabase: { type: 'database' },
  },
  kinds: {
    ...postgres.kinds,
    database: {
      limits: drizzlePostgresLimits,
      // postgres-js/driver.d.ts:23.
      members: { $client: 'sql' },
      statements: ['execute'],
      // postgres-js/driver.js:51-68: a URL or `connection` makes a pool, which `$client.end()` ends.
      owns: { what: 'pool', end: [], borrows: ['argument 0', 'client'] },
    },
  },
};
