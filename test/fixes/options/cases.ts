import { renaming, setting, settingAll } from './apply.ts';
import type { Look } from './apply.ts';
import type { Limit } from '../../../src/drivers/driver.ts';

/** A repair: the text before it and after it, and what holds for a limit then. */
export interface Case {
  readonly name: string;
  readonly code: string;
  readonly look: Look;
  readonly output: string;
  readonly limit: Limit;
  readonly value: number;
  readonly filename?: string;
}

const PG = "import { Pool } from 'pg';\n";
const MYSQL = "import { createPool } from 'mysql2/promise';\n";
const KNEX = "import knex from 'knex';\n";

const pg = (name: string, code: string, output: string, look = setting('max', 20)): Case => ({
  name,
  code: PG + code,
  look,
  output: PG + output,
  limit: 'max',
  value: 20,
});

/** How the text around decides the form. */
export const styles: readonly Case[] = [
  pg('no argument', 'export const pool = new Pool();\n', 'export const pool = new Pool({ max: 20 });\n'),
  pg('no parentheses', 'export const pool = new Pool;\n', 'export const pool = new Pool({ max: 20 });\n'),
  pg('an empty object', 'export const pool = new Pool({});\n', 'export const pool = new Pool({ max: 20 });\n'),
  pg(
    'one line',
    "export const pool = new Pool({ host: 'a' });\n",
    "export const pool = new Pool({ host: 'a', max: 20 });\n",
  ),
  pg(
    'one line without spaces',
    'export const pool = new Pool({port: 1});\n',
    'export const pool = new Pool({port: 1, max: 20});\n',
  ),
  pg(
    'one line with a comma at its end',
    "export const pool = new Pool({ host: 'a', });\n",
    "export const pool = new Pool({ host: 'a', max: 20, });\n",
  ),
  pg(
    'several lines',
    "export const pool = new Pool({\n  host: 'a',\n  port: 1, // the usual\n});\n",
    "export const pool = new Pool({\n  host: 'a',\n  port: 1, // the usual\n  max: 20,\n});\n",
  ),
  pg(
    'several lines without the last comma',
    "export const pool = new Pool({\n\thost: 'a',\n\tport: 1 // the usual\n});\n",
    "export const pool = new Pool({\n\thost: 'a',\n\tport: 1, // the usual\n\tmax: 20\n});\n",
  ),
  {
    name: 'Windows lines',
    code: "import { Pool } from 'pg';\r\nexport const pool = new Pool({\r\n  host: 'a',\r\n});\r\n",
    look: setting('max', 20),
    output: "import { Pool } from 'pg';\r\nexport const pool = new Pool({\r\n  host: 'a',\r\n  max: 20,\r\n});\r\n",
    limit: 'max',
    value: 20,
  },
  pg(
    'two on a line, the brace on another',
    "export const pool = new Pool({ host: 'a', port: 1\n});\n",
    "export const pool = new Pool({ host: 'a', port: 1, max: 20\n});\n",
  ),
  pg(
    'comments alone',
    'export const pool = new Pool({\n  // from the environment\n});\n',
    'export const pool = new Pool({\n  // from the environment\n  max: 20,\n});\n',
  ),
  pg(
    'keys in quotes',
    'export const pool = new Pool({ "host": "a" });\n',
    'export const pool = new Pool({ "host": "a", "max": 20 });\n',
  ),
  pg(
    'behind a spread',
    "const base = { host: 'a' };\nexport const pool = new Pool({ port: 1, ...base });\n",
    "const base = { host: 'a' };\nexport const pool = new Pool({ port: 1, ...base, max: 20 });\n",
  ),
  {
    name: 'separators of the file',
    code: `${PG}export const pool = new Pool({ idleTimeoutMillis: 10_000 });\n`,
    look: setting('connectionTimeoutMillis', 30_000),
    output: `${PG}export const pool = new Pool({ idleTimeoutMillis: 10_000, connectionTimeoutMillis: 30_000 });\n`,
    limit: 'acquire',
    value: 30_000,
  },
  {
    name: 'no separators',
    code: `${PG}export const pool = new Pool({ idleTimeoutMillis: 10000 });\n`,
    look: setting('connectionTimeoutMillis', 30_000),
    output: `${PG}export const pool = new Pool({ idleTimeoutMillis: 10000, connectionTimeoutMillis: 30000 });\n`,
    limit: 'acquire',
    value: 30_000,
  },
];

