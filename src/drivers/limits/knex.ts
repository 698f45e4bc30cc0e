import type { LimitOption, Limits } from '../driver.ts';
import { tarnOptions } from './tarn.ts';
import { within } from './within.ts';

// lib/client.js:230, over what tarn says; 0 makes no pool at all, and every query fails: :106, 336.
const differs: Readonly<Record<string, Partial<LimitOption>>> = {
  max: { zero: 'none', undefined: 10 },
  min: { default: 2 },
  // lib/client.js:254-266: undefined here, so that the time below counts.
  acquireTimeoutMillis: { default: 60_000, text: 'read', smallest: true },
};

const pool = tarnOptions.map((each): LimitOption => ({ ...each, ...differs[each.option] }));

/** knex. Read in knex 3.3.0, tarn 3.1.2. */
export const knexLimits: Limits = {
  at: 0,
  options: [
    ...within('pool', pool),
    {
      option: 'acquireConnectionTimeout',
      limits: ['acquire'],
      unit: 'ms',
      default: 60_000,
      zero: 'throws',
      infinity: 'at once',
      // `Math.min` makes it a number.
      text: 'read',
      smallest: true,
    },
    {
      option: 'pool.maxConnectionLifetimeMillis',
      limits: ['lifetime'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      infinity: 'unbounded',
      since: '3.3.0',
    },
  ],
  misread: [
    { option: 'max', effect: 'ignored', instead: 'pool.max' },
    { option: 'min', effect: 'ignored', instead: 'pool.min' },
    { option: 'idleTimeoutMillis', effect: 'ignored', instead: 'pool.idleTimeoutMillis' },
    { option: 'acquireTimeoutMillis', effect: 'ignored', instead: 'acquireConnectionTimeout' },
    { option: 'acquireTimeout', effect: 'ignored', instead: 'acquireConnectionTimeout' },
    { option: 'connectionLimit', effect: 'ignored', instead: 'pool.max' },
    { option: 'poolSize', effect: 'ignored', instead: 'pool.max' },
    { option: 'pool.acquireConnectionTimeout', effect: 'throws', instead: 'acquireConnectionTimeout' },
    { option: 'pool.acquire', effect: 'throws', instead: 'pool.acquireTimeoutMillis' },
    { option: 'pool.idle', effect: 'throws', instead: 'pool.idleTimeoutMillis' },
    { option: 'pool.evict', effect: 'throws', instead: 'pool.reapIntervalMillis' },
    { option: 'pool.acquireTimeout', effect: 'throws', instead: 'pool.acquireTimeoutMillis' },
    { option: 'pool.idleTimeout', effect: 'throws', instead: 'pool.idleTimeoutMillis' },
    { option: 'pool.connectionLimit', effect: 'throws', instead: 'pool.max' },
    // Still in the types: types/index.d.ts:3198-3219.
    { option: 'pool.refreshIdle', effect: 'throws' },
    { option: 'pool.name', effect: 'throws' },
    { option: 'pool.returnToHead', effect: 'throws' },
    { option: 'pool.priorityRange', effect: 'throws' },
  ],
  unknown: { pool: 'throws' },
  // lib/query/querybuilder.js:110: for one query, and without `{ cancel: true }` the connection stays busy.
  lacks: [
    { limit: 'queue', instead: 'acquireConnectionTimeout' },
    { limit: 'statement', perCall: 'timeout' },
  ],
};
