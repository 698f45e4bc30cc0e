import rule from '../../rules/require-timeouts.ts';
import type { ValidCase } from '../support/cases.ts';
import { testRule } from '../support/rule-tester.ts';

/** What this file does not show, what ends soon, and what another rule is for. */

const PG = "import { Client, Pool } from 'pg';\n";
const bad = `${PG}export const pool = new Pool();\n`;
const everything = [
  {
    checkUnsupported: true,
    limits: ['acquire', 'connect', 'http', 'idle', 'lifetime', 'statement', 'query', 'command', 'socket'],
  },
];

/** Not even in strict. */
const never: readonly (readonly [name: string, code: string, filename?: string])[] = [
  ['a script', bad, 'scripts/load.ts'],
  ['a migration', bad, 'db/migrations/001.ts'],
  ['a test', bad, 'src/db.test.ts'],
  ['imported options', `${PG}import { options } from './options.js';\nexport const pool = new Pool(options);`],
  ["the caller's options", `${PG}export const create = (options) => new Pool(options);`],
  ['a spread of what the caller gives', `${PG}export const create = (options) => new Pool({ max: 5, ...options });`],
  [
    "drizzle on somebody else's pool",
    "import { drizzle } from 'drizzle-orm/node-postgres';\nimport { pool } from './pool.js';\nexport const db = drizzle(pool);\nexport const other = drizzle({ client: pool });",
  ],
  [
    "Prisma on somebody else's pool",
    "import { PrismaClient } from '@prisma/client';\nimport { adapter } from './adapter.js';\nexport const prisma = new PrismaClient({ adapter });",
  ],
  [
    'Prisma reads its address from the schema',
    "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();",
  ],
  [
    'a connection for each request has a rule of its own',
    `${PG}app.get('/', async (req, res) => {
  const client = new Client();
  await client.connect();
  res.json(await client.query('SELECT 1'));
  await client.end();
});`,
  ],
  [
    'a connection that the file opens, uses and ends',
    `${PG}export async function ping() {
  const client = new Client();
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
}`,
  ],
  [
    'SQLite has no connections',
    "import { Sequelize } from 'sequelize';\nexport const db = new Sequelize({ dialect: 'sqlite', pool: { acquire: 5 } });",
  ],
  [
    'a Worker',
    `${PG}export default {
  async fetch(request, env) {
    const pool = new Pool({ connectionString: env.HYPERDRIVE.connectionString });
    return Response.json(await pool.query('SELECT 1'));
  },
};`,
  ],
  ['another Pool', "import { Pool } from './threads.js';\nexport const pool = new Pool();"],
];

/** Where the driver reads limits from the address, an address that we do not see may have them. */
const unseen: typeof never = [
  ['MongoDB', "import { MongoClient } from 'mongodb';\nexport const client = new MongoClient(process.env.MONGO_URL);"],
  [
    'MongoDB, computed',
    "import { MongoClient } from 'mongodb';\nexport const client = new MongoClient(`${base}${rest}`);",
  ],
  ['agents that close each connection', "import http from 'node:http';\nexport const agent = new http.Agent();"],
  [
    'mysql2 bounds what it opens',
    "import mysql from 'mysql2';\nexport const pool = mysql.createPool(process.env.DATABASE_URL);",
  ],
];

const toCase =
  (options: readonly unknown[]) =>
  ([name, code, filename]: (typeof never)[number]): ValidCase => ({
    name,
    code,
    options,
    ...(filename !== undefined && { filename }),
  });
const strict = never.map(toCase(everything)).map((one) => ({ ...one, name: `${one.name}, strict` }));

testRule('require-timeouts', rule, { valid: [...[...never, ...unseen].map(toCase([])), ...strict], invalid: [] });