/** Where the options come from. */
export const places: readonly Case[] = [
  pg(
    'a constant',
    "const options = { host: 'a' };\nexport const pool = new Pool(options);\n",
    "const options = { host: 'a', max: 20 };\nexport const pool = new Pool(options);\n",
  ),
  pg(
    "a constant of the driver's type",
    "import type { PoolConfig } from 'pg';\nconst options: PoolConfig = { host: 'a' };\nexport const pool = new Pool(options);\n",
    "import type { PoolConfig } from 'pg';\nconst options: PoolConfig = { host: 'a', max: 20 };\nexport const pool = new Pool(options);\n",
  ),
  pg(
    'a frozen constant',
    "const options = Object.freeze({ host: 'a' });\nexport const pool = new Pool(options);\n",
    "const options = Object.freeze({ host: 'a', max: 20 });\nexport const pool = new Pool(options);\n",
  ),
  pg(
    'a constant that is looked at',
    "const options = { host: 'a' };\nconsole.log(options, options.host);\nexport const pool = new Pool(options);\n",
    "const options = { host: 'a', max: 20 };\nconsole.log(options, options.host);\nexport const pool = new Pool(options);\n",
  ),
  pg(
    'a constant of two pools',
    "const options = { host: 'a' };\nexport const pool = new Pool(options);\nexport const other = new Pool({ ...options, host: 'b' });\n",
    "const options = { host: 'a', max: 20 };\nexport const pool = new Pool(options);\nexport const other = new Pool({ ...options, host: 'b' });\n",
  ),
  pg(
    'a function that returns options',
    "const options = () => ({ host: 'a' });\nexport const pool = new Pool(options());\n",
    "const options = () => ({ host: 'a', max: 20 });\nexport const pool = new Pool(options());\n",
  ),
  pg(
    "a function with the driver's type",
    "import type { PoolConfig } from 'pg';\nfunction options(): PoolConfig {\n  return { host: 'a' };\n}\nexport const pool = new Pool(options());\n",
    "import type { PoolConfig } from 'pg';\nfunction options(): PoolConfig {\n  return { host: 'a', max: 20 };\n}\nexport const pool = new Pool(options());\n",
  ),
  pg(
    'a private field',
    "export class Store {\n  private options = { host: 'a' };\n  pool = new Pool(this.options);\n}\n",
    "export class Store {\n  private options = { host: 'a', max: 20 };\n  pool = new Pool(this.options);\n}\n",
  ),
  {
    name: 'a part of the options that is there',
    code: `${KNEX}export const db = knex({ client: 'pg', pool: { min: 0 } });\n`,
    look: setting('pool.max', 20),
    output: `${KNEX}export const db = knex({ client: 'pg', pool: { min: 0, max: 20 } });\n`,
    limit: 'max',
    value: 20,
  },
  {
    name: 'a part with a spread that cannot have it',
    code: `${KNEX}const isTest = Boolean(process.env.TEST);\nexport const db = knex({ client: 'pg', pool: { min: 0, ...(isTest && { propagateCreateError: true }) } });\n`,
    look: setting('pool.max', 20),
    output: `${KNEX}const isTest = Boolean(process.env.TEST);\nexport const db = knex({ client: 'pg', pool: { min: 0, ...(isTest && { propagateCreateError: true }), max: 20 } });\n`,
    limit: 'max',
    value: 20,
  },
  {
    name: 'a type of the same package',
    code: `${MYSQL}import type { PoolOptions } from 'mysql2';\nconst options: PoolOptions = { host: 'a' };\nexport const pool = createPool(options);\n`,
    look: setting('queueLimit', 100),
    output: `${MYSQL}import type { PoolOptions } from 'mysql2';\nconst options: PoolOptions = { host: 'a', queueLimit: 100 };\nexport const pool = createPool(options);\n`,
    limit: 'queue',
    value: 100,
  },
  {
    name: 'a part of the options that is a constant',
    code: `${KNEX}const pool = { min: 0 };\nexport const db = knex({ client: 'pg', pool });\n`,
    look: setting('pool.max', 20),
    output: `${KNEX}const pool = { min: 0, max: 20 };\nexport const db = knex({ client: 'pg', pool });\n`,
    limit: 'max',
    value: 20,
  },
  {
    name: 'a part of the options that is made',
    code: `${KNEX}export const db = knex({\n  client: 'pg',\n});\n`,
    look: settingAll({ 'pool.max': 20, 'pool.min': 0 }),
    output: `${KNEX}export const db = knex({\n  client: 'pg',\n  pool: { max: 20, min: 0 },\n});\n`,
    limit: 'max',
    value: 20,
  },
  {
    name: 'several options',
    code: `${PG}export const pool = new Pool({ statement_timeout: 0 });\n`,
    look: settingAll({ statement_timeout: 5000, query_timeout: 6000 }),
    output: `${PG}export const pool = new Pool({ statement_timeout: 5000, query_timeout: 6000 });\n`,
    limit: 'statement',
    value: 5000,
  },
];

