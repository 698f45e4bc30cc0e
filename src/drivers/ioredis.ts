import type { Driver } from './driver.ts';

/** ioredis: no pool, `connect()` is no checkout. Read in ioredis 6.0.0 and 5.11.1. */
export const ioredis: Driver = {
  name: 'ioredis',
  modules: ['ioredis'],
  exports: {
    // The class under several names, `Redis.Cluster` among them: built/index.js.
    default: { namespace: true, new: 'client', type: 'client' },
    Redis: { namespace: true, new: 'client', type: 'client' },
    Cluster: { new: 'client', type: 'client' },
  },
  kinds: {
    client: {
      checkouts: {
        // A connection of its own.
        duplicate: { gives: 'client', result: 'value', commonName: true },
      },
      lease: {
        giveBack: ['quit', 'disconnect'],
        awaitGiveBack: true,
        uses: ['get', 'set', 'del', 'multi', 'pipeline', 'subscribe', 'publish', 'connect', 'call', 'expire'],
        second: 'ignored',
        dedicated: true,
      },
    },
  },
};
