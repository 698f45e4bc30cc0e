import { describe, expect, it } from 'vitest';
import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { fixed, suggestions } from '../applied.ts';

/** A route with these lines; `head` stands behind the imports. */
function route(body: readonly string[], head = ''): string {
  const lines = body.map((line) => `  ${line}\n`).join('');
  return `import express from 'express';
import { Pool } from 'pg';
import { createClient } from 'redis';
import { Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import { createPool } from 'slonik';
import { drizzle } from 'drizzle-orm/node-postgres';
import mysql from 'mysql2';
import { MongoClient } from 'mongodb';
${head}
const app = express();
app.get('/users', async function (req, res) {
${lines}});
`;
}

const query = "res.json(await pool.query('SELECT 1'));";

const refused: readonly (readonly [name: string, ...body: string[]])[] = [
  [
    'its options are changed by the request',
    'const options = { host: "db" };',
    'options.database = req.query.db;',
    'const pool = new Pool(options);',
    query,
  ],
  ['its options are awaited', 'const pool = new Pool({ password: await secret() });', query],
  ['its options are of this', 'const pool = new Pool(this.options);', query],
  ['its options are what a function says', 'const pool = new Pool(tenantOptions());', query],
  [
    'it keeps a setting of the session',
    'const pool = new Pool();',
    "await pool.query('SET search_path TO tenant');",
    query,
  ],
  [
    'it keeps a setting behind another statement',
    'const pool = new Pool();',
    "await pool.query('SELECT 1; SET search_path TO tenant');",
    query,
  ],
  [
    'it keeps a temporary table',
    'const pool = new Pool();',
    'await pool.query(`CREATE TEMP TABLE t (id int)`);',
    query,
  ],
  ['it keeps a lock', 'const pool = new Pool();', "await pool.query('SELECT pg_advisory_lock(1)');", query],
  ['it sends BEGIN through a pool of one', 'const pool = new Pool({ max: 1 });', "await pool.query('BEGIN');", query],
  ['a listener is added for each request', 'const pool = new Pool();', "pool.on('error', () => {});", query],
  [
    'models are defined for each request',
    "const db = new Sequelize('postgres://db/app');",
    "db.define('User', {});",
    'res.json(await db.query("SELECT 1"));',
  ],
  [
    'it must be opened once',
    "const client = createClient({ url: 'redis://localhost' });",
    'await client.connect();',
    "res.json(await client.get('a'));",
  ],
  [
    'it must be initialized once',
    "const source = new DataSource({ type: 'postgres', host: 'db' });",
    'await source.initialize();',
    "res.json(await source.query('SELECT 1'));",
  ],
  ['it is awaited', "const pool = await createPool('postgres://db/app');", "res.json(await pool.any('SELECT 1'));"],
  [
    'a checkout never comes back',
    'const pool = new Pool();',
    'const client = await pool.connect();',
    "res.json(await client.query('SELECT 1'));",
    'await pool.end();',
  ],
  ['another is put into its name', 'let pool = new Pool();', "if (req.query.b) pool = new Pool({ host: 'b' });", query],
  ['it is handed to the request', 'const pool = new Pool();', 'req.pool = pool;', query],
  ['a helper may end it', 'const pool = new Pool();', 'await closeAll(pool);', query],
  ['a helper of the file ends it', 'const pool = new Pool();', 'await run(pool);'],
  ['its end is a part of something else', 'const pool = new Pool();', query, 'await Promise.all([pool.end(), log()]);'],
  ['its end is returned', 'const pool = new Pool();', query, 'return pool.end();'],
  ['its end is told to a callback', 'const pool = new Pool();', query, 'pool.end(() => res.end());'],
  ['its end waits for the process', 'const pool = new Pool();', query, "process.on('SIGTERM', () => pool.end());"],
  ['its end is a check', 'const pool = new Pool();', query, 'try { await pool.end(); } catch (error) { log(error); }'],
  ['it is taken apart', 'const pool = new Pool();', 'const { query } = pool;', 'res.json(await query("SELECT 1"));'],
  ['it is one of several', 'const pools = [new Pool(), new Pool()];', 'res.json(pools.length);'],
  [
    'what holds it is ended',
    'const db = drizzle(new Pool());',
    'res.json(await db.execute("SELECT 1"));',
    'await db.$client.end();',
  ],
  ['what holds it is returned', 'return drizzle(new Pool());'],
  ['it is a field', 'this.pool = new Pool();', 'res.json(await this.pool.query("SELECT 1"));'],
  ['it is disposed of by using', 'await using pool = mysql.createPool("mysql://db/app");', query],
  [
    'it goes on under another name',
    "const client = await new MongoClient('mongodb://db').connect();",
    'res.json(await client.db().command({ ping: 1 }));',
    'await client.close();',
  ],
  [
    'it is ended under another name',
    "const client = new MongoClient('mongodb://db');",
    'const open = await client.connect();',
    'res.json(await open.db().command({ ping: 1 }));',
    'await open.close();',
  ],
  [
    'it is ended in another form',
    "const pool = mysql.createPool('mysql://db/app').promise();",
    query,
    'await pool.end();',
  ],
];

