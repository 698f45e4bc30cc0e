import type { LimitOption, Limits } from '../driver.ts';

// dist/utils.js checkOptionalTime: absent, or a number above 0.
const time = {
  unit: 'ms',
  zero: 'throws',
  text: 'throws',
  word: 'throws',
  nan: 'throws',
  null: 'throws',
  negative: 'throws',
} as const;

/** Pool options of tarn 3.1.2: dist/Pool.js:10-79. */
export const tarnOptions: readonly LimitOption[] = [
  {
    option: 'max',
    limits: ['max'],
    unit: 'count',
    default: 10,
    zero: 'throws',
    infinity: 'unbounded',
    text: 'throws',
    word: 'throws',
    nan: 'throws',
    null: 'throws',
    undefined: 'throws',
    negative: 'throws',
    fraction: 'throws',
  },
  {
    option: 'min',
    limits: ['min'],
    unit: 'count',
    default: 0,
    zero: 0,
    infinity: 'throws',
    text: 'throws',
    nan: 'throws',
    negative: 'throws',
  },
  { option: 'acquireTimeoutMillis', limits: ['acquire'], default: 30_000, infinity: 'at once', ...time },
  { option: 'createTimeoutMillis', limits: ['connect'], default: 30_000, infinity: 'at once', ...time },
  // dist/Pool.js:157-180: compared with the age, no timer of its own.
  {
    option: 'idleTimeoutMillis',
    limits: ['idle'],
    default: 30_000,
    infinity: 'unbounded',
    overflow: 'unbounded',
    ...time,
  },
];

/** tarn by itself has no default for `max` and `min`: they must be there. */
export const tarnLimits: Limits = {
  options: tarnOptions,
  unknown: { '': 'throws' },
  lacks: [{ limit: 'queue', instead: 'acquireTimeoutMillis' }, { limit: 'lifetime' }],
};
