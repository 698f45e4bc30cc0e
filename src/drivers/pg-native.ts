import type { Driver } from './driver.ts';

/** libpq for node-postgres, used by itself. Read in pg-native 3.9.0. */
export const pgNative: Driver = {
  name: 'pg-native',
  modules: ['pg-native'],
  exports: {
    // `module.exports = Client`; called without `new` it makes one, too.
    default: { new: 'client', call: 'client', type: 'client' },
  },
  kinds: {
    client: {
      owns: {
        what: 'connection',
        end: ['end'],
        mustOpen: ['connect', 'connectSync'],
        // It reads the socket while a query runs only, so an idle one notices nothing: index.js:36-41; no `crashes`.
      },
    },
  },
};
