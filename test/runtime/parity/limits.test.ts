import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { genericPoolLimits } from '../../../src/drivers/limits/generic-pool.ts';
import { mariadbPoolLimits } from '../../../src/drivers/limits/mariadb.ts';
import { mysql2PoolLimits } from '../../../src/drivers/limits/mysql2.ts';
import { agentLimits } from '../../../src/drivers/limits/node-http.ts';
import { pgPoolLimits } from '../../../src/drivers/limits/pg.ts';
import { postgresLimits } from '../../../src/drivers/limits/postgres.ts';
import { redisPoolLimits } from '../../../src/drivers/limits/redis.ts';
import { tarnLimits } from '../../../src/drivers/limits/tarn.ts';
import { undiciPoolLimits } from '../../../src/drivers/limits/undici.ts';
import type { Limits } from '../../../src/drivers/driver.ts';
import plugin from '../../../src/index.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { fill, sentences } from '../../../src/policy/sentences.ts';
import { Guard } from '../../../src/runtime/guard.ts';
import { judge } from '../../../src/runtime/limits/judge.ts';
import { fakeSource } from '../support/source.ts';

/**
 * The same options, once as a program's text under the rules and once as a running program's values under the runtime: the
 * same violations, in the same words.
 */

interface Maker {
  readonly driver: string;
  readonly limits: Limits;
  readonly imports: string;
  /** The call that builds, around the options' text. */
  readonly build: (options: string) => string;
}

const makers: readonly Maker[] = [
  { driver: 'pg', limits: pgPoolLimits, imports: "import { Pool } from 'pg';", build: (text) => `new Pool(${text})` },
  {
    driver: 'mysql2',
    limits: mysql2PoolLimits,
    imports: "import mysql from 'mysql2';",
    build: (text) => `mysql.createPool(${text})`,
  },
  {
    driver: 'postgres',
    limits: postgresLimits,
    imports: "import postgres from 'postgres';",
    build: (text) => `postgres(${text})`,
  },
  {
    driver: 'mariadb',
    limits: mariadbPoolLimits,
    imports: "import mariadb from 'mariadb';",
    build: (text) => `mariadb.createPool(${text})`,
  },
  {
    driver: 'redis',
    limits: redisPoolLimits,
    imports: "import { createClientPool } from 'redis';",
    build: (text) => `createClientPool({}, ${text})`,
  },
  { driver: 'tarn', limits: tarnLimits, imports: "import { Pool } from 'tarn';", build: (text) => `new Pool(${text})` },
  {
    driver: 'generic-pool',
    limits: genericPoolLimits,
    imports: "import { createPool } from 'generic-pool';",
    build: (text) => `createPool(factory, ${text})`,
  },
  {
    driver: 'node:http',
    limits: agentLimits,
    imports: "import { Agent } from 'node:http';",
    build: (text) => `new Agent(${text})`,
  },
  {
    driver: 'undici',
    limits: undiciPoolLimits,
    imports: "import { Agent } from 'undici';",
    build: (text) => `new Agent(${text})`,
  },
];

const policies: readonly Policy[] = [
  {},
  { perProcess: { max: 5 } },
  { instances: 4, databases: { default: { maxConnections: 100, reserved: 20, via: 'direct' } } },
  { timeouts: { acquireMs: 2000, connectMs: 3000, idleMs: 10_000, statementMs: 4000, lifetimeMs: 600_000 } },
  { perProcess: { max: 8, queue: 50 }, timeouts: { statementMs: 4000 } },
];

