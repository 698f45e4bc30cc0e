import type { LimitOption, Limits } from '../driver.ts';
import { mariadbPoolLimits } from './mariadb.ts';
import { pgPoolLimits } from './pg.ts';

// quaint/src/connector/postgres/url.rs of prisma-engines: all in seconds.
const seconds = { in: 'url', unit: 's', zero: 'unbounded', text: 'read' } as const;

const engine: readonly LimitOption[] = [
  // quaint/src/pooled.rs: two for each processor, and one.
  {
    option: 'connection_limit',
    in: 'url',
    limits: ['max'],
    unit: 'count',
    default: 'machine',
    text: 'read',
    url: ['connection_limit'],
  },
  { option: 'pool_timeout', limits: ['acquire'], default: 10, url: ['pool_timeout'], ...seconds },
  { option: 'connect_timeout', limits: ['connect'], default: 5, url: ['connect_timeout'], ...seconds },
  {
    option: 'socket_timeout',
    in: 'url',
    limits: ['socket'],
    unit: 's',
    default: 'unbounded',
    zero: 'at once',
    text: 'read',
    url: ['socket_timeout'],
  },
  {
    option: 'max_idle_connection_lifetime',
    limits: ['idle'],
    default: 300,
    url: ['max_idle_connection_lifetime'],
    ...seconds,
  },
  {
    option: 'max_connection_lifetime',
    limits: ['lifetime'],
    default: 'unbounded',
    url: ['max_connection_lifetime'],
    ...seconds,
  },
];

/** PrismaClient with the engine of Prisma 6 (6.19.3). With an adapter, as in 7, the adapter's pool alone counts. */
export const prismaLimits: Limits = {
  at: 0,
  urlIn: ['datasourceUrl', 'datasources.db.url'],
  urlValues: 'text',
  options: [
    ...engine,
    {
      option: 'transactionOptions.timeout',
      limits: ['transaction'],
      unit: 'ms',
      default: 5000,
      zero: 'throws',
      negative: 'throws',
    },
    {
      option: 'transactionOptions.maxWait',
      limits: ['acquire'],
      unit: 'ms',
      default: 2000,
      zero: 'throws',
      negative: 'throws',
      smallest: true,
    },
  ],
  lacks: [{ limit: 'queue', instead: 'pool_timeout' }],
};

// Of Prisma 6, no longer read by anybody: adapter-pg/dist/index.js:793-830.
const engineNames: Limits['misread'] = [
  { option: 'connection_limit', effect: 'ignored', instead: 'max' },
  { option: 'connection_limit', in: 'url', effect: 'ignored', instead: 'max' },
  { option: 'pool_timeout', in: 'url', effect: 'ignored', instead: 'connectionTimeoutMillis', unit: 's' },
  { option: 'connect_timeout', in: 'url', effect: 'ignored', instead: 'connectionTimeoutMillis', unit: 's' },
  { option: 'socket_timeout', in: 'url', effect: 'ignored', instead: 'query_timeout', unit: 's' },
  { option: 'pgbouncer', in: 'url', effect: 'ignored' },
];

const ofEngine = new Set(engineNames.map((each) => `${each.in}:${each.option}`));

/** PrismaPg: a pg.Pool made from its first argument. Read in @prisma/adapter-pg 7.10.1. */
export const prismaPgLimits: Limits = {
  ...pgPoolLimits,
  at: 0,
  misread: [
    ...engineNames,
    ...(pgPoolLimits.misread ?? []).filter((each) => !ofEngine.has(`${each.in}:${each.option}`)),
  ],
};

/** PrismaMariaDb: a mariadb pool, from an object or a URL. Read in @prisma/adapter-mariadb 7.10.0 (mariadb 3.4.5). */
export const prismaMariadbLimits: Limits = { ...mariadbPoolLimits, at: 0 };
