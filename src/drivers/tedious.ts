import type { Driver } from './driver.ts';

/** tedious: one socket to SQL Server, without a pool. Read in tedious 19.2.2. */
export const tedious: Driver = {
  name: 'tedious',
  modules: ['tedious'],
  exports: {
    default: { namespace: true },
    Connection: { new: 'connection', type: 'connection' },
  },
  kinds: {
    connection: {
      owns: {
        what: 'connection',
        end: ['close'],
        mustOpen: ['connect'],
        // lib/connection.js:869-874, 1423-1428.
        crashes: { when: 'a connection that breaks' },
      },
    },
  },
};
