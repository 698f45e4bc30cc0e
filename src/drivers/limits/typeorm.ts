import type { LimitOption, Limits } from '../driver.ts';
import { mysql2PoolOptions } from './mysql2.ts';
import { pgPoolOptions, pgSession } from './pg.ts';
import { tarnOptions } from './tarn.ts';
import { within } from './within.ts';

const postgres = { option: 'type', is: ['postgres', 'cockroachdb'] } as const;
const mysql = { option: 'type', is: ['mysql', 'mariadb', 'aurora-mysql'] } as const;
const mssql = { option: 'type', is: ['mssql'] } as const;

const maxOf = (options: readonly LimitOption[]): Partial<LimitOption> => ({
  ...options.find((each) => each.limits.includes('max')),
  also: [],
  url: [],
});

/** TypeORM hands `extra` to the driver last, so that it wins. Read in typeorm 1.1.1. */
export const typeormLimits: Limits = {
  at: 0,
  urlIn: ['url'],
  urlValues: 'text',
  options: [
    // driver/postgres/PostgresDriver.js:1370-1381.
    ...within('extra', [...pgPoolOptions, ...pgSession], postgres),
    {
      ...maxOf(pgPoolOptions),
      option: 'poolSize',
      limits: ['max'],
      unit: 'count',
      default: 10,
      when: postgres,
    },
    {
      // PostgresDriver.js:1378: pg's `connectionTimeoutMillis`.
      option: 'connectTimeoutMS',
      limits: ['acquire', 'connect'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      infinity: 'at once',
      when: postgres,
    },
    // driver/mysql/MysqlDriver.js:935-956: of a URL only the address reaches mysql2.
    ...within('extra', mysql2PoolOptions, mysql).map((each) => ({ ...each, url: [] })),
    {
      ...maxOf(mysql2PoolOptions),
      option: 'poolSize',
      limits: ['max'],
      unit: 'count',
      default: 10,
      when: mysql,
    },
    {
      option: 'connectTimeout',
      limits: ['connect'],
      unit: 'ms',
      default: 10_000,
      zero: 'unbounded',
      infinity: 'at once',
      when: mysql,
    },
    // driver/sqlserver/SqlServerDriver.js:985.
    ...within('pool', tarnOptions, mssql),
    {
      option: 'connectionTimeout',
      limits: ['connect'],
      unit: 'ms',
      default: 15_000,
      zero: 'at once',
      smallest: true,
      when: mssql,
    },
    { option: 'requestTimeout', limits: ['query'], unit: 'ms', default: 15_000, zero: 'unbounded', when: mssql },
  ],
  misread: [
    { option: 'max', effect: 'ignored', instead: 'poolSize', when: postgres },
    { option: 'extra.connectionLimit', effect: 'ignored', instead: 'extra.max', when: postgres },
    { option: 'extra.acquireTimeout', effect: 'ignored', instead: 'connectTimeoutMS', when: postgres },
    { option: 'connectTimeout', effect: 'ignored', instead: 'connectTimeoutMS', when: postgres },
    { option: 'pool.max', effect: 'ignored', instead: 'poolSize', when: postgres },
    { option: 'extra.max', effect: 'logged', instead: 'extra.connectionLimit', when: mysql },
    { option: 'extra.idleTimeoutMillis', effect: 'logged', instead: 'extra.idleTimeout', when: mysql },
    { option: 'connectionLimit', effect: 'ignored', instead: 'poolSize', when: mysql },
    // Handed to mysql2, which knows no such option: MysqlDriver.js:954.
    { option: 'acquireTimeout', effect: 'logged', when: mysql },
    { option: 'poolSize', effect: 'ignored', instead: 'pool.max', when: mssql },
    // When a query counts as slow in the log: no limit.
  ],
};
