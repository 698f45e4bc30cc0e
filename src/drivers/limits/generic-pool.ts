import type { Limits } from '../driver.ts';

/** generic-pool: createPool(factory, options). Read in generic-pool 3.9.0: lib/PoolOptions.js, lib/PoolDefaults.js. */
export const genericPoolLimits: Limits = {
  at: 1,
  options: [
    {
      // `parseInt`, NaN and what is below 1 become 1.
      option: 'max',
      limits: ['max'],
      unit: 'count',
      default: 1,
      zero: 1,
      infinity: 1,
      text: 'read',
      word: 1,
      nan: 1,
      null: 1,
      undefined: 1,
      negative: 1,
      fraction: 2,
    },
    { option: 'min', limits: ['min'], unit: 'count', default: 0, zero: 0, infinity: 0, text: 'read' },
    {
      // lib/Pool.js:455-460; `!== undefined`, so that 0 refuses whoever would wait.
      option: 'maxWaitingClients',
      limits: ['queue'],
      unit: 'count',
      default: 'unbounded',
      zero: 'none',
      infinity: 'unbounded',
      text: 'read',
    },
    {
      // `parseInt(Infinity)` is NaN, which acquire() refuses: lib/ResourceRequest.js:40.
      option: 'acquireTimeoutMillis',
      limits: ['acquire'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      infinity: 'throws',
      text: 'read',
    },
    {
      // lib/PoolDefaults.js:17: nothing looks for idle ones by default.
      option: 'idleTimeoutMillis',
      limits: ['idle'],
      unit: 'ms',
      default: 30_000,
      zero: 30_000,
      needs: { option: 'evictionRunIntervalMillis', is: 'positive' },
    },
    {
      // lib/DefaultEvictor.js:8: -1 by default, compared only above 0.
      option: 'softIdleTimeoutMillis',
      limits: ['idle'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      negative: 'unbounded',
      needs: { option: 'evictionRunIntervalMillis', is: 'positive' },
      smallest: true,
    },
  ],
  misread: [
    { option: 'maxSize', effect: 'ignored', instead: 'max' },
    { option: 'maximum', effect: 'ignored', instead: 'max' },
    { option: 'minimum', effect: 'ignored', instead: 'min' },
    { option: 'acquireTimeout', effect: 'ignored', instead: 'acquireTimeoutMillis' },
    { option: 'idleTimeout', effect: 'ignored', instead: 'idleTimeoutMillis' },
    // Names of 2.x.
    { option: 'reapIntervalMillis', effect: 'ignored', instead: 'evictionRunIntervalMillis' },
    { option: 'reapInterval', effect: 'ignored', instead: 'evictionRunIntervalMillis' },
  ],
  lacks: [{ limit: 'lifetime' }, { limit: 'connect' }],
};
