import { describe, expect, it } from 'vitest';
import { applied, appliedAll, renaming, setting, settingAll } from './apply.ts';
import type { Look } from './apply.ts';

type Row = readonly [name: string, code: string, look: Look, filename?: string];

const PG = "import { Pool } from 'pg';\n";
const KNEX = "import knex from 'knex';\n";
const max = setting('max', 20);
const poolMax = setting('pool.max', 20);

/** Somebody else reads what would change, or we do not see all of it. */
const settings: readonly Row[] = [
  ['options from elsewhere', `${PG}import { options } from './options';\nnew Pool(options);\n`, max],
  ['a spread from elsewhere', `${PG}new Pool({ ...options(), port: 1 });\n`, max],
  [
    'options of another driver too',
    `${PG}import { createPool } from 'mysql2';\nconst options = { host: 'a' };\ncreatePool(options);\nnew Pool(options);\n`,
    max,
  ],
  ['options that a function gets', `${PG}const options = { host: 'a' };\nnew Pool(options);\nstart(options);\n`, max],
  [
    'options whose value is read',
    `${PG}const options = { max: 0 };\nnew Pool(options);\nif (options.max > 5) start();\n`,
    max,
  ],
  [
    'options that are taken apart',
    `${PG}const options = { max: 0, host: 'a' };\nconst { max } = options;\nnew Pool(options);\nstart(max);\n`,
    max,
  ],
  [
    'options that live in an object of others',
    `${PG}const config = { db: { max: 0 } };\nnew Pool(config.db);\nstart(config);\n`,
    max,
  ],
  [
    'a type of their own',
    `${PG}interface Options { host: string }\nconst options: Options = { host: 'a' };\nnew Pool(options);\n`,
    max,
  ],
  [
    'a function whose type is their own',
    `${PG}interface Options { host: string }\nfunction options(): Options {\n  return { host: 'a' };\n}\nnew Pool(options());\n`,
    max,
  ],
  [
    'a field that others of the class hand on',
    `${PG}class Store {\n  private options = { host: 'a' };\n  pool = new Pool(this.options);\n  start() { start(this.options); }\n}\n`,
    max,
  ],
  [
    'a type from another file',
    `${PG}import type { Options } from './options';\nconst options = { host: 'a' } satisfies Options;\nnew Pool(options);\n`,
    max,
  ],
  [
    'a constant that is used elsewhere and computed',
    `${PG}const MAX = Number(process.env.MAX || 0);\nnew Pool({ max: MAX });\nstart(MAX);\n`,
    max,
  ],
  ['a number of a member', `${PG}const LIMITS = { max: 0 };\nnew Pool({ max: LIMITS.max });\nstart(LIMITS);\n`, max],
  ['a computed number', `${PG}const zero = 0;\nnew Pool({ max: zero * 5 });\n`, max],
  ['the environment alone', `${PG}new Pool({ max: process.env.MAX });\n`, max],
  [
    'a part that comes from elsewhere',
    `${KNEX}import { pool } from './pool';\nknex({ client: 'pg', pool });\n`,
    poolMax,
  ],
  ['a part that a function gives', `${KNEX}knex({ client: 'pg', pool: poolOf() });\n`, poolMax],
  [
    'a part with a spread that may have it',
    `${KNEX}knex({ client: 'pg', pool: { min: 0, ...(isTest && { max: 1 }) } });\n`,
    settingAll({ 'pool.max': 20 }),
  ],
  ['a part with a computed name', `${KNEX}knex({ client: 'pg', pool: { [name]: 5 } });\n`, poolMax],
  ['a part of a spread that may have it', `${KNEX}knex({ ...base(), client: 'pg' });\n`, poolMax],
  ['one of two objects', `${PG}new Pool(isTest ? { host: 'a' } : { host: 'b' });\n`, max],
  ['arguments that are spread', `${PG}new Pool(...given);\n`, max],
  ['a URL for a class that takes none', `${PG}new Pool('postgres://a/b');\n`, max],
  ['a name and no password', "import { Sequelize } from 'sequelize';\nnew Sequelize('a', 'b');\n", poolMax],
  [
    'a parameter that is computed',
    "import { createPool } from 'mysql2';\ncreatePool(`mysql://a/b?connectionLimit=${0}`);\n",
    setting('connectionLimit', 20),
  ],
  [
    'a parameter that goes on',
    "import { createPool } from 'mysql2';\ncreatePool('mysql://a/b?connectionLimit=0' + '0');\n",
    setting('connectionLimit', 20),
  ],
  ['a parameter that counts as text', "import postgres from 'postgres';\npostgres('postgres://a/b?max=0');\n", max],
  [
    'a URL that ends with what is computed',
    "import { createPool } from 'mariadb';\ncreatePool(`mariadb://a/${name}`);\n",
    setting('connectionLimit', 20),
  ],
  [
    'a URL that others read',
    "import { createPool } from 'mysql2';\nconst url = 'mysql://a/b?connectionLimit=0';\ncreatePool(url);\nmigrate(url);\n",
    setting('connectionLimit', 20),
  ],
  ['a number that is none', `${PG}new Pool();\n`, setting('max', Infinity)],
  [
    'one of several that is not seen',
    `${PG}new Pool({ statement_timeout: time() });\n`,
    settingAll({ statement_timeout: 5000, query_timeout: 6000 }),
  ],
];

