import type { Driver, Kind } from './driver.ts';
import { ioredisClusterLimits, ioredisLimits } from './limits/ioredis.ts';

const client: Kind = {
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
};

// Those that change what every later command meets, and those that wait on the one connection.
const session = [
  'subscribe',
  'psubscribe',
  'ssubscribe',
  'monitor',
  'watch',
  'select',
  'auth',
  'blpop',
  'brpop',
  'brpoplpush',
  'blmove',
  'blmpop',
  'bzpopmin',
  'bzpopmax',
  'bzmpop',
  'xread',
  'xreadgroup',
];

// It connects by itself; connect() is for `lazyConnect`. An unheard `error` is only logged: built/Redis.js, silentEmit.
const owns = { end: ['quit', 'disconnect'], awaitEnd: true, open: ['connect'], session } as const;

/** ioredis: no pool, `connect()` is no checkout. Read in ioredis 6.0.0 and 5.11.1. */
export const ioredis: Driver = {
  name: 'ioredis',
  modules: ['ioredis'],
  exports: {
    // The class under several names, `Redis.Cluster` among them: built/index.js.
    default: { namespace: true, new: 'client', type: 'client' },
    Redis: { namespace: true, new: 'client', type: 'client' },
    Cluster: { new: 'cluster', type: 'cluster' },
  },
  kinds: {
    client: { ...client, limits: ioredisLimits, owns: { what: 'connection', ...owns, shared: true } },
    // A connection for each node, and one more to subscribe.
    cluster: { ...client, limits: ioredisClusterLimits, owns: { what: 'pool', ...owns } },
  },
};