/** Calls that have an address alone. */
export const addresses: readonly Case[] = [
  {
    name: 'an object with the address',
    code: `${MYSQL}export const pool = createPool('mysql://a/b');\n`,
    look: setting('connectionLimit', 20),
    output: `${MYSQL}export const pool = createPool({ uri: 'mysql://a/b', connectionLimit: 20 });\n`,
    limit: 'max',
    value: 20,
  },
  {
    name: 'an object with the address by name',
    code: `${MYSQL}const uri = 'mysql://a/b';\nexport const pool = createPool(uri);\n`,
    look: setting('queueLimit', 100),
    output: `${MYSQL}const uri = 'mysql://a/b';\nexport const pool = createPool({ uri, queueLimit: 100 });\n`,
    limit: 'queue',
    value: 100,
  },
  {
    name: 'a client with its address',
    code: "import { Client } from 'pg';\nexport const client = new Client('postgres://a/b');\n",
    look: setting('connectionTimeoutMillis', 5000),
    output:
      "import { Client } from 'pg';\nexport const client = new Client({ connectionString: 'postgres://a/b', connectionTimeoutMillis: 5000 });\n",
    limit: 'connect',
    value: 5000,
  },
  {
    name: 'the next argument, postgres',
    code: "import postgres from 'postgres';\nexport const sql = postgres('postgres://a/b');\n",
    look: setting('idle_timeout', 30),
    output: "import postgres from 'postgres';\nexport const sql = postgres('postgres://a/b', { idle_timeout: 30 });\n",
    limit: 'idle',
    value: 30,
  },
  {
    name: 'the next argument, mongodb',
    code: "import { MongoClient } from 'mongodb';\nexport const client = new MongoClient(\n  'mongodb://a/b',\n);\n",
    look: setting('waitQueueTimeoutMS', 5000),
    output:
      "import { MongoClient } from 'mongodb';\nexport const client = new MongoClient(\n  'mongodb://a/b',\n  { waitQueueTimeoutMS: 5000 },\n);\n",
    limit: 'acquire',
    value: 5000,
  },
  {
    name: 'the next argument, Sequelize',
    code: "import { Sequelize } from 'sequelize';\nexport const db = new Sequelize('a', 'b', 'c');\n",
    look: setting('pool.max', 20),
    output:
      "import { Sequelize } from 'sequelize';\nexport const db = new Sequelize('a', 'b', 'c', { pool: { max: 20 } });\n",
    limit: 'max',
    value: 20,
  },
  {
    name: 'the next argument, ioredis',
    code: "import { Redis } from 'ioredis';\nexport const redis = new Redis(6379, 'a');\n",
    look: setting('commandTimeout', 5000),
    output: "import { Redis } from 'ioredis';\nexport const redis = new Redis(6379, 'a', { commandTimeout: 5000 });\n",
    limit: 'command',
    value: 5000,
  },
  {
    name: 'the next argument, undici',
    code: "import { Pool } from 'undici';\nexport const pool = new Pool('http://a');\n",
    look: setting('connections', 20),
    output: "import { Pool } from 'undici';\nexport const pool = new Pool('http://a', { connections: 20 });\n",
    limit: 'max',
    value: 20,
  },
  {
    name: 'a parameter in the address',
    code: `${MYSQL}export const pool = createPool('mysql://a/b?charset=utf8&connectionLimit=0&x=1');\n`,
    look: setting('connectionLimit', 20),
    output: `${MYSQL}export const pool = createPool('mysql://a/b?charset=utf8&connectionLimit=20&x=1');\n`,
    limit: 'max',
    value: 20,
  },
  {
    name: 'a parameter in a template',
    code: `${MYSQL}const host = 'a';\nexport const pool = createPool({ uri: \`mysql://\${host}/b?connectionLimit=0\` });\n`,
    look: setting('connectionLimit', 20),
    output: `${MYSQL}const host = 'a';\nexport const pool = createPool({ uri: \`mysql://\${host}/b?connectionLimit=20\` });\n`,
    limit: 'max',
    value: 20,
  },
  {
    name: 'a new parameter, where the address is all',
    code: "import { createPool } from 'mariadb';\nexport const pool = createPool('mariadb://a/b');\n",
    look: setting('connectionLimit', 20),
    output:
      "import { createPool } from 'mariadb';\nexport const pool = createPool('mariadb://a/b?connectionLimit=20');\n",
    limit: 'max',
    value: 20,
  },
];