const limit = renaming('connectionLimit', 'max');

const names: readonly Row[] = [
  ['a name that is there already', `${PG}new Pool({ connectionLimit: 5, max: 10 });\n`, limit],
  ['another name of the same', `${PG}new Pool({ connectionLimit: 5, poolSize: 10 });\n`, limit],
  ['a name that a spread has', `${PG}const base = { max: 5 };\nnew Pool({ ...base, connectionLimit: 5 });\n`, limit],
  ['a getter', `${PG}new Pool({ get connectionLimit() { return 5; } });\n`, limit],
  ['a method', `${PG}new Pool({ connectionLimit() { return 5; } });\n`, limit],
  [
    'a name that others read',
    `${PG}const options = { connectionLimit: 5 };\nstart(options.connectionLimit);\nnew Pool(options);\n`,
    limit,
  ],
  [
    'an assignment whose types we do not see',
    `${PG}const options: any = {};\noptions.connectionLimit = 5;\nnew Pool(options);\n`,
    limit,
  ],
  [
    'an assignment to another place',
    `${KNEX}const options = { client: 'pg' };\noptions.max = 5;\nknex(options);\n`,
    renaming('max', 'pool.max'),
    'file.js',
  ],
  ['a part from elsewhere', `${KNEX}knex({ client: 'pg', max: 5, pool: poolOf() });\n`, renaming('max', 'pool.max')],
  ['a part that a spread may have', `${KNEX}knex({ ...base(), max: 5 });\n`, renaming('max', 'pool.max')],
  ['a part that has it', `${KNEX}knex({ client: 'pg', max: 5, pool: { max: 3 } });\n`, renaming('max', 'pool.max')],
  [
    'a comment that belongs to it',
    `${KNEX}knex({\n  client: 'pg',\n  // Few.\n  max: 5,\n  pool: { min: 2 },\n});\n`,
    renaming('max', 'pool.max'),
  ],
  [
    'a comment behind it',
    `${KNEX}knex({\n  client: 'pg',\n  max: 5, // few\n  pool: { min: 2 },\n});\n`,
    renaming('max', 'pool.max'),
  ],
  [
    'a constant that would be left empty',
    `${PG}const pool = { max: 5 };\nnew Pool({ pool });\n`,
    renaming('pool.max', 'max'),
  ],
  [
    'a time that is not seen',
    `${PG}new Pool({ idle_timeout: config.idle });\n`,
    renaming('idle_timeout', 'idleTimeoutMillis', 's'),
  ],
  [
    'a time that is no whole number',
    `${PG}new Pool({ maxLifetimeMillis: 1500 });\n`,
    renaming('maxLifetimeMillis', 'maxLifetimeSeconds', 'ms'),
  ],
  [
    'a text of the environment',
    `${PG}new Pool({ idle_timeout: process.env.IDLE ?? 30 });\n`,
    renaming('idle_timeout', 'idleTimeoutMillis', 's'),
  ],
];

describe.for([
  ['set', settings],
  ['rename', names],
] as const)('does not %s', ([, rows]) => {
  it.for(rows)('%s', ([, code, look, filename]) => {
    expect(applied(code, look, filename)).toBeUndefined();
  });
});

describe('only suggests', () => {
  it.for<Row>([
    ['where other files may read it', `${PG}export const options = { host: 'a' };\nnew Pool(options);\n`, max],
    [
      'where it is exported by its name',
      `${PG}const options = { host: 'a' };\nexport { options };\nnew Pool(options);\n`,
      max,
    ],
    [
      'where it is a public field',
      `${PG}class Store {\n  options = { host: 'a' };\n  pool = new Pool(this.options);\n}\n`,
      max,
    ],
    [
      'where it is the module',
      `${PG}const options = { host: 'a' };\nmodule.exports = options;\nnew Pool(options);\n`,
      max,
      'file.js',
    ],
  ])('%s', ([, code, look, filename]) => {
    expect(applied(code, look, filename)).toBe(`suggest: ${code.replace("'a'", "'a', max: 20")}`);
  });
});

describe('several findings', () => {
  it('never make the same part twice', () => {
    const code = `${KNEX}export const db = knex({ client: 'pg', max: 5, min: 1 });\n`;
    const looks = [renaming('max', 'pool.max'), renaming('min', 'pool.min'), setting('pool.idleTimeoutMillis', 3000)];
    expect(appliedAll(code, looks)).toBe(
      `${KNEX}export const db = knex({ client: 'pg', pool: { max: 5, min: 1, idleTimeoutMillis: 3000 } });\n`,
    );
  });

  it('never write the same option twice', () => {
    const code = `${PG}export const pool = new Pool({ connectionLimit: 5 });\n`;
    expect(appliedAll(code, [setting('max', 5), limit])).toBe(`${PG}export const pool = new Pool({ max: 5 });\n`);
  });

  it('are written one after the other into a call without options', () => {
    const code = `${PG}export const pool = new Pool();\n`;
    const looks = [max, setting('connectionTimeoutMillis', 5000)];
    expect(appliedAll(code, looks)).toBe(
      `${PG}export const pool = new Pool({ max: 20, connectionTimeoutMillis: 5000 });\n`,
    );
  });
});
