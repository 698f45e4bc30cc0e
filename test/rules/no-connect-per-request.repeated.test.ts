import rule from '../../rules/no-connect-per-request.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('no-connect-per-request', rule, {
  valid: [
    {
      name: 'one client for the module: repaired',
      code: `
import express from 'express';
import Redis from 'ioredis';
const app = express();
const redis = new Redis();
app.get('/count', async (req, res) => res.json(await redis.get('count')));
`,
    },
    {
      name: 'a client built once, when needed: repaired',
      code: `
import { createClient } from 'redis';
let client;
export async function list(req, res) {
  client ??= await createClient().connect();
  res.json(await client.get('users'));
}
`,
    },
    {
      name: 'one subscriber for all channels: repaired',
      code: `
import Redis from 'ioredis';
const subscriber = new Redis();
const listeners = new Map();
subscriber.on('message', (channel, text) => listeners.get(channel)?.(text));
export async function follow(docId, listener) {
  listeners.set(\`doc-\${docId}\`, listener);
  await subscriber.subscribe(\`doc-\${docId}\`);
}
`,
    },
    {
      name: 'a connection in front of the loop: repaired',
      code: `
import { Client } from 'pg';
async function main(rows) {
  const client = new Client();
  await client.connect();
  for (const row of rows) await client.query('INSERT INTO rows VALUES ($1)', [row]);
  await client.end();
}
main([]);
`,
    },
    {
      name: 'a tenant’s pool, kept: repaired',
      code: `
import { Pool } from 'pg';
const pools = new Map();
export async function list(req, res) {
  const { tenant } = req.params;
  if (!pools.has(tenant)) pools.set(tenant, new Pool({ database: tenant }));
  res.json((await pools.get(tenant).query('SELECT * FROM users')).rows);
}
`,
    },
    {
      name: 'settings: own registrars count only when they are named',
      code: `
import { Client } from 'pg';
import { defineRoute } from './router';
defineRoute(async (input) => {
  const client = new Client();
  await client.connect();
  return client.query(input);
});
`,
    },
  ],
  invalid: [
    {
      name: 'loop',
      code: `import { Client } from 'pg';
export async function importAll(rows: string[]) {
  for (const row of rows) {
    const client = new Client({ host: 'db' });
    await client.connect();
    await client.query('INSERT INTO rows VALUES ($1)', [row]);
    await client.end();
  }
}
`,
      errors: [
        {
          messageId: 'loop',
          data: { source: 'new Client', what: 'loop', line: 3, remedy: 'Use a pool' },
          ...at(4, 20, 4, 46),
          suggestions: [
            {
              messageId: 'usePool',
              output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export async function importAll(rows: string[]) {
  for (const row of rows) {
    await pool.query('INSERT INTO rows VALUES ($1)', [row]);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'loop: an array callback',
      code: `import { createConnection } from 'mysql2/promise';
export async function importAll(rows: string[]) {
  await Promise.all(
    rows.map(async (row) => {
      const connection = await createConnection({ host: 'db' });
      await connection.query('INSERT INTO rows VALUES (?)', [row]);
      await connection.end();
    }),
  );
}
`,
      errors: [
        {
          messageId: 'loop',
          data: { source: 'createConnection', what: 'array callback', line: 4, remedy: 'Use a pool' },
          ...at(5, 32, 5, 64),
          suggestions: [
            {
              messageId: 'usePool',
              output: `import { createPool } from 'mysql2/promise';

const pool = createPool({ host: 'db' });

export async function importAll(rows: string[]) {
  await Promise.all(
    rows.map(async (row) => {
      await pool.query('INSERT INTO rows VALUES (?)', [row]);
    }),
  );
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a timer',
      code: `import { Client } from 'pg';
setInterval(async () => {
  const client = new Client({ host: 'db' });
  await client.connect();
  await client.query('DELETE FROM sessions WHERE expires < now()');
  await client.end();
}, 60_000);
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'setInterval callback', line: 2, remedy: 'Use a pool' },
          ...at(3, 18, 3, 44),
        },
      ],
      output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

setInterval(async () => {
  await pool.query('DELETE FROM sessions WHERE expires < now()');
}, 60_000);
`,
    },
    {
      name: 'a message of a queue',
      code: `import { Kafka } from 'kafkajs';
import { Client } from 'pg';
const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'orders' });
await consumer.run({
  eachMessage: async ({ message }) => {
    const client = new Client({ host: 'db' });
    await client.connect();
    await client.query('INSERT INTO orders VALUES ($1)', [message.value]);
    await client.end();
  },
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'KafkaJS message handler', line: 5, remedy: 'Use a pool' },
          ...at(6, 20, 6, 46),
        },
      ],
      output: `import { Kafka } from 'kafkajs';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'orders' });
await consumer.run({
  eachMessage: async ({ message }) => {
    await pool.query('INSERT INTO orders VALUES ($1)', [message.value]);
  },
});
`,
    },
    {
      name: 'oneShot: a function that connects, works and ends',
      code: `import { Client } from 'pg';
export async function runQuery(text: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
`,
      errors: [
        {
          messageId: 'oneShot',
          data: { source: 'new Client', what: '`runQuery`', remedy: 'Use a pool' },
          ...at(3, 18, 3, 44),
          suggestions: [
            {
              messageId: 'usePool',
              output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export async function runQuery(text: string) {
  return await pool.query(text);
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'oneShot: a method of a service',
      code: `import mysql from 'mysql2/promise';
export class Users {
  async findAll() {
    const connection = await mysql.createConnection(process.env.DATABASE_URL);
    const [rows] = await connection.execute('SELECT * FROM users');
    await connection.end();
    return rows;
  }
}
`,
      errors: [
        {
          messageId: 'oneShot',
          data: { source: 'mysql.createConnection', what: '`findAll`', remedy: 'Use a pool' },
          ...at(4, 30, 4, 78),
          suggestions: [
            {
              messageId: 'usePool',
              output: `import mysql from 'mysql2/promise';

let pool: ReturnType<typeof mysql.createPool> | undefined;

export class Users {
  async findAll() {
    pool ??= mysql.createPool(process.env.DATABASE_URL);
    const [rows] = await pool.execute('SELECT * FROM users');
    return rows;
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'keyed: a subscriber for each document',
      code: `import Redis from 'ioredis';
export class Doc {
  constructor(docId, listener) {
    const subscriber = new Redis();
    subscriber.subscribe(\`doc-\${docId}\`);
    subscriber.on('message', (channel, text) => listener(text));
  }
}
`,
      errors: [{ messageId: 'keyed', data: { source: 'new Redis', what: '`docId`' }, ...at(4, 24, 4, 35) }],
    },
    {
      name: 'keyed: for each room',
      code: `import { createClient } from 'redis';
export class Room {
  constructor(room) {
    this.subscriber = createClient();
    void this.subscriber.connect();
    void this.subscriber.subscribe('room:' + room.id, (text) => room.send(text));
  }
}
`,
      errors: [{ messageId: 'keyed', data: { source: 'createClient', what: '`room.id`' }, ...at(4, 23, 4, 37) }],
    },
    {
      name: 'settings.handlers names own registrars',
      settings: { pool: { handlers: ['defineRoute'] } },
      code: `import { Client } from 'pg';
import { defineRoute } from './router';
defineRoute(async (input) => {
  const client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users WHERE id = $1', [input]);
  await client.end();
  return rows;
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'defineRoute handler', line: 3, remedy: 'Use a pool' },
          ...at(4, 18, 4, 44),
        },
      ],
      output: `import { Pool } from 'pg';
import { defineRoute } from './router';

const pool = new Pool({ host: 'db' }).on('error', console.error);

defineRoute(async (input) => {
  const { rows } = await pool.query('SELECT * FROM users WHERE id = $1', [input]);
  return rows;
});
`,
    },
    {
      name: 'settings.fixes structural: the repair is a suggestion',
      settings: { pool: { fixes: 'structural' } },
      code: `import express from 'express';
import { Client } from 'pg';
const app = express();
app.get('/users', async (req, res) => {
  const client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'Express route handler', line: 4, remedy: 'Use a pool' },
          ...at(5, 18, 5, 44),
          suggestions: [
            {
              messageId: 'usePool',
              output: `import express from 'express';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

const app = express();
app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
            },
          ],
        },
      ],
    },
    {
      name: 'settings.sharedPool: one statement',
      filename: 'src/routes/users.ts',
      settings: { pool: { sharedPool: { module: './src/db.js', export: 'pool' } } },
      code: `import { Router } from 'express';
import { Client } from 'pg';
export const users = Router();
users.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'Express route handler', line: 4, remedy: 'Use a pool' },
          ...at(5, 18, 5, 76),
        },
      ],
      output: `import { Router } from 'express';
import { pool } from '../db.js';
export const users = Router();
users.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
    {
      name: 'settings.sharedPool: the default export of an alias',
      filename: 'src/app/api/users/route.ts',
      settings: { pool: { sharedPool: { module: '@/db', export: 'default' } } },
      code: `import mysql from 'mysql2/promise';
export async function GET() {
  const connection = await mysql.createConnection(process.env.DATABASE_URL);
  const [rows] = await connection.query('SELECT * FROM users');
  const [posts] = await connection.query('SELECT * FROM posts');
  await connection.end();
  return Response.json([rows, posts]);
}
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'mysql.createConnection', what: 'Next.js route handler', line: 2, remedy: 'Use a pool' },
          ...at(3, 28, 3, 76),
        },
      ],
      output: `import pool from '@/db';
export async function GET() {
  const connection = await pool.getConnection();
  try {
    const [rows] = await connection.query('SELECT * FROM users');
    const [posts] = await connection.query('SELECT * FROM posts');
    return Response.json([rows, posts]);
  } finally {
    connection.release();
  }
}
`,
    },
  ],
});
