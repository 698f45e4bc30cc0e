import type { Driver } from './driver.ts';

/** memcached: a few sockets for each server. Read in memcached 2.2.2. */
export const memcached: Driver = {
  name: 'memcached',
  modules: ['memcached'],
  exports: {
    // `module.exports = Client`.
    default: { new: 'client', type: 'client' },
  },
  kinds: {
    // Its trouble is the event `issue`, which nobody must hear: lib/memcached.js:394.
    client: { owns: { what: 'pool', end: ['end'] } },
  },
};
