import type { Driver, Kind } from './driver.ts';
import { redisClientLimits, redisPoolLimits } from './limits/redis.ts';

const client: Kind = {
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
};

const owns = {
  end: ['close', 'destroy', 'quit', 'disconnect'],
  awaitEnd: true,
  // "Socket already opened" the second time.
  mustOpen: ['connect'],
  // Those that change what every later command meets, and those that wait on the one connection.
  session: [
    'subscribe',
    'pSubscribe',
    'sSubscribe',
    'monitor',
    'watch',
    'select',
    'auth',
    'blPop',
    'brPop',
    'brPopLPush',
    'blMove',
    'blmPop',
    'bzPopMin',
    'bzPopMax',
    'bzmPop',
    'xRead',
    'xReadGroup',
  ],
} as const;

/** node-redis: its pool hands nothing out. Read in redis 6.3.1, 5.12.1 and 4.7.1. */
export const redis: Driver = {
  name: 'redis',
  modules: ['redis', '@redis/client'],
  exports: {
    default: { namespace: true },
    createClient: { call: 'client' },
    // From 5.0 on: client/pool.js.
    createClientPool: { call: 'pool' },
    createCluster: { call: 'cluster' },
    createSentinel: { call: 'cluster' },
    RedisClientType: { type: 'client' },
    RedisClusterType: { type: 'cluster' },
    RedisSentinelType: { type: 'cluster' },
    RedisClientPoolType: { type: 'pool' },
  },
  kinds: {
    pool: {
      limits: redisPoolLimits,
      // Opens the pool and resolves to it: no checkout. execute(fn) gives back by itself: client/pool.js:284-358.
      members: { connect: 'pool' },
      owns: {
        what: 'pool',
        end: ['close', 'destroy'],
        awaitEnd: true,
        mustOpen: ['connect'],
        // Hands on what its members emit: client/pool.js:260.
        crashes: { when: 'a connection that breaks' },
      },
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
      ...client,
      limits: redisClientLimits,
      // Opens the client and resolves to it: no checkout.
      members: { connect: 'client', createPool: 'pool' },
      builds: ['createPool'],
      owns: {
        what: 'connection',
        ...owns,
        shared: true,
        // Once connected; before that connect() rejects (observed in 4, 5 and 6): client/index.js:634-638.
        crashes: { when: 'a connection that breaks' },
      },
    },
    // A connection for each node; what those emit becomes `node-error`: cluster/cluster-slots.js:567.
    cluster: { ...client, members: { connect: 'cluster' }, owns: { what: 'pool', ...owns } },
  },
};
