import type { Driver } from './driver.ts';

/** node-redis: its pool hands nothing out. Read in redis 6.3.1, 5.12.1 and 4.7.1. */
export const redis: Driver = {
  name: 'redis',
  modules: ['redis', '@redis/client'],
  exports: {
    default: { namespace: true },
    createClient: { call: 'client' },
    // From 5.0 on: client/pool.js.
    createClientPool: { call: 'pool' },
    createCluster: { call: 'client' },
    createSentinel: { call: 'client' },
    RedisClientType: { type: 'client' },
    RedisClusterType: { type: 'client' },
    RedisSentinelType: { type: 'client' },
    RedisClientPoolType: { type: 'pool' },
  },
  kinds: {
    pool: {
      // Opens the pool and resolves to it: no checkout. execute(fn) gives back by itself: client/pool.js:284-358.
      members: { connect: 'pool' },
      lease: {
        giveBack: ['close', 'destroy'],
        awaitGiveBack: true,
        uses: ['execute', 'multi', 'sendCommand'],
        holdsFrom: ['connect'],
        // client/pool.js:400.
        second: 'ignored',
        dedicated: true,
      },
    },
    client: {
      // Opens the client and resolves to it: no checkout.
      members: { connect: 'client', createPool: 'pool' },
      checkouts: {
        // A connection of its own.
        duplicate: { gives: 'client', result: 'value', commonName: true },
      },
      lease: {
        // quit() and disconnect() are the names of 4.x, kept as deprecated.
        giveBack: ['close', 'destroy', 'quit', 'disconnect'],
        awaitGiveBack: true,
        uses: ['get', 'set', 'del', 'multi', 'sendCommand', 'subscribe', 'publish', 'hGet', 'hSet', 'expire'],
        holdsFrom: ['connect'],
        // ClientClosedError.
        second: 'throws',
        dedicated: true,
      },
    },
  },
};
