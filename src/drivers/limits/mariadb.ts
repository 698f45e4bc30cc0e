import type { LimitOption, Limits } from '../driver.ts';

const connection: readonly LimitOption[] = [
  // lib/config/connection-options.js; pools lower it to `acquireTimeout`.
  { option: 'connectTimeout', limits: ['connect'], unit: 'ms', default: 1000, url: ['connectTimeout'] },
  {
    // lib/connection.js:1174-1200: max_statement_time, which a MySQL server does not know.
    option: 'queryTimeout',
    limits: ['statement'],
    unit: 'ms',
    default: 'unbounded',
    zero: 'unbounded',
    url: ['queryTimeout'],
  },
  {
    option: 'socketTimeout',
    limits: ['socket'],
    unit: 'ms',
    default: 'unbounded',
    zero: 'unbounded',
    url: ['socketTimeout'],
  },
];

/** mariadb pools. Read in mariadb 3.5.4: lib/config/pool-options.js:28-51, lib/pool.js. */
export const mariadbPoolLimits: Limits = {
  urlValues: 'text',
  options: [
    {
      option: 'connectionLimit',
      limits: ['max'],
      unit: 'count',
      default: 10,
      zero: 'none',
      infinity: 'unbounded',
      text: 'read',
      word: 'none',
      nan: 'none',
      null: 'none',
      undefined: 10,
      negative: 'none',
      url: ['connectionLimit'],
    },
    {
      // Opens that many at once.
      option: 'minimumIdle',
      limits: ['min'],
      unit: 'count',
      default: 'max',
      zero: 0,
      url: ['minimumIdle'],
    },
    {
      option: 'acquireTimeout',
      limits: ['acquire'],
      unit: 'ms',
      default: 10_000,
      zero: 'at once',
      infinity: 'unbounded',
      text: 'read',
      undefined: 10_000,
      url: ['acquireTimeout'],
    },
    {
      // lib/pool.js:478-513: only those above `minimumIdle` are closed.
      option: 'idleTimeout',
      limits: ['idle'],
      unit: 's',
      default: 1800,
      zero: 'unbounded',
      url: ['idleTimeout'],
      needs: { option: 'minimumIdle', is: 'below max' },
    },
    ...connection,
  ],
  misread: [
    { option: 'max', effect: 'ignored', instead: 'connectionLimit' },
    { option: 'poolSize', effect: 'ignored', instead: 'connectionLimit' },
    { option: 'min', effect: 'ignored', instead: 'minimumIdle' },
    { option: 'acquireTimeoutMillis', effect: 'ignored', instead: 'acquireTimeout' },
    { option: 'idleTimeoutMillis', effect: 'ignored', instead: 'idleTimeout', unit: 'ms' },
    { option: 'queueLimit', effect: 'ignored' },
    { option: 'connection_limit', in: 'url', effect: 'ignored', instead: 'connectionLimit' },
  ],
  lacks: [{ limit: 'queue', instead: 'acquireTimeout' }, { limit: 'lifetime' }],
};

export const mariadbConnectionLimits: Limits = { urlValues: 'text', options: connection };
