import type { Limits } from '../driver.ts';

// lib/oracledb.js:423-499: integers alone (NJS-007), in a range.
const strict = { infinity: 'throws', text: 'throws', word: 'throws', nan: 'throws', null: 'throws' } as const;

/** createPool. Read in oracledb 26.0.0 and 7.0.1; defaults: lib/settings.js:51-60. */
export const oracledbLimits: Limits = {
  at: 0,
  options: [
    {
      option: 'poolMax',
      limits: ['max'],
      unit: 'count',
      default: 4,
      zero: 'throws',
      negative: 'throws',
      fraction: 'throws',
      ...strict,
    },
    { option: 'poolMin', limits: ['min'], unit: 'count', default: 0, zero: 0, negative: 'throws', ...strict },
    {
      // lib/pool.js: no one may wait at 0, anyone below.
      option: 'queueMax',
      limits: ['queue'],
      unit: 'count',
      default: 500,
      zero: 'none',
      negative: 'unbounded',
      ...strict,
    },
    {
      option: 'queueTimeout',
      limits: ['acquire'],
      unit: 'ms',
      default: 60_000,
      zero: 'unbounded',
      negative: 'throws',
      ...strict,
    },
    {
      option: 'poolTimeout',
      limits: ['idle'],
      unit: 's',
      default: 60,
      zero: 'unbounded',
      negative: 'throws',
      ...strict,
    },
    {
      option: 'maxLifetimeSession',
      limits: ['lifetime'],
      unit: 's',
      default: 'unbounded',
      zero: 'unbounded',
      negative: 'throws',
      ...strict,
    },
    { option: 'connectTimeout', limits: ['connect'], unit: 's', default: 20, negative: 'throws', ...strict },
  ],
  misread: [
    { option: 'max', effect: 'ignored', instead: 'poolMax' },
    { option: 'min', effect: 'ignored', instead: 'poolMin' },
    { option: 'connectionLimit', effect: 'ignored', instead: 'poolMax' },
    { option: 'poolSize', effect: 'ignored', instead: 'poolMax' },
    { option: 'pool.max', effect: 'ignored', instead: 'poolMax' },
    { option: 'queueRequests', effect: 'ignored', instead: 'queueMax' },
    { option: 'idleTimeoutMillis', effect: 'ignored', instead: 'poolTimeout', unit: 'ms' },
    { option: 'callTimeout', effect: 'ignored' },
  ],
  // `connection.callTimeout = ms`, a property.
  lacks: [{ limit: 'query', perCall: 'callTimeout' }],
};
