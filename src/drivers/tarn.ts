import type { Driver } from './driver.ts';
import { tarnLimits } from './limits/tarn.ts';

/** tarn, the pool inside knex and mssql. Read in tarn 3.1.2. */
export const tarn: Driver = {
  name: 'tarn',
  modules: ['tarn'],
  exports: {
    default: { namespace: true },
    Pool: { new: 'pool', type: 'pool' },
  },
  kinds: {
    pool: {
      limits: tarnLimits,
      checkouts: {
        // Gives a PendingOperation, whose `promise` resolves to the resource: dist/Pool.d.ts:50.
        acquire: { gives: 'resource', result: 'promise', promiseIn: 'promise', commonName: true },
      },
      owns: { what: 'pool', end: ['destroy'], awaitEnd: true },
      lease: {
        giveBack: ['destroy'],
        awaitGiveBack: true,
        uses: ['acquire', 'release', 'check'],
        second: 'ignored',
        dedicated: true,
      },
    },
    // Whatever the user's `create` made. release() returns a boolean, false the second time: dist/Pool.js:132-144.
    resource: { lease: { giveBack: [], giveBackThrough: ['release'], uses: [], second: 'ignored' } },
  },
};
