import rule from '../../rules/require-timeouts.ts';
import { testRule } from '../support/rule-tester.ts';
import { reported } from './marked.ts';

const acquire = { wait: 'the wait for a connection', harm: 'requests hang when all are taken' };
const connect = { wait: 'the wait for a new connection', harm: 'requests hang when the server is silent' };
const missing = (name: string, option: string, words = acquire) => ({
  messageId: 'missing',
  data: { name, ...words, option, value: '5000' },
});
const never = (given: string) => ({
  messageId: 'zeroNever',
  data: { option: 'connectionTimeoutMillis', given, driver: 'pg', harm: acquire.harm, value: '5000' },
});
const PG = "import { Pool } from 'pg';\n";

testRule('require-timeouts', rule, {
  valid: [
    {
      name: "the page's first example: repaired",
      code: `${PG}export const pool = new Pool({ max: 20, connectionTimeoutMillis: 5000 });`,
    },
    {
      name: 'a variable of the environment',
      code: `${PG}export const pool = new Pool({ connectionTimeoutMillis: Number(process.env.TIMEOUT) });
export const other = new Pool({ connectionTimeoutMillis: process.env.TIMEOUT });
export const third = new Pool({ connectionTimeoutMillis: parseInt(process.env.TIMEOUT || '5000', 10) });`,
    },
    {
      name: 'set later',
      code: `${PG}const options = { max: 5 };
options.connectionTimeoutMillis = 5000;
export const pool = new Pool(options);`,
    },
    {
      name: 'idle, statements and age are not asked for',
      code: `${PG}export const pool = new Pool({ connectionTimeoutMillis: 5000 });`,
    },
    {
      name: 'who may wait for a connection does not wait longer for its opening',
      code: `
import { MongoClient } from 'mongodb';
export const client = new MongoClient('mongodb://a/b', { waitQueueTimeoutMS: 5000, connectTimeoutMS: 0 });
`,
    },
    {
      name: 'whole hours, in seconds',
      code: `
import postgres from 'postgres';
export const sql = postgres({ host: 'a', max_lifetime: 60 * 60 * 3, idle_timeout: 7200 });
`,
    },
    {
      name: 'nobody waits where each caller gets a socket of its own',
      code: "import http from 'node:http';\nexport const agent = new http.Agent({ keepAlive: true });\n",
      options: [{ limits: ['acquire'], checkUnsupported: true }],
    },
    { name: 'not asked for', code: `${PG}export const pool = new Pool();`, options: [{ limits: ['idle'] }] },
  ],
  invalid: [
    reported(
      "the page's first example",
      `import { Pool } from 'pg';

export const pool = «new Pool({ connectionString: process.env.DATABASE_URL, max: 20 })»;
`,
      missing('pool', 'connectionTimeoutMillis'),
      {
        output: `import { Pool } from 'pg';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20, connectionTimeoutMillis: 5000 });
`,
      },
    ),
    reported(
      'an object of options, where the option belongs',
      `const { createPool } = require('generic-pool');
const { factory } = require('./worker');
const options = «{ max: 4, min: 1 }»;
module.exports = createPool(factory, options);
`,
      missing('module.exports', 'acquireTimeoutMillis'),
      {
        filename: 'pool.js',
        output: `const { createPool } = require('generic-pool');
const { factory } = require('./worker');
const options = { max: 4, min: 1, acquireTimeoutMillis: 5000 };
module.exports = createPool(factory, options);
`,
      },
    ),
    reported(
      'over several lines',
      `import { Pool } from 'pg';
export const pool = «new Pool({
  host: 'db.internal',
  max: 20, // as many as there are workers
})»;
`,
      missing('pool', 'connectionTimeoutMillis'),
      {
        output: `import { Pool } from 'pg';
export const pool = new Pool({
  host: 'db.internal',
  max: 20, // as many as there are workers
  connectionTimeoutMillis: 5000,
});
`,
      },
    ),
    reported(
      'a pool that is built for each request',
      `${PG}app.get('/', async (req, res) => {
  const pool = «new Pool()»;
  res.json(await pool.query('SELECT 1'));
  await pool.end();
});
`,
      missing('pool', 'connectionTimeoutMillis'),
      {
        output: `${PG}app.get('/', async (req, res) => {
  const pool = new Pool({ connectionTimeoutMillis: 5000 });
  res.json(await pool.query('SELECT 1'));
  await pool.end();
});
`,
      },
    ),
    reported(
      'a fallback of the environment',
      `${PG}export const pool = new Pool({ «connectionTimeoutMillis: Number(process.env.TIMEOUT ?? 0)» });\n`,
      never('0'),
      {
        output: `${PG}export const pool = new Pool({ connectionTimeoutMillis: Number(process.env.TIMEOUT ?? 5000) });\n`,
      },
    ),
    reported(
      'never, on one of two ways',
      `${PG}export const pool = new Pool({ «connectionTimeoutMillis: isLocal ? 0 : 3000» });\n`,
      never('0'),
      { output: `${PG}export const pool = new Pool({ connectionTimeoutMillis: isLocal ? 5000 : 3000 });\n` },
    ),
    reported(
      'left out in so many words',
      `${PG}export const pool = new Pool({ «connectionTimeoutMillis: undefined» });\n`,
      missing('pool', 'connectionTimeoutMillis'),
      { output: `${PG}export const pool = new Pool({ connectionTimeoutMillis: 5000 });\n` },
    ),
    reported(
      'one object for two pools, reported once',
      `${PG}const options = «{ max: 5 }»;\nexport const a = new Pool(options);\nexport const b = new Pool(options);\n`,
      missing('a', 'connectionTimeoutMillis'),
      {
        output: `${PG}const options = { max: 5, connectionTimeoutMillis: 5000 };\nexport const a = new Pool(options);\nexport const b = new Pool(options);\n`,
      },
    ),
    reported(
      'a client of a service',
      `import { Client } from 'pg';
const client = «new Client({ host: 'db.internal' })»;
await client.connect();
process.on('SIGTERM', () => client.end());
`,
      missing('client', 'connectionTimeoutMillis', connect),
      {
        output: `import { Client } from 'pg';
const client = new Client({ host: 'db.internal', connectionTimeoutMillis: 5000 });
await client.connect();
process.on('SIGTERM', () => client.end());
`,
      },
    ),
    {
      name: 'one report for each limit',
      code: `${PG}export const pool = new Pool({ connectionTimeoutMillis: Infinity, idleTimeoutMillis: 30 });\n`,
      errors: [
        {
          messageId: 'overflow',
          data: { option: 'connectionTimeoutMillis', given: 'Infinity', value: '5000' },
          line: 2,
          column: 32,
          endLine: 2,
          endColumn: 65,
        },
        {
          messageId: 'wrongUnit',
          data: {
            driver: 'pg',
            option: 'idleTimeoutMillis',
            unit: 'milliseconds',
            given: '30',
            meaning: '30 ms',
            value: '30000',
          },
          line: 2,
          column: 67,
          endLine: 2,
          endColumn: 88,
        },
      ],
      output: `${PG}export const pool = new Pool({ connectionTimeoutMillis: 5000, idleTimeoutMillis: 30000 });\n`,
    },
    reported(
      'an editor that fixes on save gets a suggestion',
      `${PG}export const pool = «new Pool()»;\n`,
      {
        ...missing('pool', 'connectionTimeoutMillis'),
        suggests: {
          messageId: 'setTimeout',
          data: { option: 'connectionTimeoutMillis', value: '5000' },
          output: `${PG}export const pool = new Pool({ connectionTimeoutMillis: 5000 });\n`,
        },
      },
      { settings: { pool: { fixes: 'structural' } } },
    ),
  ],
});
