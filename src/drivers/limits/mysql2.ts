import type { LimitOption, Limits, Misread } from '../driver.ts';

// lib/base/connection.js:116-125: a timer only where truthy; Infinity is clamped by Node to one millisecond.
const connectTimeout: LimitOption = {
  option: 'connectTimeout',
  limits: ['connect'],
  unit: 'ms',
  default: 10_000,
  zero: 'unbounded',
  infinity: 'at once',
  url: ['connectTimeout'],
};

// lib/connection_config.js: a line on the console for each; a later version is to throw.
const unknown = (option: string, instead?: string): Misread => ({
  option,
  effect: 'logged',
  ...(instead && { instead }),
});
const misread: readonly Misread[] = [
  unknown('connectionTimeout', 'connectTimeout'),
  unknown('connectionTimeoutMillis', 'connectTimeout'),
  unknown('timeout'),
  unknown('queryTimeout'),
  unknown('statement_timeout'),
];

/** Pool options of mysql2 3.24.6. */
export const mysql2PoolOptions: readonly LimitOption[] = [
  {
    // lib/pool_config.js:17 turns all but NaN into a number, and lib/base/pool.js:86 never refuses at 0.
    option: 'connectionLimit',
    limits: ['max'],
    unit: 'count',
    default: 10,
    zero: 'unbounded',
    infinity: 'unbounded',
    text: 'read',
    word: 10,
    nan: 10,
    null: 'unbounded',
    undefined: 10,
    negative: 'none',
    url: ['connectionLimit'],
  },
  {
    option: 'maxIdle',
    limits: ['spare'],
    unit: 'count',
    default: 'max',
    zero: 0,
    url: ['maxIdle'],
    since: '3.1.0',
  },
  {
    // lib/base/pool.js:50: idle ones are looked for only where fewer may stay than may be open.
    option: 'idleTimeout',
    limits: ['idle'],
    unit: 'ms',
    default: 60_000,
    zero: 'at once',
    infinity: 'unbounded',
    nan: 60_000,
    url: ['idleTimeout'],
    needs: { option: 'maxIdle', is: 'below max' },
    since: '3.1.0',
  },
  {
    // lib/base/pool.js:112.
    option: 'queueLimit',
    limits: ['queue'],
    unit: 'count',
    default: 'unbounded',
    zero: 'unbounded',
    infinity: 'unbounded',
    text: 'read',
    nan: 'unbounded',
    null: 'unbounded',
    negative: 'none',
    url: ['queueLimit'],
  },
  connectTimeout,
];

/** mysql2 pools, of callbacks and of promises. Read in mysql2 3.24.6. */
export const mysql2PoolLimits: Limits = {
  urlIn: ['uri'],
  // lib/connection_config.js:80-86.
  under: 'uri',
  urlValues: 'parsed',
  options: mysql2PoolOptions,
  misread: [
    ...misread,
    unknown('max', 'connectionLimit'),
    unknown('min'),
    unknown('poolSize', 'connectionLimit'),
    unknown('maxConnections', 'connectionLimit'),
    unknown('connection_limit', 'connectionLimit'),
    unknown('acquireTimeout'),
    unknown('acquireTimeoutMillis'),
    unknown('idleTimeoutMillis', 'idleTimeout'),
    unknown('maxLifetime'),
    { option: 'pool.max', effect: 'ignored', instead: 'connectionLimit' },
    { option: 'connection_limit', in: 'url', effect: 'logged', instead: 'connectionLimit' },
  ],
  lacks: [
    { limit: 'acquire', instead: 'queueLimit' },
    { limit: 'query', perCall: 'timeout' },
    { limit: 'statement' },
    { limit: 'lifetime' },
  ],
};

export const mysql2ConnectionLimits: Limits = {
  urlIn: ['uri'],
  // lib/connection_config.js:80-86.
  under: 'uri',
  urlValues: 'parsed',
  options: [connectTimeout],
  misread,
  lacks: [{ limit: 'query', perCall: 'timeout' }, { limit: 'statement' }],
};
