import rule from '../../rules/no-unbounded-pool.ts';
import { testRule } from '../support/rule-tester.ts';
import type { ValidCase } from '../support/cases.ts';

/** What this file does not show, and what ends soon. */

const PG = "import { Pool } from 'pg';\n";
const bad = `${PG}export const pool = new Pool({ max: Infinity });\n`;
const lines: readonly (readonly [name: string, code: string, filename?: string])[] = [
  ['imported options', `${PG}import { options } from './options.js';\nexport const pool = new Pool(options);`],
  ["the caller's options", `${PG}export const create = (options) => new Pool(options);`],
  [
    'a spread of what the caller gives',
    `${PG}export const create = (options) => new Pool({ max: Infinity, ...options });`,
  ],
  [
    'merged with what is not in view',
    `${PG}export const pool = new Pool(Object.assign({ max: Infinity }, overrides));`,
  ],
  ['a script', bad, 'scripts/load.ts'],
  ['a migration', bad, 'migrations/001.ts'],
  ['a test', bad, 'test/db.ts'],
  ['a file that node runs', `#!/usr/bin/env node\n${bad}`],
  [
    'agents that close each connection',
    "import http from 'node:http';\nexport const a = new http.Agent();\nexport const b = new http.Agent({ maxSockets: Infinity });",
  ],
  [
    'a pool for each request has a worse fault',
    "import { Agent } from 'undici';\napp.get('/', async (req, res) => {\n  res.json(await request(url, { dispatcher: new Agent() }));\n});",
  ],
  ['one socket', "import { Client } from 'undici';\nexport const client = new Client('https://a.example');"],
  [
    'SQLite has no connections',
    "import { Sequelize } from 'sequelize';\nexport const db = new Sequelize({ dialect: 'sqlite', pool: { max: 0 } });",
  ],
  [
    'knex on SQLite',
    "import knex from 'knex';\nexport const db = knex({ client: 'better-sqlite3', connection: { filename: ':memory:' }, pool: { max: Infinity } });",
  ],
  [
    'a Worker',
    `${PG}export default {
  async fetch(request, env) {
    const pool = new Pool({ connectionString: env.HYPERDRIVE.connectionString, max: Infinity });
    return Response.json(await pool.query('SELECT 1'));
  },
};`,
  ],
  [
    "drizzle on somebody else's pool",
    "import { drizzle } from 'drizzle-orm/node-postgres';\nimport { pool } from './pool.js';\nexport const db = drizzle({ client: pool });",
  ],
  [
    "Prisma on somebody else's pool",
    "import { PrismaClient } from '@prisma/client';\nimport { adapter } from './adapter.js';\nexport const prisma = new PrismaClient({ adapter });",
  ],
  [
    'a database that is named elsewhere',
    "import { DataSource } from 'typeorm';\nimport { type } from './config.js';\nexport const source = new DataSource({ type, extra: { connectionLimit: 0 } });",
  ],
  ['another Pool', "import { Pool } from './threads.js';\nexport const pool = new Pool({ max: Infinity });"],
  ['a Pool of the file', 'class Pool {}\nexport const pool = new Pool({ max: Infinity });'],
];

const toCase =
  (options: readonly unknown[]) =>
  ([name, code, filename]: (typeof lines)[number]): ValidCase => ({
    name,
    code,
    options,
    ...(filename !== undefined && { filename }),
  });

testRule('no-unbounded-pool', rule, {
  valid: [
    ...lines.map(toCase([])),
    ...lines.map(toCase([{ explicit: true }])).map((one) => ({ ...one, name: `${one.name}, strict` })),
  ],
  invalid: [],
});
