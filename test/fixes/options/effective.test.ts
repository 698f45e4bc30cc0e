import { createRequire } from 'node:module';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { silentWire } from '../../drivers/conformance/watch.ts';
import { appliedAll, renaming, setting } from './apply.ts';
import type { Look } from './apply.ts';

const require = createRequire(import.meta.url);
const pg = require('pg') as typeof import('pg');

/** pg's own pool, for whom nobody says what it made: TypeORM keeps a pool only once it has connected. */
const seen: { pool?: InstanceType<typeof pg.Pool> } = {};
class Recorded extends pg.Pool {
  constructor(options: object) {
    super(options);
    seen.pool = this;
  }
}
const recording = { driver: { ...pg, Pool: Recorded }, stream: silentWire };

/** Runs a module, and gives what it exports as `made`. */
function run(code: string): Built {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023, esModuleInterop: true };
  const { outputText } = ts.transpileModule(code, { compilerOptions });
  const exported = {} as { readonly made: Built };
  const load = (name: string): unknown => (name === 'recording' ? recording : require(name));
  new Function('require', 'exports', outputText)(load, exported);
  return exported.made;
}

/** Where the drivers keep what they made of their options; most of it is in no type of theirs. */
type Field =
  | '$pool'
  | '_connectionTimeoutMillis'
  | 'acquireTimeoutMillis'
  | 'client'
  | 'commandTimeout'
  | 'config'
  | 'connectionConfig'
  | 'connectionLimit'
  | 'connectionManager'
  | 'connectionString'
  | 'connectionTimeoutMillis'
  | 'database'
  | 'dbName'
  | 'host'
  | 'idleTimeoutMillis'
  | 'idle_timeout'
  | 'max'
  | 'maxPoolSize'
  | 'maxSize'
  | 'maxSockets'
  | 'min'
  | 'options'
  | 'pool'
  | 'port'
  | 'queueLimit'
  | 'timeout'
  | 'waitQueueTimeoutMS';
type Fields = { readonly [Name in Field]: Built };

interface Built extends Fields {
  readonly disconnect: () => void;
  readonly end: () => Promise<void>;
  readonly getConnection: () => Promise<never>;
  readonly initialize: () => Promise<unknown>;
  readonly on: (event: string, listener: () => void) => unknown;
}

type See = (made: Built) => unknown;

interface Row {
  readonly name: string;
  readonly code: string;
  readonly looks: readonly Look[];
  /** What the driver itself says, when it has built it. */
  readonly see: See;
  readonly expected: unknown;
}

const PG = "import { Pool } from 'pg';\n";
const seeSymbol =
  (name: string): See =>
  (made: object) => {
    const key = Object.getOwnPropertySymbols(made).find((each) => each.description === name);
    return (made as Record<symbol, unknown>)[key as symbol];
  };

