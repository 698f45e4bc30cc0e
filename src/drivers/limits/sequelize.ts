import type { LimitOption, Limits } from '../driver.ts';

/** Options of sequelize-pool 7.1.0 as Sequelize names them; lib/dialects/abstract/connection-manager.js:20-26, 86-91. */
const options: readonly LimitOption[] = [
  {
    option: 'pool.max',
    limits: ['max'],
    unit: 'count',
    default: 5,
    zero: 'throws',
    infinity: 'unbounded',
    text: 'throws',
    word: 'throws',
    nan: 'throws',
    negative: 'throws',
    fraction: 'throws',
  },
  {
    option: 'pool.min',
    limits: ['min'],
    unit: 'count',
    default: 0,
    zero: 0,
    infinity: 'throws',
    text: 'throws',
    negative: 'throws',
  },
  {
    // sequelize-pool lib/Pool.js:36: `|| 30000`.
    option: 'pool.acquire',
    limits: ['acquire'],
    unit: 'ms',
    default: 60_000,
    zero: 30_000,
    infinity: 'at once',
  },
  {
    option: 'pool.idle',
    limits: ['idle'],
    unit: 'ms',
    default: 10_000,
    zero: 30_000,
    infinity: 'unbounded',
    overflow: 'unbounded',
  },
  {
    option: 'pool.maxUses',
    limits: ['uses'],
    unit: 'count',
    default: 'unbounded',
    zero: 'unbounded',
    infinity: 'unbounded',
  },
];

const names: Limits['misread'] = [
  { option: 'pool.maximum', effect: 'ignored', instead: 'pool.max' },
  { option: 'pool.minimum', effect: 'ignored', instead: 'pool.min' },
  { option: 'pool.connectionLimit', effect: 'ignored', instead: 'pool.max' },
  { option: 'pool.poolSize', effect: 'ignored', instead: 'pool.max' },
  { option: 'pool.acquireTimeout', effect: 'ignored', instead: 'pool.acquire' },
  { option: 'pool.acquireTimeoutMillis', effect: 'ignored', instead: 'pool.acquire' },
  { option: 'pool.idleTimeout', effect: 'ignored', instead: 'pool.idle' },
  { option: 'pool.idleTimeoutMillis', effect: 'ignored', instead: 'pool.idle' },
  { option: 'pool.maxIdleTime', effect: 'ignored', instead: 'pool.idle' },
];

const postgres = { option: 'dialect', is: ['postgres', 'redshift'] } as const;
const mysql = { option: 'dialect', is: ['mysql'] } as const;

// Only a list of names reaches pg: lib/dialects/postgres/connection-manager.js:83-96.
const sent = { unit: 'ms', default: 'unbounded', zero: 'unbounded', startup: true, when: postgres } as const;
const dialect: readonly LimitOption[] = [
  { option: 'dialectOptions.statement_timeout', limits: ['statement'], ...sent },
  { option: 'dialectOptions.lock_timeout', limits: ['lock'], ...sent },
  { option: 'dialectOptions.idle_in_transaction_session_timeout', limits: ['transaction'], ...sent },
  {
    option: 'dialectOptions.query_timeout',
    limits: ['query'],
    unit: 'ms',
    default: 'unbounded',
    zero: 'unbounded',
    infinity: 'at once',
    when: postgres,
  },
  {
    option: 'dialectOptions.connectionTimeoutMillis',
    limits: ['connect'],
    unit: 'ms',
    default: 'unbounded',
    zero: 'unbounded',
    infinity: 'at once',
    when: postgres,
  },
  {
    // lib/dialects/mysql/connection-manager.js:45-57: all of it goes to mysql2.
    option: 'dialectOptions.connectTimeout',
    limits: ['connect'],
    unit: 'ms',
    default: 10_000,
    zero: 'unbounded',
    infinity: 'at once',
    when: mysql,
  },
];

/** Sequelize 6. Read in sequelize 6.37.8. URL parameters go to `dialectOptions`, never to `pool`. */
export const sequelizeLimits: Limits = {
  urlValues: 'text',
  // lib/sequelize.js:51-54: a URL, or database, user and password.
  behind: [1, 3],
  options: [...options, ...dialect],
  misread: [
    ...names,
    { option: 'max', effect: 'ignored', instead: 'pool.max' },
    { option: 'min', effect: 'ignored', instead: 'pool.min' },
    { option: 'idle', effect: 'ignored', instead: 'pool.idle' },
    { option: 'acquire', effect: 'ignored', instead: 'pool.acquire' },
    { option: 'connectionLimit', effect: 'ignored', instead: 'pool.max' },
    { option: 'poolSize', effect: 'ignored', instead: 'pool.max' },
    { option: 'dialectOptions.max', effect: 'ignored', instead: 'pool.max', when: postgres },
    { option: 'dialectOptions.idleTimeoutMillis', effect: 'ignored', instead: 'pool.idle', when: postgres },
    { option: 'max', in: 'url', effect: 'ignored', instead: 'pool.max' },
    { option: 'connection_limit', in: 'url', effect: 'ignored', instead: 'pool.max' },
  ],
  lacks: [
    { limit: 'queue', instead: 'pool.acquire' },
    { limit: 'lifetime', instead: 'pool.maxUses' },
  ],
};

/** Sequelize 7: top-level names that it does not know throw. Read in @sequelize/core 7.0.0-alpha.48. */
export const sequelizeCoreLimits: Limits = {
  at: 0,
  options,
  misread: names,
  unknown: { '': 'throws' },
  lacks: [
    { limit: 'queue', instead: 'pool.acquire' },
    { limit: 'lifetime', instead: 'pool.maxUses' },
  ],
};
