import type { LimitOption, Limits, Misread } from '../driver.ts';

const options: readonly LimitOption[] = [
  {
    // client/socket.js:45, 291-294: `?? 5000`; socket.setTimeout(0) is none.
    option: 'socket.connectTimeout',
    limits: ['connect'],
    unit: 'ms',
    default: 5000,
    zero: 'unbounded',
    undefined: 5000,
    null: 5000,
  },
  {
    option: 'socket.socketTimeout',
    limits: ['socket'],
    unit: 'ms',
    default: 'unbounded',
    zero: 'unbounded',
    since: '5.0.0',
  },
  {
    // Until the command is written, not until its reply: client/commands-queue.js:428-431. 5 s from 6.0 on: defaults.js:5.
    option: 'commandOptions.timeout',
    limits: ['command'],
    unit: 'ms',
    default: 5000,
    zero: 'unbounded',
  },
  {
    option: 'commandsQueueMaxLength',
    limits: ['queue'],
    unit: 'count',
    default: 'unbounded',
    zero: 'unbounded',
  },
];

const misread: readonly Misread[] = [
  { option: 'connectTimeout', effect: 'ignored', instead: 'socket.connectTimeout' },
  { option: 'socketTimeout', effect: 'ignored', instead: 'socket.socketTimeout' },
  { option: 'commandTimeout', effect: 'ignored', instead: 'commandOptions.timeout' },
  { option: 'timeout', effect: 'ignored', instead: 'commandOptions.timeout' },
  { option: 'socket.timeout', effect: 'ignored', instead: 'socket.socketTimeout' },
];

/** createClient of node-redis. Read in redis 6.3.1, 5.12.1 and 4.7.1. */
export const redisClientLimits: Limits = {
  at: 0,
  options,
  misread: [
    ...misread,
    { option: 'max', effect: 'ignored' },
    { option: 'maximum', effect: 'ignored' },
    { option: 'pool', effect: 'ignored' },
  ],
};

/** createClientPool(client, pool): its second argument. Read in redis 6.3.1: client/pool.js:79-84. */
export const redisPoolLimits: Limits = {
  at: 1,
  options: [
    {
      // client/pool.js:307: only compared.
      option: 'maximum',
      limits: ['max'],
      unit: 'count',
      default: 100,
      zero: 1,
      infinity: 'unbounded',
      text: 'read',
    },
    { option: 'minimum', limits: ['min'], unit: 'count', default: 1 },
    {
      // client/pool.js:293.
      option: 'acquireTimeout',
      limits: ['acquire'],
      unit: 'ms',
      default: 3000,
      zero: 'unbounded',
      infinity: 'at once',
      negative: 'unbounded',
    },
    // client/pool.js:377-389: all idle ones above `minimum`, together.
    { option: 'cleanupDelay', limits: ['idle'], unit: 'ms', default: 3000 },
  ],
  misread: [
    { option: 'max', effect: 'ignored', instead: 'maximum' },
    { option: 'min', effect: 'ignored', instead: 'minimum' },
    { option: 'connectionLimit', effect: 'ignored', instead: 'maximum' },
    { option: 'acquireTimeoutMillis', effect: 'ignored', instead: 'acquireTimeout' },
    { option: 'idleTimeout', effect: 'ignored', instead: 'cleanupDelay' },
    { option: 'idleTimeoutMillis', effect: 'ignored', instead: 'cleanupDelay' },
  ],
  lacks: [{ limit: 'queue', instead: 'acquireTimeout' }, { limit: 'lifetime' }],
};
