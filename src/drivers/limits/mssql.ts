import type { LimitOption, Limits } from '../driver.ts';
import { tarnOptions } from './tarn.ts';
import { within } from './within.ts';

const inString: Readonly<Record<string, Partial<LimitOption>>> = {
  'pool.max': { url: ['Max Pool Size'] },
  'pool.min': { url: ['Min Pool Size'] },
};

/** mssql: the pool is tarn's, and refuses inside connect(). Read in mssql 12.7.14 (tarn 3.1.2, tedious 19.2.2). */
export const mssqlLimits: Limits = {
  at: 0,
  // In a connection string: seconds for `Connection Timeout`, milliseconds for `Request Timeout`.
  urlValues: 'parsed',
  urlAnyCase: true,
  options: [
    // lib/base/connection-pool.js:251-260: of a connection string, the sizes.
    ...within('pool', tarnOptions).map((each): LimitOption => ({ ...each, ...inString[each.option] })),
    {
      // lib/tedious/connection-pool.js:42; tedious aborts after 0, and after Infinity clamped to a millisecond.
      option: 'connectionTimeout',
      also: ['options.connectTimeout'],
      limits: ['connect'],
      unit: 'ms',
      default: 15_000,
      zero: 'at once',
      infinity: 'at once',
      // Beside the pool's own timer.
      smallest: true,
    },
    {
      // lib/tedious/connection-pool.js:43-54.
      option: 'requestTimeout',
      also: ['options.requestTimeout'],
      url: ['Request Timeout'],
      limits: ['query'],
      unit: 'ms',
      default: 15_000,
      zero: 'unbounded',
      infinity: 'unbounded',
      nan: 15_000,
      negative: 'unbounded',
    },
  ],
  misread: [
    { option: 'max', effect: 'ignored', instead: 'pool.max' },
    { option: 'min', effect: 'ignored', instead: 'pool.min' },
    { option: 'connectionLimit', effect: 'ignored', instead: 'pool.max' },
    { option: 'poolSize', effect: 'ignored', instead: 'pool.max' },
    { option: 'idleTimeoutMillis', effect: 'ignored', instead: 'pool.idleTimeoutMillis' },
    { option: 'acquireTimeoutMillis', effect: 'ignored', instead: 'pool.acquireTimeoutMillis' },
    { option: 'pool.idleTimeout', effect: 'throws', instead: 'pool.idleTimeoutMillis' },
    { option: 'pool.acquireTimeout', effect: 'throws', instead: 'pool.acquireTimeoutMillis' },
  ],
  unknown: { pool: 'throws' },
  lacks: [{ limit: 'queue', instead: 'pool.acquireTimeoutMillis' }, { limit: 'lifetime' }, { limit: 'statement' }],
};
