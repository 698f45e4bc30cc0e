import type { Driver } from './driver.ts';
import { pg } from './pg.ts';

/** The pool of node-postgres, imported by itself. Read in pg-pool 3.14.0, @types/pg-pool 2.0.7. */
export const pgPool: Driver = {
  name: 'pg-pool',
  modules: ['pg-pool'],
  exports: {
    // `module.exports = Pool`, no named exports; the types put the interfaces into a namespace of that name.
    default: { new: 'pool', type: 'pool' },
  },
  kinds: pg.kinds,
};
