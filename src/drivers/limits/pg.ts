import type { LimitOption, Limits, Misread } from '../driver.ts';

// lib/connection-parameters.js:119-130: falsy is not sent, `Infinity` goes to the server as NaN, which it refuses; text
// goes through parseInt, so that '30s' is 30. In the URL they win over the options.
const sent = {
  unit: 'ms',
  default: 'unbounded',
  zero: 'unbounded',
  infinity: 'throws',
  text: 'read',
  startup: true,
  urlWins: true,
} as const;

/** What a connection of pg 8.23.1 reads, pooled or not. */
export const pgSession: readonly LimitOption[] = [
  { option: 'statement_timeout', limits: ['statement'], url: ['statement_timeout'], ...sent },
  { option: 'lock_timeout', limits: ['lock'], url: ['lock_timeout'], since: '8.8.0', ...sent },
  {
    option: 'idle_in_transaction_session_timeout',
    limits: ['transaction'],
    url: ['idle_in_transaction_session_timeout'],
    ...sent,
  },
  {
    // lib/client.js:702-737: a timer of the client; the statement goes on.
    option: 'query_timeout',
    limits: ['query'],
    unit: 'ms',
    default: 'unbounded',
    zero: 'unbounded',
    infinity: 'at once',
    text: 'read',
    url: ['query_timeout'],
    urlWins: true,
  },
];

const misread: readonly Misread[] = [
  { option: 'statementTimeout', effect: 'ignored', instead: 'statement_timeout' },
  { option: 'lockTimeout', effect: 'ignored', instead: 'lock_timeout' },
  { option: 'queryTimeout', effect: 'ignored', instead: 'query_timeout' },
  // Options of the server that pg does not send: `options: '-c idle_session_timeout=…'` does.
  { option: 'idle_session_timeout', effect: 'ignored' },
  { option: 'transaction_timeout', effect: 'ignored' },
  { option: 'connectTimeout', effect: 'ignored', instead: 'connectionTimeoutMillis' },
  { option: 'connectionTimeout', effect: 'ignored', instead: 'connectionTimeoutMillis' },
  { option: 'connect_timeout', effect: 'ignored', instead: 'connectionTimeoutMillis', unit: 's' },
  { option: 'connect_timeout', in: 'url', effect: 'ignored', instead: 'connectionTimeoutMillis', unit: 's' },
  { option: 'connectionTimeoutMillis', in: 'url', effect: 'ignored', instead: 'connectionTimeoutMillis' },
];

/** Pool options of pg-pool 3.14.0. */
export const pgPoolOptions: readonly LimitOption[] = [
  {
    // index.js:89: `max || poolSize || 10`, then only compared: `length >= max` is never true of 'abc' (:115).
    option: 'max',
    also: ['poolSize'],
    limits: ['max'],
    unit: 'count',
    default: 10,
    zero: 10,
    infinity: 'unbounded',
    text: 'read',
    word: 'unbounded',
    nan: 10,
    null: 10,
    undefined: 10,
    negative: 'none',
    fraction: 3,
  },
  // index.js:90: a floor for closing idle ones; nothing is opened in advance.
  { option: 'min', limits: ['min'], unit: 'count', default: 0, zero: 0, nan: 0, since: '8.16.0' },
  {
    // index.js:206-229, 250: one timer for the wait, another for opening.
    option: 'connectionTimeoutMillis',
    limits: ['acquire', 'connect'],
    unit: 'ms',
    default: 'unbounded',
    zero: 'unbounded',
    infinity: 'at once',
    text: 'read',
    nan: 'unbounded',
    null: 'unbounded',
  },
  {
    // index.js:98, 409: only `undefined` is replaced.
    option: 'idleTimeoutMillis',
    limits: ['idle'],
    unit: 'ms',
    default: 10_000,
    zero: 'unbounded',
    infinity: 'at once',
    null: 'unbounded',
    undefined: 10_000,
    text: 'read',
  },
  {
    option: 'maxLifetimeSeconds',
    limits: ['lifetime'],
    unit: 's',
    default: 'unbounded',
    zero: 'unbounded',
    infinity: 'at once',
  },
  {
    option: 'maxUses',
    limits: ['uses'],
    unit: 'count',
    default: 'unbounded',
    zero: 'unbounded',
    infinity: 'unbounded',
  },
];

/** pg.Pool. Read in pg 8.23.1, pg-pool 3.14.0. */
export const pgPoolLimits: Limits = {
  urlIn: ['connectionString'],
  urlValues: 'text',
  options: [...pgPoolOptions, ...pgSession],
  misread: [
    ...misread,
    { option: 'connectionLimit', effect: 'ignored', instead: 'max' },
    { option: 'maxConnections', effect: 'ignored', instead: 'max' },
    { option: 'pool.max', effect: 'ignored', instead: 'max' },
    { option: 'pool.min', effect: 'ignored', instead: 'min' },
    { option: 'idleTimeout', effect: 'ignored', instead: 'idleTimeoutMillis' },
    { option: 'idle_timeout', effect: 'ignored', instead: 'idleTimeoutMillis', unit: 's' },
    { option: 'acquireTimeout', effect: 'ignored', instead: 'connectionTimeoutMillis' },
    { option: 'acquireTimeoutMillis', effect: 'ignored', instead: 'connectionTimeoutMillis' },
    { option: 'maxLifetimeMillis', effect: 'ignored', instead: 'maxLifetimeSeconds', unit: 'ms' },
    { option: 'max_lifetime', effect: 'ignored', instead: 'maxLifetimeSeconds' },
    { option: 'queueLimit', effect: 'ignored' },
    { option: 'max', in: 'url', effect: 'ignored', instead: 'max' },
    { option: 'connection_limit', in: 'url', effect: 'ignored', instead: 'max' },
    { option: 'pool_timeout', in: 'url', effect: 'ignored', instead: 'connectionTimeoutMillis', unit: 's' },
  ],
  lacks: [{ limit: 'queue', instead: 'connectionTimeoutMillis' }],
};

/** pg.Client. Its `connectionTimeoutMillis` bounds opening alone: lib/client.js:116. */
export const pgClientLimits: Limits = {
  urlIn: ['connectionString'],
  // lib/connection-parameters.js:55-62.
  under: 'connectionString',
  urlValues: 'text',
  options: [
    {
      option: 'connectionTimeoutMillis',
      limits: ['connect'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      infinity: 'at once',
    },
    ...pgSession,
  ],
  misread,
};