const rows: readonly Row[] = [
  {
    name: 'pg: a size without bound, a wait without end',
    code: `${PG}export const made = new Pool({ host: 'a', max: Infinity });`,
    looks: [setting('max', 20), setting('connectionTimeoutMillis', 5000)],
    see: ({ options }) => [options.max, options.connectionTimeoutMillis, options.host],
    expected: [20, 5000, 'a'],
  },
  {
    name: 'pg: names of another driver, in another unit',
    code: `${PG}export const made = new Pool({ pool: { max: 3 }, idle_timeout: 30 });`,
    looks: [renaming('pool.max', 'max'), renaming('idle_timeout', 'idleTimeoutMillis', 's')],
    see: ({ options }) => [options.max, options.idleTimeoutMillis],
    expected: [3, 30_000],
  },
  {
    name: 'pg: a client with its address alone',
    code: "import { Client } from 'pg';\nexport const made = new Client('postgres://me@a/b');",
    looks: [setting('connectionTimeoutMillis', 5000)],
    see: (made) => [made._connectionTimeoutMillis, made.host, made.database],
    expected: [5000, 'a', 'b'],
  },
  {
    name: 'pg-promise: an address alone',
    code: "import pgPromise from 'pg-promise';\nconst pgp = pgPromise();\nexport const made = pgp('postgres://me@a/b');",
    looks: [setting('max', 20)],
    see: ({ $pool: { options } }) => [options.max, options.connectionString],
    expected: [20, 'postgres://me@a/b'],
  },
  {
    name: 'mysql2: an address alone',
    code: "import { createPool } from 'mysql2';\nexport const made = createPool('mysql://me@a/b');",
    looks: [setting('connectionLimit', 20), setting('queueLimit', 1000)],
    see: ({ config }) => [config.connectionLimit, config.queueLimit, config.connectionConfig.database],
    expected: [20, 1000, 'b'],
  },
  {
    name: 'mysql2: a parameter of the address',
    code: "import { createPool } from 'mysql2/promise';\nexport const made = createPool('mysql://me@a/b?connectionLimit=0');",
    looks: [setting('connectionLimit', 20)],
    see: ({ pool: { config } }) => config.connectionLimit,
    expected: 20,
  },
  {
    name: 'mariadb: the wait and the size, as its own error tells them',
    code: "import { createPool } from 'mariadb';\nimport { stream } from 'recording';\nexport const made = createPool({ stream, connectionLimit: 0, minimumIdle: 0, acquireTimeout: 0 });",
    looks: [setting('connectionLimit', 20), setting('acquireTimeout', 300)],
    see: async (made) => {
      const start = performance.now();
      const { message } = await made.getConnection().catch((reason: Error) => reason);
      const wait = performance.now() - start;
      made.end().catch(() => {});
      return [wait > 250 && wait < 2000, Number(/limit=(\d+)/.exec(message)?.[1])];
    },
    expected: [true, 20],
  },
  {
    name: 'knex: a pool at the top level',
    code: "import knex from 'knex';\nexport const made = knex({ client: 'pg', connection: {}, max: 3, min: 0 });",
    looks: [renaming('max', 'pool.max'), renaming('min', 'pool.min'), setting('pool.idleTimeoutMillis', 3000)],
    see: ({ client: { pool } }) => [pool.max, pool.min, pool.idleTimeoutMillis],
    expected: [3, 0, 3000],
  },
  {
    name: 'Sequelize: a name that it does not read',
    code: "import { Sequelize } from 'sequelize';\nexport const made = new Sequelize({ dialect: 'postgres', pool: { maximum: 3 } });",
    looks: [renaming('pool.maximum', 'pool.max'), setting('pool.acquire', 4000)],
    see: ({ connectionManager: { pool } }) => [pool.maxSize, pool.acquireTimeoutMillis],
    expected: [3, 4000],
  },
  {
    name: 'Sequelize: an address alone',
    code: "import { Sequelize } from 'sequelize';\nexport const made = new Sequelize('postgres://me@a/b');",
    looks: [setting('pool.max', 20)],
    see: ({ config, connectionManager: { pool } }) => [pool.maxSize, config.database],
    expected: [20, 'b'],
  },
  {
    name: 'TypeORM: a size without bound in `extra`',
    code: "import { DataSource } from 'typeorm';\nimport { driver } from 'recording';\nexport const made = new DataSource({ type: 'postgres', driver, port: 1, extra: { max: Infinity } });",
    looks: [setting('extra.max', 20), setting('extra.idleTimeoutMillis', 3000)],
    see: async (made) => {
      await made.initialize().catch(() => {});
      return [seen.pool?.options.max, seen.pool?.options.idleTimeoutMillis];
    },
    expected: [20, 3000],
  },
  {
    name: 'ioredis: a command without end, behind port and host',
    code: "import { Redis } from 'ioredis';\nexport const made = new Redis(1, '127.0.0.1');",
    looks: [setting('commandTimeout', 5000)],
    see: (made) => {
      made.on('error', () => {});
      made.disconnect();
      return [made.options.commandTimeout, made.options.port, made.options.host];
    },
    expected: [5000, 1, '127.0.0.1'],
  },
  {
    name: 'http.Agent: sockets without bound',
    code: "import http from 'node:http';\nexport const made = new http.Agent({ keepAlive: true });",
    looks: [setting('maxSockets', 20), setting('timeout', 30_000)],
    see: ({ maxSockets, options }) => [maxSockets, options.timeout],
    expected: [20, 30_000],
  },
  {
    name: 'undici: connections without bound',
    code: "import { Pool } from 'undici';\nexport const made = new Pool('http://127.0.0.1:1');",
    looks: [setting('connections', 20)],
    see: seeSymbol('connections'),
    expected: 20,
  },
  {
    name: 'postgres.js: an address alone, and seconds',
    code: "import postgres from 'postgres';\nexport const made = postgres('postgres://me@a/b');",
    looks: [setting('max', 20), setting('idle_timeout', 30)],
    see: ({ options }) => [options.max, options.idle_timeout, options.database],
    expected: [20, 30, 'b'],
  },
  {
    name: 'MongoClient: an address alone',
    code: "import { MongoClient } from 'mongodb';\nexport const made = new MongoClient('mongodb://a/b');",
    looks: [setting('waitQueueTimeoutMS', 5000), setting('maxPoolSize', 20)],
    see: ({ options }) => [options.waitQueueTimeoutMS, options.maxPoolSize, options.dbName],
    expected: [5000, 20, 'b'],
  },
];

describe('in a run', () => {
  it.for(rows)('$name', async ({ code, expected, looks, see }) => {
    const repaired = appliedAll(code, looks);
    expect(repaired).not.toBe(code);
    expect(await see(run(repaired))).toEqual(expected);
  });

  it.for(rows)('it was not so before: $name', async ({ code, expected, see }) => {
    // TypeORM's pool of the run before is not this one's.
    delete seen.pool;
    const before = async (): Promise<unknown> => see(run(code));
    expect(await Promise.race([before().catch((error: unknown) => error), late()])).not.toEqual(expected);
  });
});

/** A wait without end shows as itself. */
const late = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 1000, 'no end'));
