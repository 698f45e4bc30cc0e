import type { LimitOption, Limits } from '../driver.ts';

// lib/dispatcher/client.js: integers or finite numbers only.
const time = { unit: 'ms', infinity: 'throws', text: 'throws', nan: 'throws', negative: 'throws' } as const;

const timeouts: readonly LimitOption[] = [
  { option: 'headersTimeout', limits: ['http'], default: 300_000, zero: 'unbounded', ...time },
  { option: 'bodyTimeout', limits: ['socket'], default: 300_000, zero: 'unbounded', ...time },
  {
    // lib/core/connect.js: `connect.timeout` stands over it.
    option: 'connectTimeout',
    also: ['connect.timeout'],
    limits: ['connect'],
    default: 10_000,
    zero: 'unbounded',
    ...time,
  },
  { option: 'keepAliveTimeout', limits: ['idle'], default: 4000, zero: 'throws', ...time },
  { option: 'maxRequestsPerClient', limits: ['uses'], unit: 'count', default: 'unbounded', zero: 'unbounded' },
];

const misread: Limits['misread'] = [
  { option: 'keepAlive', effect: 'throws', instead: 'keepAliveTimeout' },
  { option: 'socketTimeout', effect: 'throws', instead: 'bodyTimeout' },
  { option: 'requestTimeout', effect: 'throws', instead: 'headersTimeout' },
  { option: 'idleTimeout', effect: 'throws', instead: 'keepAliveTimeout' },
  { option: 'maxKeepAliveTimeout', effect: 'throws', instead: 'keepAliveMaxTimeout' },
  { option: 'timeout', effect: 'ignored', instead: 'headersTimeout' },
];

// lib/dispatcher/pool.js, agent.js: the options go through JSON on their way to a client, which makes them `null`.
const cloned = timeouts.map((each): LimitOption =>
  each.unit === 'ms' ? { ...each, infinity: 'default', nan: 'default' } : each,
);

/** Pool, Agent and their likes. Read in undici 8.12.4, 7.30.2 and 6.29.1: lib/dispatcher/pool.js, agent.js. */
export const undiciPoolLimits: Limits = {
  behind: [1],
  options: [
    {
      // lib/dispatcher/pool.js: `connections || null`. Infinity and NaN: a Pool throws, an Agent has no limit.
      option: 'connections',
      limits: ['max'],
      unit: 'count',
      default: 'unbounded',
      zero: 'unbounded',
      text: 'throws',
      word: 'throws',
      null: 'unbounded',
      undefined: 'unbounded',
      negative: 'throws',
      per: 'origin',
    },
    ...cloned,
    {
      option: 'clientTtl',
      limits: ['lifetime'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      since: '7.0.0',
    },
  ],
  misread: [
    ...misread,
    { option: 'maxSockets', effect: 'ignored', instead: 'connections' },
    { option: 'maxTotalSockets', effect: 'ignored', instead: 'connections' },
    { option: 'max', effect: 'ignored', instead: 'connections' },
  ],
  lacks: [{ limit: 'queue' }, { limit: 'acquire', instead: 'headersTimeout' }],
};

/** One socket, so that `connections` is nothing to it. */
export const undiciClientLimits: Limits = {
  at: 1,
  options: timeouts,
  misread: [...misread, { option: 'connections', effect: 'ignored' }, { option: 'maxSockets', effect: 'ignored' }],
};