/** What stands there already. */
export const values: readonly Case[] = [
  pg('a number', 'export const pool = new Pool({ max: Infinity });\n', 'export const pool = new Pool({ max: 20 });\n'),
  pg(
    'a text',
    "export const pool = new Pool({ max: 'abc' as never });\n",
    'export const pool = new Pool({ max: 20 as never });\n',
  ),
  pg('a sum', 'export const pool = new Pool({ max: 2 ** 40 });\n', 'export const pool = new Pool({ max: 20 });\n'),
  pg(
    'a fallback',
    'export const pool = new Pool({ max: Number(process.env.MAX) || Infinity });\n',
    'export const pool = new Pool({ max: Number(process.env.MAX) || 20 });\n',
  ),
  pg(
    'a text that is read as a number',
    'export const pool = new Pool({ max: parseInt(process.env.MAX ?? "0", 10) });\n',
    'export const pool = new Pool({ max: parseInt(process.env.MAX ?? "20", 10) });\n',
  ),
  pg(
    'a constant of its own',
    'const max = Infinity;\nexport const pool = new Pool({ max });\n',
    'const max = 20;\nexport const pool = new Pool({ max });\n',
  ),
  pg(
    'a constant of others',
    'const LIMIT = Infinity;\nexport const pool = new Pool({ max: LIMIT });\nexport const isFull = (one: number) => one > LIMIT;\n',
    'const LIMIT = Infinity;\nexport const pool = new Pool({ max: 20 });\nexport const isFull = (one: number) => one > LIMIT;\n',
  ),
  pg(
    'a constant of others by its name',
    'const max = Infinity;\nexport const pool = new Pool({ max });\nexport const isFull = (one: number) => one > max;\n',
    'const max = Infinity;\nexport const pool = new Pool({ max: 20 });\nexport const isFull = (one: number) => one > max;\n',
  ),
  {
    ...pg(
      'an assignment',
      "const options = { host: 'a' };\noptions.max = Infinity;\nexport const pool = new Pool(options);\n",
      "const options = { host: 'a' };\noptions.max = 20;\nexport const pool = new Pool(options);\n",
    ),
    filename: 'file.js',
  },
];

const renamed = (name: string, code: string, output: string, look: Look, limit: Limit = 'max', value = 20): Case => ({
  name,
  code,
  output,
  look,
  limit,
  value,
});