const options: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  pg: [
    {},
    { max: 50 },
    { max: 4, connectionTimeoutMillis: 1000 },
    { max: 0, connectionTimeoutMillis: 0 },
    { max: Infinity },
    { max: '30', connectionTimeoutMillis: 60_000 },
    { connectionTimeoutMillis: 2000, idleTimeoutMillis: 0, statement_timeout: 9000, query_timeout: 9000 },
    { connectionLimit: 5, connectionTimeoutMillis: 1000 },
    { idle_timeout: 5, acquireTimeoutMillis: 5 },
    { maxLifetimeSeconds: 3600, statement_timeout: 4000 },
    { connectionString: 'postgres://me@db/app?statement_timeout=9000', query_timeout: 3000 },
    { connectionString: 'postgres://me@db/app?max=30&connect_timeout=5', max: 30 },
    { max: NaN, connectionTimeoutMillis: Infinity },
    { max: 'many', connectionTimeoutMillis: undefined, min: 20 },
    { max: -1, idleTimeoutMillis: 30, maxLifetimeSeconds: 3_600_001 },
    { poolSize: 30, connectionTimeoutMillis: null },
    { pool: { max: 5 }, statementTimeout: 100 },
  ],
  mysql2: [
    {},
    { connectionLimit: 50 },
    { connectionLimit: 0 },
    { connectionLimit: 5, queueLimit: 500 },
    { connectionLimit: 5, queueLimit: 0, connectTimeout: 0 },
    { connectTimeout: 60_000, idleTimeout: 60_000, maxIdle: 2 },
    { max: 3, acquireTimeout: 1000 },
    { connectionLimit: 'many', connectTimeout: Infinity },
    { connectionLimit: -1, queueLimit: -1 },
    { connectionLimit: undefined, connectTimeout: 20 },
    { idleTimeout: 30_000, maxIdle: 12 },
    { uri: 'mysql://me@db/app?connectionLimit=40&queueLimit=0' },
    { uri: 'mysql://me@db/app?connection_limit=40', pool: { max: 3 } },
  ],
  postgres: [
    {},
    { max: 50 },
    { max: 4, connect_timeout: 60, idle_timeout: 0 },
    { max: 4, connect_timeout: 2, max_lifetime: 300 },
    { connect_timeout: 0 },
    { idle_timeout: 3600 },
    { max: 0, connect_timeout: undefined, max_lifetime: null },
    { max: '20', connect_timeout: 30_000 },
    { connection: { statement_timeout: 9000 }, statement_timeout: 9000 },
    { idleTimeoutMillis: 5000, connectionTimeoutMillis: 5000 },
  ],
  mariadb: [
    {},
    { connectionLimit: 0, acquireTimeout: 0 },
    { connectionLimit: 50, acquireTimeout: 60_000, queryTimeout: 9000 },
    { connectionLimit: Infinity, connectTimeout: 9000, socketTimeout: 0 },
    { idleTimeout: 60, minimumIdle: 20 },
    { idleTimeout: 60_000, minimumIdle: 2 },
    { max: 5, acquireTimeoutMillis: 1000, queueLimit: 5 },
  ],
  redis: [
    {},
    { maximum: 200, minimum: 2 },
    { maximum: 0, minimum: 5 },
    { maximum: Infinity, acquireTimeout: 0 },
    { acquireTimeout: 60_000, cleanupDelay: 60_000 },
    { max: 5, idleTimeout: 1000 },
  ],
  tarn: [
    { max: 4, min: 0 },
    { max: 50, min: 0, acquireTimeoutMillis: 60_000 },
    { max: Infinity, min: 0 },
    { max: 3, min: 5, createTimeoutMillis: 0 },
    { max: '5', min: 0, acquireTimeoutMillis: '1000', idleTimeoutMillis: 20 },
  ],
  'generic-pool': [
    {},
    { max: 50, min: 60 },
    { max: 'many', maxWaitingClients: 500 },
    { max: 4, acquireTimeoutMillis: 60_000, maxWaitingClients: 0 },
    { max: 2.5, acquireTimeoutMillis: Infinity },
    { max: 4, idleTimeoutMillis: 9000 },
    { max: 4, softIdleTimeoutMillis: 60_000, evictionRunIntervalMillis: 1000 },
    { maxSize: 4, reapIntervalMillis: 1000 },
  ],
  'node:http': [
    { keepAlive: true },
    { keepAlive: true, maxSockets: 500, timeout: 60_000 },
    { keepAlive: true, maxSockets: Infinity, maxTotalSockets: 500 },
    { keepAlive: true, maxSockets: 'many', timeout: 0 },
    { keepAlive: true, maxTotalSockets: 0, freeSocketTimeout: 4000 },
    { keepAlive: true, connections: 5 },
  ],
  undici: [
    {},
    { connections: 500, headersTimeout: 0 },
    { connections: 0, bodyTimeout: 0, connectTimeout: 60_000 },
    { connections: '5', headersTimeout: 400_000, keepAliveTimeout: 0 },
    { connections: null, connect: { timeout: 60_000 } },
    { keepAlive: true, timeout: 5000, maxSockets: 5, clientTtl: 0 },
  ],
};

