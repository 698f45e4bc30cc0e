import type { Driver } from './driver.ts';
import { mysql2 } from './mysql2.ts';
import { drizzleMysql2Limits } from './limits/drizzle.ts';

/** Drizzle over mysql2: `transaction(fn)` gives back by itself. Read in drizzle-orm 0.45.4. */
export const drizzleMysql2: Driver = {
  name: 'drizzle-orm/mysql2',
  modules: ['drizzle-orm/mysql2'],
  exports: {
    drizzle: { call: 'database' },
    MySql2Database: { type: 'database' },
  },
  kinds: {
    ...mysql2.kinds,
    database: {
      limits: drizzleMysql2Limits,
      // What was passed in, or the callback pool made from the URL: mysql2/driver.d.ts:49, driver.js:62.
      members: { $client: 'pool' },
      statements: ['execute'],
      // mysql2/driver.js:72-91: a URL or `connection` makes a pool, which `$client.end()` ends.
      owns: { what: 'pool', end: [], borrows: ['argument 0', 'client'] },
    },
  },
};
