import rule from '../../rules/no-ignored-option.ts';
import type { ValidCase } from '../support/cases.ts';
import { testRule } from '../support/rule-tester.ts';
import { reported } from './marked.ts';

const unknown = (driver: string, option: string, remedy: string) => ({
  messageId: 'unknown',
  data: { driver, option, remedy },
});
const limit = unknown('pg', 'connectionLimit', 'Use `max`');
const PG = "import { Pool } from 'pg';\n";

const silent: readonly (readonly [name: string, code: string, filename?: string])[] = [
  [
    "the page's first example: repaired",
    `${PG}export const pool = new Pool({ max: 20, connectionTimeoutMillis: 5000 });`,
  ],
  ['names of your own', `${PG}export const pool = new Pool({ max: 20, label: 'main', retries: 3 });`],
  ['imported options', `${PG}import { options } from './options.js';\nexport const pool = new Pool(options);`],
  ["the caller's options", `${PG}export const create = (options) => new Pool({ ...options });`],
  [
    'the same name for something else',
    `${PG}export const limits = { connectionLimit: 5 };\nexport const pool = new Pool({ max: 5 });`,
  ],
  ['another Pool', "import { Pool } from './threads.js';\nexport const pool = new Pool({ connectionLimit: 5 });"],
  [
    'the pair is whole',
    "import mysql from 'mysql2';\nexport const pool = mysql.createPool({ host: 'a', maxIdle: 2, idleTimeout: 30000 });",
  ],
  [
    'the other half may stand in an address that we do not see',
    "import mysql from 'mysql2';\nexport const pool = mysql.createPool({ uri: process.env.DATABASE_URL, idleTimeout: 30000 });",
  ],
  [
    'the other half is not in view',
    "import { createPool } from 'generic-pool';\nexport const pool = createPool(factory, { idleTimeoutMillis: 30000, ...rest });",
  ],
  [
    'a parameter that the driver reads',
    "import { MongoClient } from 'mongodb';\nexport const client = new MongoClient('mongodb://a/b?maxPoolSize=5&waitQueueTimeoutMS=5000');",
  ],
  [
    'a Worker',
    `${PG}export default {
  async fetch(request, env) {
    const pool = new Pool({ connectionString: env.HYPERDRIVE.connectionString, connectionLimit: 5 });
    return Response.json(await pool.query('SELECT 1'));
  },
};`,
  ],
];

testRule('no-ignored-option', rule, {
  valid: silent.map(([name, code, filename]): ValidCase => ({
    name,
    code,
    ...(filename !== undefined && { filename }),
  })),
  invalid: [
    reported(
      "the page's first example",
      `import { Pool } from 'pg';

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  «connectionLimit: 20»,
  connectionTimeoutMillis: 5000,
});
`,
      limit,
      {
        output: `import { Pool } from 'pg';

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 20,
  connectionTimeoutMillis: 5000,
});
`,
      },
    ),
    reported(
      'required, an object of options, a shorthand',
      `const { Pool } = require('pg')
const connectionLimit = 20
const options = { «connectionLimit» }
module.exports = new Pool(options)
`,
      limit,
      {
        filename: 'db.js',
        output: `const { Pool } = require('pg')
const connectionLimit = 20
const options = { max: connectionLimit }
module.exports = new Pool(options)
`,
      },
    ),
    reported(
      'the right name stands there, too',
      `${PG}export const pool = new Pool({ max: 5, «connectionLimit: 20» });\n`,
      limit,
    ),
    reported(
      'computed, in another unit',
      `import postgres from 'postgres';
export const sql = postgres({ host: 'a', «idleTimeoutMillis: 30 * 1000» });
`,
      unknown('postgres', 'idleTimeoutMillis', 'Use `idle_timeout` (seconds)'),
      {
        output: `import postgres from 'postgres';
export const sql = postgres({ host: 'a', idle_timeout: 30 });
`,
      },
    ),
    reported(
      'in a script, too: it limits nothing there either',
      `${PG}export const pool = new Pool({ «connectionLimit: 20» });\n`,
      limit,
      { filename: 'scripts/load.ts', output: `${PG}export const pool = new Pool({ max: 20 });\n` },
    ),
    reported(
      'one object for two pools, reported once',
      `${PG}const options = { «connectionLimit: 20» };
export const a = new Pool(options);
export const b = new Pool(options);
`,
      limit,
      {
        output: `${PG}const options = { max: 20 };
export const a = new Pool(options);
export const b = new Pool(options);
`,
      },
    ),
    reported(
      'something else than a number is not handed on',
      `import { Agent } from 'undici';
export const agent = new Agent({ connections: 5, «keepAlive: true» });
`,
      { messageId: 'throws', data: { driver: 'undici', option: 'keepAlive', remedy: 'Use `keepAliveTimeout`' } },
    ),
    reported(
      'an editor that fixes on save gets a suggestion',
      `${PG}export const pool = new Pool({ «connectionLimit: 20» });\n`,
      {
        ...limit,
        suggests: {
          messageId: 'useOption',
          data: { driver: 'pg' },
          output: `${PG}export const pool = new Pool({ max: 20 });\n`,
        },
      },
      { settings: { pool: { fixes: 'structural' } } },
    ),
  ],
});
