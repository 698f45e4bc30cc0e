import type { Driver } from './driver.ts';
import { genericPoolLimits } from './limits/generic-pool.ts';

/** generic-pool. Read in generic-pool 3.9.0, @types/generic-pool 3.8.3. */
export const genericPool: Driver = {
  name: 'generic-pool',
  modules: ['generic-pool'],
  exports: {
    default: { namespace: true },
    createPool: { call: 'pool' },
    Pool: { type: 'pool' },
  },
  kinds: {
    pool: {
      limits: genericPoolLimits,
      checkouts: {
        // lib/Pool.js:440: acquire(priority?). use(fn) gives back by itself: :478-491.
        acquire: { gives: 'resource', result: 'promise', commonName: true },
      },
      // Its errors go to factoryCreateError; nothing emits `error`: lib/Pool.js.
      owns: { what: 'pool', end: ['drain', 'clear'], awaitEnd: true },
      lease: {
        // drain() waits for what is out, clear() closes what is idle.
        giveBack: ['drain', 'clear'],
        awaitGiveBack: true,
        uses: ['acquire', 'use', 'release', 'destroy'],
        second: 'ignored',
        dedicated: true,
      },
    },
    resource: {
      lease: {
        giveBack: [],
        giveBackThrough: ['release', 'destroy'],
        awaitGiveBack: true,
        // Whatever the factory made.
        uses: [],
        // Rejects "Resource not currently part of this pool": lib/Pool.js:518, 548.
        second: 'throws',
      },
    },
  },
};
