import type { Driver } from './driver.ts';
import { postgres } from './postgres.ts';

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
    // postgres-js/driver.d.ts:23.
    database: { members: { $client: 'sql' }, statements: ['execute'] },
  },
};
