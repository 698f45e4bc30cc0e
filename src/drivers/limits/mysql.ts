import type { LimitOption, Limits } from '../driver.ts';

const connectTimeout: LimitOption = {
  // lib/Connection.js:103: given to socket.setTimeout, which refuses Infinity.
  option: 'connectTimeout',
  limits: ['connect'],
  unit: 'ms',
  default: 10_000,
  zero: 'unbounded',
  infinity: 'throws',
  url: ['connectTimeout'],
};

/** mysql pools. Read in mysql 2.18.1. */
export const mysqlPoolLimits: Limits = {
  urlValues: 'parsed',
  options: [
    {
      // lib/PoolConfig.js:16, Pool.js:45: `Number(…)`, and 0 never refuses.
      option: 'connectionLimit',
      limits: ['max'],
      unit: 'count',
      default: 10,
      zero: 'unbounded',
      infinity: 'unbounded',
      text: 'read',
      word: 'none',
      nan: 'none',
      null: 'unbounded',
      undefined: 10,
      negative: 'none',
      url: ['connectionLimit'],
    },
    {
      // lib/Pool.js:193.
      option: 'queueLimit',
      limits: ['queue'],
      unit: 'count',
      default: 'unbounded',
      zero: 'unbounded',
      infinity: 'unbounded',
      text: 'read',
      null: 'unbounded',
      url: ['queueLimit'],
    },
    connectTimeout,
    {
      // lib/Pool.js:48, 119: bounds opening and pinging a connection, not the wait for one.
      option: 'acquireTimeout',
      limits: ['connect'],
      unit: 'ms',
      default: 10_000,
      url: ['acquireTimeout'],
      smallest: true,
    },
  ],
  misread: [
    { option: 'max', effect: 'ignored', instead: 'connectionLimit' },
    { option: 'poolSize', effect: 'ignored', instead: 'connectionLimit' },
    { option: 'min', effect: 'ignored' },
    { option: 'idleTimeout', effect: 'ignored' },
    { option: 'idleTimeoutMillis', effect: 'ignored' },
    { option: 'maxIdle', effect: 'ignored' },
  ],
  lacks: [
    { limit: 'acquire', instead: 'queueLimit' },
    { limit: 'idle' },
    { limit: 'query', perCall: 'timeout' },
    { limit: 'statement' },
    { limit: 'lifetime' },
  ],
};

export const mysqlConnectionLimits: Limits = { urlValues: 'parsed', options: [connectTimeout] };
