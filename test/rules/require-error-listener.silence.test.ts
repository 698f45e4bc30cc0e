import rule from '../../rules/require-error-listener.ts';
import { testRule } from '../support/rule-tester.ts';

testRule('require-error-listener', rule, {
  valid: [
    {
      name: 'chained where it is built',
      code: `
import { Pool } from 'pg';
export const pool = new Pool().on('error', console.error);
`,
    },
    {
      name: 'addListener',
      code: `
import { Pool } from 'pg';
export const pool = new Pool();
pool.addListener('error', console.error);
`,
    },
    {
      name: 'an event that we cannot read',
      code: `
import { Pool } from 'pg';
export const pool = new Pool();
for (const event of ['error', 'connect']) pool.on(event, (value) => console.log(event, value));
`,
    },
    {
      name: 'a field, listened to in another method',
      code: `
import { Pool } from 'pg';
export class Database {
  private readonly pool = new Pool();
  constructor() {
    this.pool.on('error', console.error);
  }
}
`,
    },
    {
      name: 'a variable of the module, built and listened to in a function',
      code: `
import { Pool } from 'pg';
let pool: Pool | undefined;
export function getPool() {
  if (!pool) {
    pool = new Pool();
    pool.on('error', console.error);
  }
  return pool;
}
`,
    },
    {
      name: 'it is given to somebody who may listen',
      code: `
import { Pool } from 'pg';
import { watch } from './watch.js';
export const pool = new Pool();
watch(pool);
`,
    },
    {
      name: 'it is given in an object',
      code: `
import { Pool } from 'pg';
import { Store } from './store.js';
const pool = new Pool();
export const store = new Store({ connection: pool });
`,
    },
    {
      name: 'a factory gives it to its caller',
      code: `
import { Pool } from 'pg';
export function createPool(url: string) {
  return new Pool({ connectionString: url });
}
`,
    },
    {
      name: 'a factory gives it away under a name',
      code: `
import { Client } from 'pg';
export async function connect(url: string) {
  const client = new Client(url);
  await client.connect();
  return client;
}
`,
    },
    {
      name: 'it lives as long as a call',
      code: `
import { Pool } from 'pg';
export async function waitUntilReady() {
  const pool = new Pool();
  await pool.query('SELECT 1');
  await pool.end();
}
`,
    },
    {
      name: 'it lives as long as a program',
      code: `
import { Client } from 'pg';
const client = new Client();
await client.connect();
await client.query('DELETE FROM sessions');
await client.end();
`,
    },
    {
      name: 'a script',
      filename: 'scripts/db.ts',
      code: `
import { Pool } from 'pg';
export const pool = new Pool();
`,
    },
    {
      name: 'a test',
      filename: 'test/db.ts',
      code: `
import { Pool } from 'pg';
export const pool = new Pool();
`,
    },
    {
      name: 'what is built per request has a worse fault',
      code: `
import { Pool } from 'pg';
export async function list(req, res) {
  const pool = new Pool();
  res.json(await pool.query('SELECT * FROM users'));
}
`,
    },
    {
      name: 'held: nobody takes a connection',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
pool.on('error', console.error);
export const list = () => pool.query('SELECT * FROM users');
`,
    },
    {
      name: 'another Pool',
      code: `
import { Pool } from './threads';
export const pool = new Pool();
`,
    },
  ],
  invalid: [],
});
