/** A transaction that ends with its connection; `rollback` is how its `catch` begins. */
const transaction = (rollback: string): string => `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    ${rollback}
    throw error;
  } finally {
    await client.end();
  }
}
`;

/** What stays as it is: the checkout would not do the same, or nobody can tell. */
export const refused: readonly (readonly [name: string, code: string])[] = [
  [
    'arguments of the request',
    `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: req.query.url });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
  ],
  [
    'what stays on the session',
    `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client();
  await client.connect();
  await client.query('SET search_path TO a');
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
  ],
  [
    'an advisory lock',
    `
import { Client } from 'pg';
export async function run() {
  const client = new Client({ host: 'db' });
  await client.connect();
  await client.query('SELECT pg_advisory_lock(1)');
  await client.query('UPDATE a SET b = 1');
  await client.end();
}
`,
  ],
  [
    'a transaction that only the end of the connection rolls back',
    `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('BEGIN');
  await client.query('UPDATE a SET b = 1');
  await client.query('COMMIT');
  await client.end();
  res.json({});
});
`,
  ],
  [
    'an early return inside a transaction',
    `
import { Client } from 'pg';
app.post('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rowCount } = await client.query('UPDATE a SET b = 1');
    if (rowCount === 0) return res.status(404).end();
    await client.query('COMMIT');
    res.json({});
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    await client.end();
  }
});
`,
  ],
  [
    'a connection that is handed on',
    `
import { Client } from 'pg';
app.post('/users', async (req, res) => {
  const client = new Client({ host: 'db' });
  await client.connect();
  await load(client);
  await client.end();
});
`,
  ],
  [
    'a connection that is returned',
    `
import { Client } from 'pg';
export async function open() {
  const client = new Client({ host: 'db' });
  await client.connect();
  return client;
}
`,
  ],
  [
    'a listener',
    `
import { Client } from 'pg';
app.post('/users', async (req, res) => {
  const client = new Client({ host: 'db' });
  client.on('error', log);
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
});
`,
  ],
  [
    'a cursor',
    `
import { Client } from 'pg';
import Cursor from 'pg-cursor';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  const cursor = client.query(new Cursor('SELECT 1'));
  await cursor.read(1);
  await client.end();
}
`,
  ],
  [
    'two connections at a time',
    `
import { Client } from 'pg';
app.post('/users', async (req, res) => {
  const from = new Client({ host: 'a' });
  const to = new Client({ host: 'b' });
  await from.connect();
  await to.connect();
  const { rows } = await from.query('SELECT 1');
  for (const row of rows) await to.query('INSERT INTO a VALUES ($1)', [row]);
  await from.end();
  await to.end();
});
`,
  ],
  [
    'a function that calls itself while it holds one',
    `
import { Client } from 'pg';
export async function walk(id: string): Promise<void> {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT 1', [id]);
    await client.query('UPDATE a SET b = 1');
    for (const row of rows) await walk(row.id);
  } finally {
    await client.end();
  }
}
`,
  ],
  [
    'a promise chain',
    `
import { Client } from 'pg';
export function run(ids: string[]) {
  const client = new Client({ host: 'db' });
  return client.connect().then(() => client.query('SELECT 1')).finally(() => client.end());
}
`,
  ],
  [
    'a maker whose name is taken',
    `
import { Client } from 'pg';
import { Pool } from './swimming.js';
export async function run(pool: Pool) {
  const client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT 1', [pool]);
  await client.end();
  return rows;
}
`,
  ],
  [
    'work between opening and the try',
    `
import { Client } from 'pg';
export async function run(id: string) {
  const client = new Client({ host: 'db', ssl: {
    ca: 'x',
  } });
  await client.connect();
  const wanted = JSON.parse(id);
  try {
    await client.query('SELECT 1', [wanted]);
    return await client.query('SELECT 2');
  } finally {
    if (client) {
      await client.end();
    }
  }
}
`,
  ],
  [
    'a variable that outlives the function',
    `
import { Client } from 'pg';
let client;
export async function run() {
  client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
  ],
  [
    'a type of its own, and a finally without a catch',
    `
import { Client } from 'pg';
export async function run() {
  let client: Client | undefined;
  try {
    client = new Client({ host: 'db' });
    await client.connect();
    await client.query('SELECT 1');
    await client.query('SELECT 2');
  } finally {
    await client?.end();
  }
}
`,
  ],
  [
    'a transaction whose words stand elsewhere',
    `
import { Client } from 'pg';
const START = 'BEGIN';
export async function run() {
  const client = new Client({ host: 'db' });
  await client.connect();
  await client.query(START);
  await client.query('UPDATE a SET b = 1');
  await client.query('UPDATE a SET c = 1; COMMIT');
  await client.end();
}
`,
  ],
  [
    'opening that may fail in silence',
    `
import { Client } from 'pg';
export async function run() {
  const client = new Client({ host: 'db' });
  await client.connect().catch(() => {});
  await client.query('SELECT 1');
  await client.end();
}
`,
  ],
  [
    'a Lambda handler that answers when nothing is open',
    `
import mysql from 'mysql';
export const handler = (event, context, callback) => {
  const connection = mysql.createConnection({ host: 'db' });
  connection.query('SELECT 1', (error, rows) => callback(error, rows));
  connection.end();
};
`,
  ],
  [
    'a ROLLBACK behind which the code goes on without a connection',
    `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  try {
    await client.connect();
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    return id;
  } finally {
    await client.end();
  }
}
`,
  ],
  ['a ROLLBACK whose error goes elsewhere', transaction("await client.query('ROLLBACK').catch(report);")],
  [
    'a ROLLBACK whose error is taken apart',
    transaction("await client.query('ROLLBACK').catch(({ message }) => console.error(message));"),
  ],
  ['a ROLLBACK whose error has another type', transaction("await client.query('ROLLBACK').catch((e: unknown) => {});")],
  ['a ROLLBACK for which nobody waits', transaction("client.query('ROLLBACK').catch(() => {});")],
  [
    'what may throw before the connection is ended',
    `
import mysql from 'mysql2/promise';
export async function run(id?: string) {
  const connection = await mysql.createConnection({ host: 'db' });
  try {
    return await connection.query('SELECT 1');
  } finally {
    notify('closing');
    await connection.end();
  }
}
`,
  ],
];
