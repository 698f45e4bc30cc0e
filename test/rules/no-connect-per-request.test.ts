import rule from '../../rules/no-connect-per-request.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('no-connect-per-request', rule, {
  valid: [
    {
      name: 'a statement through a pool: repaired',
      code: `
import express from 'express';
import { Pool } from 'pg';
const app = express();
const pool = new Pool();
app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
    {
      name: 'a checkout of a pool: repaired',
      code: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({ host: 'db' });
export async function list(req, res) {
  const connection = await pool.getConnection();
  try {
    const [rows] = await connection.query('SELECT * FROM users');
    res.json(rows);
  } finally {
    connection.release();
  }
}
`,
    },
  ],
  invalid: [
    {
      name: "the page's first example: one statement",
      code: `import express from 'express';
import { Client } from 'pg';

const app = express();

app.get('/users', async (req, res) => {
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
          data: { source: 'new Client', what: 'Express route handler', line: 6, remedy: 'Use a pool' },
          ...at(7, 18, 7, 76),
        },
      ],
      output: `import express from 'express';
import { Pool } from 'pg';

let pool: Pool | undefined;

const app = express();

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
    {
      name: 'slot: several statements take a connection',
      code: `import express from 'express';
import { Client } from 'pg';
const app = express();
app.post('/users', async (req, res) => {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT * FROM users');
    await client.query('INSERT INTO visits VALUES (now())');
    res.json(rows);
  } finally {
    await client.end();
  }
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'Express route handler', line: 4, remedy: 'Use a pool' },
          ...at(5, 18, 5, 44),
        },
      ],
      output: `import express from 'express';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

const app = express();
app.post('/users', async (req, res) => {
  const client = await pool.connect();
  try {
    const { rows } = await client.query('SELECT * FROM users');
    await client.query('INSERT INTO visits VALUES (now())');
    res.json(rows);
  } finally {
    client.release();
  }
});
`,
    },
    {
      name: 'slot: a transaction',
      code: `import Koa from 'koa';
import mysql from 'mysql2/promise';
const app = new Koa();
app.use(async (ctx) => {
  const connection = await mysql.createConnection({ host: 'db' });
  try {
    await connection.beginTransaction();
    await connection.execute('UPDATE accounts SET balance = balance - 1');
    await connection.execute('UPDATE accounts SET balance = balance + 1');
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    await connection.end();
  }
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'mysql.createConnection', what: 'Koa middleware', line: 4, remedy: 'Use a pool' },
          ...at(5, 28, 5, 66),
        },
      ],
      output: `import Koa from 'koa';
import mysql from 'mysql2/promise';

const pool = mysql.createPool({ host: 'db' });

const app = new Koa();
app.use(async (ctx) => {
  const connection = await pool.getConnection();
  let broken = false;
  try {
    await connection.beginTransaction();
    await connection.execute('UPDATE accounts SET balance = balance - 1');
    await connection.execute('UPDATE accounts SET balance = balance + 1');
    await connection.commit();
  } catch (error) {
    await connection.rollback().catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    if (broken) connection.destroy();
    else connection.release();
  }
});
`,
    },
    {
      name: 'slot: the pool of the file',
      code: `import express from 'express';
import { Client, Pool } from 'pg';
const app = express();
const pool = new Pool();
app.get('/users', async (req, res) => {
  const client = new Client();
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'Express route handler', line: 5, remedy: 'Use a pool' },
          ...at(6, 18, 6, 30),
        },
      ],
      output: `import express from 'express';
import { Pool } from 'pg';
const app = express();
const pool = new Pool();
app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
    {
      name: 'slot: data of the request keep it there',
      code: `import express from 'express';
import { Client } from 'pg';
const app = express();
app.get('/users', async (req, res) => {
  const client = new Client({ database: req.tenant.database });
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
          ...at(5, 18, 5, 63),
        },
      ],
    },
    {
      name: 'slot: a session of its own keeps it there',
      code: `import express from 'express';
import { Client } from 'pg';
const app = express();
app.get('/users', async (req, res) => {
  const client = new Client({ host: 'db' });
  await client.connect();
  await client.query("SET search_path TO 'tenant'");
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
        },
      ],
    },
    {
      name: 'slot: end is skipped when a statement fails',
      code: `import express from 'express';
import mysql from 'mysql2/promise';
const app = express();
app.get('/users', async (req, res) => {
  const connection = await mysql.createConnection({ host: 'db' });
  const [rows] = await connection.query('SELECT * FROM users');
  const [posts] = await connection.query('SELECT * FROM posts');
  await connection.end();
  res.json([rows, posts]);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'mysql.createConnection', what: 'Express route handler', line: 4, remedy: 'Use a pool' },
          ...at(5, 28, 5, 66),
        },
      ],
      output: `import express from 'express';
import mysql from 'mysql2/promise';

const pool = mysql.createPool({ host: 'db' });

const app = express();
app.get('/users', async (req, res) => {
  const connection = await pool.getConnection();
  try {
    const [rows] = await connection.query('SELECT * FROM users');
    const [posts] = await connection.query('SELECT * FROM posts');
    res.json([rows, posts]);
  } finally {
    connection.release();
  }
});
`,
    },
    {
      name: 'called: a helper of the file',
      code: `import express from 'express';
import { Client } from 'pg';
const app = express();
async function listUsers() {
  const client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  return rows;
}
app.get('/users', async (req, res) => res.json(await listUsers()));
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'Express route handler', line: 11, remedy: 'Use a pool' },
          ...at(5, 18, 5, 44),
        },
      ],
      output: `import express from 'express';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

const app = express();
async function listUsers() {
  const { rows } = await pool.query('SELECT * FROM users');
  return rows;
}
app.get('/users', async (req, res) => res.json(await listUsers()));
`,
    },
    {
      name: 'parameters: of an exported handler',
      code: `import { Client } from 'pg';
export const list = async (req, res) => {
  const client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
};
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'Express request handler', line: 2, remedy: 'Use a pool' },
          ...at(3, 18, 3, 44),
          suggestions: [
            {
              messageId: 'usePool',
              output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export const list = async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
};
`,
            },
          ],
        },
      ],
    },
  ],
});
