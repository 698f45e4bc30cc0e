import type { Limits } from '../driver.ts';

/** ioredis: one connection, no pool. Read in ioredis 6.0.0: built/redis/RedisOptions.js, built/Redis.js. */
export const ioredisLimits: Limits = {
  urlValues: 'text',
  // built/Redis.js parseOptions: each argument by its type; a URL or port, or port and host.
  behind: [1, 2],
  options: [
    {
      // built/Redis.js:183-207, socket.setTimeout: Infinity and text are refused there.
      option: 'connectTimeout',
      limits: ['connect'],
      unit: 'ms',
      default: 10_000,
      zero: 'unbounded',
      text: 'throws',
      url: ['connectTimeout'],
      urlWins: true,
    },
    {
      // built/Redis.js:368: anything but a number is passed over, so text of the URL too.
      option: 'commandTimeout',
      limits: ['command'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'at once',
      infinity: 'at once',
      text: 'ignored',
      null: 'unbounded',
      nan: 'at once',
      url: ['commandTimeout'],
      urlWins: true,
    },
    {
      // built/Redis.js:510-518.
      option: 'socketTimeout',
      limits: ['socket'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      url: ['socketTimeout'],
      urlWins: true,
    },
  ],
  misread: [
    { option: 'max', effect: 'ignored' },
    { option: 'pool', effect: 'ignored' },
    { option: 'poolSize', effect: 'ignored' },
    { option: 'timeout', effect: 'ignored', instead: 'commandTimeout' },
    { option: 'connectionTimeout', effect: 'ignored', instead: 'connectTimeout' },
    { option: 'connectTimeoutMillis', effect: 'ignored', instead: 'connectTimeout' },
    { option: 'socket.connectTimeout', effect: 'ignored', instead: 'connectTimeout' },
    { option: 'queueLimit', effect: 'ignored' },
  ],
  lacks: [{ limit: 'queue', instead: 'enableOfflineQueue' }],
};

/** A cluster's options for each node stand in `redisOptions`. */
export const ioredisClusterLimits: Limits = {
  at: 1,
  options: ioredisLimits.options.map((each) => ({ ...each, option: `redisOptions.${each.option}`, url: [] })),
  misread: [
    { option: 'connectTimeout', effect: 'ignored', instead: 'redisOptions.connectTimeout' },
    { option: 'commandTimeout', effect: 'ignored', instead: 'redisOptions.commandTimeout' },
    { option: 'socketTimeout', effect: 'ignored', instead: 'redisOptions.socketTimeout' },
  ],
};