const rules = ['pool/no-unbounded-pool', 'pool/require-timeouts', 'pool/no-ignored-option'] as const;

function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${key}: ${textOf(one)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function linted({ build, imports }: Maker, stated: Readonly<Record<string, unknown>>, policy: Policy): string[] {
  const code = `${imports}\nexport const pool = ${build(textOf(stated))};\n`;
  const config = {
    plugins: { pool: plugin },
    rules: Object.fromEntries(rules.map((rule) => [rule, 'error'])),
    settings: { pool: { policy } },
  } as never;
  return new Linter({ configType: 'flat' })
    .verify(code, config)
    .map(({ message, ruleId }) => `${ruleId}: ${message}`)
    .sort();
}

function judged({ driver, limits }: Maker, stated: Readonly<Record<string, unknown>>, policy: Policy): string[] {
  const source = fakeSource({ driver, limits, options: { ...stated } });
  const guard = new Guard(source, { name: 'pool', policy });
  return judge(guard, 0)
    .map(({ data, id, key }) => {
      const texts = sentences[id as keyof typeof sentences] as Readonly<Record<string, string>>;
      return `${id}: ${fill(texts[key] ?? key, { name: 'pool', ...data })}`;
    })
    .sort();
}

describe.for(makers)('the limits of $driver', (maker) => {
  const cases = (options[maker.driver] ?? []).flatMap((stated) =>
    policies.map((policy) => ({ stated, policy, name: `${textOf(stated)} under ${JSON.stringify(policy)}` })),
  );

  it.for(cases)('$name', ({ policy, stated }) => {
    expect(judged(maker, stated, policy)).toEqual(linted(maker, stated, policy));
  });
});

interface Exception {
  readonly because: string;
  readonly driver: string;
  readonly stated: Readonly<Record<string, unknown>>;
  readonly policy: Policy;
  readonly linter: readonly string[];
  readonly runtime: readonly string[];
}

const exceptions: readonly Exception[] = [
  {
    because: 'an Agent without `keepAlive` keeps no socket: the linter leaves it out, the runtime its adapter',
    driver: 'node:http',
    stated: {},
    policy: {},
    linter: [],
    runtime: [
      'pool/no-unbounded-pool: `pool` may open connections without bound, because node:http has no limit by default. Set `maxSockets: 50`.',
    ],
  },
  {
    because: 'which of two names counts nobody should have to know from the text; the process must be bounded by one',
    driver: 'pg',
    stated: { max: 50, poolSize: 5, connectionTimeoutMillis: 1000 },
    policy: { perProcess: { max: 5 } },
    linter: [],
    runtime: [
      'pool/no-unbounded-pool: `pool` may open 50 connections, but the policy allows 5 (`perProcess.max`). Set `max: 5`.',
    ],
  },
  {
    because: "a driver completes its options, so that its own default in the process is nobody's choice",
    driver: 'mysql2',
    stated: { idleTimeout: 60_000, maxIdle: 12 },
    policy: {},
    linter: ['pool/no-ignored-option: `idleTimeout` of `pool` does nothing without `maxIdle`. Set `maxIdle: 5`.'],
    runtime: [],
  },
  {
    because: "a driver completes its options, so that `undefined` in the process is nobody's choice",
    driver: 'pg',
    stated: { connectionTimeoutMillis: 1000, statement_timeout: undefined },
    policy: { timeouts: { statementMs: 4000 } },
    linter: [
      'pool/require-timeouts: Nothing bounds the time of a statement of `pool`, so one slow statement holds a connection. Set `statement_timeout: 4000`.',
    ],
    runtime: [
      'pool/require-timeouts: Nothing bounds the time of a statement of `pool`, so one slow statement holds a connection. Set `query_timeout: 4000`.',
    ],
  },
];

describe.for(exceptions)('$driver: $because', ({ driver, linter, policy, runtime, stated }) => {
  it('is the difference', () => {
    const maker = makers.find((one) => one.driver === driver)!;
    expect({ linter: linted(maker, stated, policy), runtime: judged(maker, stated, policy) }).toEqual({
      linter,
      runtime,
    });
  });
});