/** Names that the driver does not read. Typed only where its types allow what stands before. */
export const names: readonly Case[] = [
  renamed(
    'a name',
    `${PG}export const pool = new Pool({ connectionLimit: 20 /* few */, host: 'a' });\n`,
    `${PG}export const pool = new Pool({ max: 20 /* few */, host: 'a' });\n`,
    renaming('connectionLimit', 'max'),
  ),
  renamed(
    'a name in quotes',
    `${PG}export const pool = new Pool({ "connectionLimit": 20 });\n`,
    `${PG}export const pool = new Pool({ "max": 20 });\n`,
    renaming('connectionLimit', 'max'),
  ),
  renamed(
    'a name without a value of its own',
    `${PG}const connectionLimit = 20;\nexport const pool = new Pool({ connectionLimit });\n`,
    `${PG}const connectionLimit = 20;\nexport const pool = new Pool({ max: connectionLimit });\n`,
    renaming('connectionLimit', 'max'),
  ),
  renamed(
    'a name that becomes that of its value',
    `${PG}const max = 20;\nexport const pool = new Pool({ connectionLimit: max });\n`,
    `${PG}const max = 20;\nexport const pool = new Pool({ max: max });\n`,
    renaming('connectionLimit', 'max'),
  ),
  {
    ...renamed(
      'an assigned name',
      `${PG}const options = {};\noptions.connectionLimit = 20;\nexport const pool = new Pool(options);\n`,
      `${PG}const options = {};\noptions.max = 20;\nexport const pool = new Pool(options);\n`,
      renaming('connectionLimit', 'max'),
    ),
    filename: 'file.js',
  },
  renamed(
    'a name inside a part',
    "import { Sequelize } from 'sequelize';\nexport const db = new Sequelize({ pool: { maximum: 20 } });\n",
    "import { Sequelize } from 'sequelize';\nexport const db = new Sequelize({ pool: { max: 20 } });\n",
    renaming('pool.maximum', 'pool.max'),
  ),
  renamed(
    'into a part that is made',
    `${KNEX}export const db = knex({ client: 'pg', max: 20, debug: true });\n`,
    `${KNEX}export const db = knex({ client: 'pg', pool: { max: 20 }, debug: true });\n`,
    renaming('max', 'pool.max'),
  ),
  renamed(
    'into a part, by its name',
    `${KNEX}const max = 20;\nexport const db = knex({ client: 'pg', max });\n`,
    `${KNEX}const max = 20;\nexport const db = knex({ client: 'pg', pool: { max } });\n`,
    renaming('max', 'pool.max'),
  ),
  renamed(
    'into a part that is there',
    `${KNEX}export const db = knex({\n  client: 'pg',\n  max: 20,\n  pool: {\n    min: 2,\n  },\n});\n`,
    `${KNEX}export const db = knex({\n  client: 'pg',\n  pool: {\n    min: 2,\n    max: 20,\n  },\n});\n`,
    renaming('max', 'pool.max'),
  ),
  renamed(
    'into a part that is there, from the last place',
    `${KNEX}export const db = knex({ client: 'pg', pool: { min: 2 }, max: 20 });\n`,
    `${KNEX}export const db = knex({ client: 'pg', pool: { min: 2, max: 20 } });\n`,
    renaming('max', 'pool.max'),
  ),
  renamed(
    'out of a part that is left empty',
    `${PG}export const pool = new Pool({ host: 'a', pool: { max: 20 } });\n`,
    `${PG}export const pool = new Pool({ host: 'a', max: 20 });\n`,
    renaming('pool.max', 'max'),
  ),
  {
    ...renamed(
      'out of a part that is kept',
      `${PG}export const pool = new Pool({ pool: { max: 20, min: 2 }, host: 'a' });\n`,
      `${PG}export const pool = new Pool({ pool: { min: 2 }, host: 'a', max: 20 });\n`,
      renaming('pool.max', 'max'),
    ),
    filename: 'file.js',
  },
  renamed(
    'from one part into another',
    `${KNEX}export const db = knex({ client: 'pg', extra: { max: 20 }, pool: { min: 0 } });\n`,
    `${KNEX}export const db = knex({ client: 'pg', pool: { min: 0, max: 20 } });\n`,
    renaming('extra.max', 'pool.max'),
  ),
];

const idle = (name: string, before: string, after: string, value: number): Case =>
  renamed(
    name,
    `${PG}export const pool = new Pool({ idle_timeout: ${before} });\n`,
    `${PG}export const pool = new Pool({ idleTimeoutMillis: ${after} });\n`,
    renaming('idle_timeout', 'idleTimeoutMillis', 's'),
    'idle',
    value,
  );

const lifetime = (name: string, before: string, after: string, value: number): Case =>
  renamed(
    name,
    `${PG}export const pool = new Pool({ maxLifetimeMillis: ${before} });\n`,
    `${PG}export const pool = new Pool({ maxLifetimeSeconds: ${after} });\n`,
    renaming('maxLifetimeMillis', 'maxLifetimeSeconds', 'ms'),
    'lifetime',
    value,
  );

/** Times in another unit. */
export const units: readonly Case[] = [
  idle('a number of seconds', '30', '30000', 30_000),
  idle('a product of seconds', '5 * 60', '5 * 60 * 1000', 300_000),
  idle('a text of seconds', "'30'", '30000', 30_000),
  lifetime('a number of milliseconds', '30_000', '30', 30),
  lifetime('a product of milliseconds', '30 * 60 * 1000', '30 * 60', 1800),
  lifetime('another product of milliseconds', '1000 * 30', '30', 30),
  renamed(
    'a constant of seconds',
    `${PG}const IDLE = 30;\nexport const pool = new Pool({ idle_timeout: IDLE });\n`,
    `${PG}const IDLE = 30;\nexport const pool = new Pool({ idleTimeoutMillis: IDLE * 1000 });\n`,
    renaming('idle_timeout', 'idleTimeoutMillis', 's'),
    'idle',
    30_000,
  ),
  idle(
    'a number of the environment',
    "Number(process.env.IDLE ?? '30')",
    "Number(process.env.IDLE ?? '30') * 1000",
    30_000,
  ),
  idle('one of two numbers', 'Number(process.env.IDLE) || 30', '(Number(process.env.IDLE) || 30) * 1000', 30_000),
];
