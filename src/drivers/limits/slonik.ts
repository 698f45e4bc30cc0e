import type { LimitOption, Limits } from '../driver.ts';

// Off is the text 'DISABLE_TIMEOUT'; 0 becomes a millisecond.
const time = { unit: 'ms', zero: 'at once' } as const;

const options: readonly LimitOption[] = [
  {
    option: 'maxPoolSize',
    also: ['maximumPoolSize'],
    limits: ['max'],
    unit: 'count',
    default: 10,
    zero: 'throws',
    negative: 'throws',
    text: 'read',
  },
  { option: 'minPoolSize', also: ['minimumPoolSize'], limits: ['min'], unit: 'count', default: 0, zero: 0 },
  { option: 'connectionTimeout', limits: ['connect'], default: 5000, ...time },
  { option: 'idleTimeout', limits: ['idle'], default: 5000, ...time },
  { option: 'maximumConnectionAge', limits: ['lifetime'], default: 1_800_000, since: '48.0.0', ...time },
  { option: 'statementTimeout', limits: ['statement'], default: 60_000, startup: true, ...time },
  {
    option: 'idleInTransactionSessionTimeout',
    limits: ['transaction'],
    default: 60_000,
    startup: true,
    ...time,
  },
];

/** slonik. Read in slonik 49.10.9 (Node 24) and 47.3.2; a full pool queues without a timer: createConnectionPool.js:376. */
export const slonikLimits: Limits = {
  at: 1,
  options,
  misread: [
    { option: 'max', effect: 'ignored', instead: 'maxPoolSize' },
    { option: 'idleTimeoutMillis', effect: 'ignored', instead: 'idleTimeout' },
    { option: 'connectionTimeoutMillis', effect: 'ignored', instead: 'connectionTimeout' },
    { option: 'statement_timeout', effect: 'ignored', instead: 'statementTimeout' },
  ],
  lacks: [{ limit: 'acquire' }, { limit: 'queue' }, { limit: 'query' }],
};
