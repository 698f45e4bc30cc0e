import type { Framework } from './framework.ts';

/** pg-boss. Read in pg-boss 10.4.2: types.d.ts:317-319. */
export const pgBoss: Framework = {
  name: 'pg-boss',
  modules: ['pg-boss'],
  calls: [{ what: 'job', names: ['work'], on: { made: ['default', 'PgBoss'], types: ['PgBoss'], names: ['boss'] } }],
};
