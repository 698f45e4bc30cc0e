import type { LimitOption, Limits } from '../driver.ts';

// lib/connection_string.js: each also as a URL parameter, in any case; the options win over the URL.
const time = {
  unit: 'ms',
  zero: 'unbounded',
  text: 'read',
  word: 'throws',
  negative: 'throws',
} as const;

/** Options of a MongoClient, mongodb 7.9.0. */
export const mongodbOptions: readonly LimitOption[] = [
  {
    // lib/cmap/connection_pool.js:527: 0 is no limit.
    option: 'maxPoolSize',
    limits: ['max'],
    unit: 'count',
    default: 100,
    zero: 'unbounded',
    infinity: 'unbounded',
    text: 'read',
    word: 'throws',
    negative: 'throws',
    undefined: 100,
    per: 'server',
    url: ['maxPoolSize'],
  },
  {
    // More than `maxPoolSize` is seen on connecting only.
    option: 'minPoolSize',
    limits: ['min'],
    unit: 'count',
    default: 0,
    zero: 0,
    text: 'read',
    per: 'server',
    url: ['minPoolSize'],
  },
  // lib/timeout.js:256.
  { option: 'waitQueueTimeoutMS', limits: ['acquire'], default: 'unbounded', url: ['waitQueueTimeoutMS'], ...time },
  { option: 'connectTimeoutMS', limits: ['connect'], default: 30_000, url: ['connectTimeoutMS'], ...time },
  {
    option: 'serverSelectionTimeoutMS',
    limits: ['connect'],
    default: 30_000,
    url: ['serverSelectionTimeoutMS'],
    smallest: true,
    ...time,
  },
  { option: 'maxIdleTimeMS', limits: ['idle'], default: 'unbounded', url: ['maxIdleTimeMS'], ...time },
  { option: 'socketTimeoutMS', limits: ['socket'], default: 'unbounded', url: ['socketTimeoutMS'], ...time },
];

/** MongoClient. Read in mongodb 7.8.0, 7.9.0 and 6.22.0. */
export const mongodbLimits: Limits = {
  at: 1,
  urlValues: 'parsed',
  urlAnyCase: true,
  options: mongodbOptions,
  misread: [
    // Not `poolSize`, the name before version 4: whoever has a later one saw it throw at once.
    { option: 'max', effect: 'throws', instead: 'maxPoolSize' },
    { option: 'maxConnections', effect: 'throws', instead: 'maxPoolSize' },
    { option: 'connectionLimit', effect: 'throws', instead: 'maxPoolSize' },
    { option: 'waitQueueMultiple', effect: 'throws' },
    { option: 'waitQueueTimeout', effect: 'throws', instead: 'waitQueueTimeoutMS' },
    { option: 'connectTimeout', effect: 'throws', instead: 'connectTimeoutMS' },
    { option: 'socketTimeout', effect: 'throws', instead: 'socketTimeoutMS' },
    { option: 'maxIdleTime', effect: 'throws', instead: 'maxIdleTimeMS' },
  ],
  unknown: { '': 'throws' },
  // `timeoutMS` has no effect in 6.22.0 and 7.8.0 (a deprecation warning): no bound.
  lacks: [
    { limit: 'queue', instead: 'waitQueueTimeoutMS' },
    { limit: 'lifetime' },
    { limit: 'statement', perCall: 'maxTimeMS' },
  ],
};

/** mongoose hands all but its own options on. Read in mongoose 9.12.1. */
export const mongooseLimits: Limits = {
  ...mongodbLimits,
  at: 1,
  options: [
    ...mongodbOptions,
    // lib/connection.js:882-890: how long a query waits for the first connection.
    { option: 'bufferTimeoutMS', limits: ['command'], unit: 'ms', default: 10_000 },
  ],
};