const head = `async function run(pool: Pool) {
  await pool.query('SELECT 1');
  await pool.end();
}
`;

describe('stays where it is, because', () => {
  it.for(refused)('%s', ([, ...body]) => {
    const code = route(body, head);
    const { output, left } = fixed(code, repairByHoisting);
    expect(output).toBe(code);
    expect(left).toBeGreaterThan(0);
    expect(suggestions(code, repairByHoisting).suggested[0]).toBeUndefined();
  });

  it('there is no room for a declaration at module level', () => {
    const code = `import { Pool } from 'pg'; app.get('/users', async (req, res) => { const pool = new Pool(); res.json(await pool.query('SELECT 1')); });\n`;
    expect(fixed(code, repairByHoisting)).toEqual({ output: code, left: 1 });
  });

  it('a test of the function says more of the type than the declaration', () => {
    const body = ["if (!process.env.URL) throw new Error('url');", 'const sql = postgres(process.env.URL);'];
    const code = route([...body, 'res.json(await sql`SELECT 1`);'], "import postgres from 'postgres';");
    expect(fixed(code, repairByHoisting).output).toBe(code);
    expect(fixed(code, repairByHoisting, { filename: 'file.js' }).output).toContain(
      'sql ??= postgres(process.env.URL);',
    );
  });

  const heads: readonly (readonly [name: string, head: string, ...body: string[]])[] = [
    [
      'a test of the module',
      "const url = process.env.URL;\nif (!url) throw new Error('url');\n",
      'const sql = postgres(url);',
    ],
    ['a test of an import', "import { url } from './url';\n", 'if (!url) return;', 'const sql = postgres(url);'],
    ['a local without a written type', '', 'const { URL: url } = process.env;', 'const sql = postgres(url);'],
  ];
  it.for(heads)('%s does', ([, head, ...body]) => {
    const code = route([...body, 'res.json(await sql`SELECT 1`);'], `import postgres from 'postgres';\n${head}`);
    expect(fixed(code, repairByHoisting).output).toBe(code);
    expect(fixed(code, repairByHoisting, { filename: 'file.js' }).output).toContain('sql ??= postgres(url);');
  });
});

describe('only a suggestion, because', () => {
  it('code of another file gets it', () => {
    const code = route(['const pool = new Pool();', 'res.json(await load(pool));'], "import { load } from './load';\n");
    expect(fixed(code, repairByHoisting).output).toBe(code);
    expect(suggestions(code, repairByHoisting).suggested[0]).toContain('  pool ??= new Pool().on(');
  });

  it('AWS Lambda waits until nothing is open, where the handler calls back', () => {
    const body = (async: string, end: string): string => `import { Pool } from 'pg';

exports.handler = ${async}(event, context, callback) => {
  const pool = new Pool();
  pool.query('SELECT 1').then(({ rows }) => {
    ${end}callback(null, rows);
  });
};
`;
    const code = body('', 'pool.end();\n    ');
    expect(fixed(code, repairByHoisting, { filename: 'handler.js' })).toEqual({ output: code, left: 1 });
    expect(suggestions(code, repairByHoisting, { filename: 'handler.js' }).suggested[0]).toContain(
      '  pool ??= new Pool().on(',
    );
    expect(fixed(body('', ''), repairByHoisting, { filename: 'handler.js' }).output).toContain(
      '  pool ??= new Pool().on(',
    );
  });
});
