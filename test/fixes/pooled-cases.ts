/** A connection of its own, and the checkout that it becomes. `before` is one file. */
export interface PooledCase {
  readonly name: string;
  readonly filename: string;
  readonly settings: object;
  readonly before: string;
  readonly after: string;
}

export const pooledCases: readonly PooledCase[] = [
  {
    name: 'runs the only statement through a new pool, built when it is first needed',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
  },
  {
    name: 'builds a pool of constants at once',
    filename: 'src/a.ts',
    settings: {},
    before: `
import pg from 'pg';
app.get('/users', async (req, res) => {
  const client = new pg.Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
    after: `
import pg from 'pg';

const pool = new pg.Pool({ host: 'db' }).on('error', console.error);

app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
  },
  {
    name: 'gives the new pool a type where comments give types',
    filename: 'src/a.js',
    settings: {},
    before: `
// @ts-check
import pg from 'pg';
app.get('/users', async (req, res) => {
  const client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows.map((row) => row.name));
});
`,
    after: `
// @ts-check
import pg from 'pg';

/** @type {InstanceType<typeof pg.Pool> | undefined} */
let pool;

app.get('/users', async (req, res) => {
  pool ??= new pg.Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows.map((row) => row.name));
});
`,
  },
  {
    name: 'keeps a comment about the connection, which there is still',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  // Why this connection is read-only.
  const client = new Client({ host: 'replica' });
  // Connect.
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  // Close the connection.
  await client.end();
  res.json(rows);
});
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'replica' }).on('error', console.error);

app.get('/users', async (req, res) => {
  // Why this connection is read-only.
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
  },
  {
    name: 'takes the try away that only ended the connection',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client, type QueryResult } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client(process.env.DATABASE_URL);
  try {
    await client.connect();
    // all of them
    const { rows } = await client.query('SELECT * FROM users');
    res.json(rows);
  } finally {
    await client.end();
  }
});
`,
    after: `
import { Pool, type QueryResult } from 'pg';

let pool: Pool | undefined;

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  // all of them
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
  },
  {
    name: 'keeps the catch of such a try',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client(process.env.DATABASE_URL);
  try {
    await client.connect();
    const { rows } = await client.query('SELECT * FROM users');
    res.json(rows);
  } catch (error) {
    res.status(500).end();
  } finally {
    await client.end();
  }
});
`,
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  try {
    const { rows } = await pool.query('SELECT * FROM users');
    res.json(rows);
  } catch (error) {
    res.status(500).end();
  }
});
`,
  },
  {
    name: 'takes a connection for several statements, and gives it back in finally',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const users = await client.query('SELECT * FROM users');
  const posts = await client.query('SELECT * FROM posts');
  await client.end();
  res.json([users.rows, posts.rows]);
});
`,
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error));
  const client = await pool.connect();
  try {
    const users = await client.query('SELECT * FROM users');
    const posts = await client.query('SELECT * FROM posts');
    res.json([users.rows, posts.rows]);
  } finally {
    client.release();
  }
});
`,
  },
  {
    name: 'puts a try into the one that answers errors',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  try {
    await client.connect();
    const users = await client.query('SELECT * FROM users');
    const posts = await client.query('SELECT * FROM posts');
    res.json([users.rows, posts.rows]);
  } catch (error) {
    res.status(500).json({ error });
  } finally {
    await client.end();
  }
});
`,
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error));
  try {
    const client = await pool.connect();
    try {
      const users = await client.query('SELECT * FROM users');
      const posts = await client.query('SELECT * FROM posts');
      res.json([users.rows, posts.rows]);
    } finally {
      client.release();
    }
  } catch (error) {
    res.status(500).json({ error });
  }
});
`,
  },
  {
    name: 'opens before the try that had it',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  const id = req.params.id;
  try {
    await client.connect();
    const users = await client.query('SELECT * FROM users');
    const posts = await client.query('SELECT * FROM posts');
    res.json([users.rows, posts.rows]);
  } finally {
    await client.end();
  }
});
`,
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error));
  const id = req.params.id;
  const client = await pool.connect();
  try {
    const users = await client.query('SELECT * FROM users');
    const posts = await client.query('SELECT * FROM posts');
    res.json([users.rows, posts.rows]);
  } finally {
    client.release();
  }
});
`,
  },
  {
    name: 'throws a connection away whose own ROLLBACK fails',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
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
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error));
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
    res.json({});
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
});
`,
  },
  {
    name: 'takes it before a catch that begins with ROLLBACK',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.post('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  try {
    await client.connect();
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
    res.json({});
  } catch (error) {
    await client.query('ROLLBACK');
    console.error(error);
    res.status(500).json({});
  } finally {
    await client.end();
  }
});
`,
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

app.post('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error));
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
    res.json({});
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
      throw rollbackError;
    });
    console.error(error);
    res.status(500).json({});
  } finally {
    client.release(broken);
  }
});
`,
  },
  {
    name: 'knows the transactions of mysql2',
    filename: 'src/a.ts',
    settings: {},
    before: `
import mysql from 'mysql2/promise';
export async function handler(event: Event) {
  const connection = await mysql.createConnection({ host: 'db' });
  try {
    await connection.beginTransaction();
    await connection.execute('UPDATE a SET b = 1');
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    await connection.end();
  }
}
`,
    after: `
import mysql from 'mysql2/promise';

const pool = mysql.createPool({ host: 'db' });

export async function handler(event: Event) {
  const connection = await pool.getConnection();
  let broken = false;
  try {
    await connection.beginTransaction();
    await connection.execute('UPDATE a SET b = 1');
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
}
`,
  },
  {
    name: 'leaves mariadb to roll back as it takes a connection back',
    filename: 'src/a.ts',
    settings: {},
    before: `
import mariadb from 'mariadb';
export async function run(id?: string) {
  const conn = await mariadb.createConnection({ host: 'db' });
  try {
    await conn.beginTransaction();
    await conn.query('INSERT 1');
    await conn.query('INSERT 2');
    await conn.commit();
  } finally {
    await conn.end();
  }
}
`,
    after: `
import mariadb from 'mariadb';

const pool = mariadb.createPool({ host: 'db' });

export async function run(id?: string) {
  const conn = await pool.getConnection();
  try {
    await conn.beginTransaction();
    await conn.query('INSERT 1');
    await conn.query('INSERT 2');
    await conn.commit();
  } finally {
    await conn.release();
  }
}
`,
  },
  {
    name: 'takes the ends of early exits away',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
app.post('/users', async (req, res) => {
  const client = new Client({ host: 'db' });
  await client.connect();
  const one = await client.query('SELECT 1');
  if (!one.rowCount) {
    await client.end();
    return res.status(404).end();
  }
  const two = await client.query('SELECT 2');
  await client.end();
  await notify(two);
  res.json(two.rows);
});
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

app.post('/users', async (req, res) => {
  const client = await pool.connect();
  let two;
  try {
    const one = await client.query('SELECT 1');
    if (!one.rowCount) {
      return res.status(404).end();
    }
    two = await client.query('SELECT 2');
  } finally {
    client.release();
  }
  await notify(two);
  res.json(two.rows);
});
`,
  },
  {
    name: 'shares one pool among the functions of a file',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { NextResponse } from 'next/server';
import { Client } from 'pg';

export async function GET() {
  const client = new Client({
    connectionString: process.env.DATABASE_URL,
    ssl: { rejectUnauthorized: false },
  });

  try {
    await client.connect();

    const result = await client.query('SELECT * FROM todos');

    return NextResponse.json(result.rows);
  } catch (error) {
    console.error('Database error:', error);
    return NextResponse.json({ error: 'failed' }, { status: 500 });
  } finally {
    await client.end();
  }
}

export async function POST(request: Request) {
  const client = new Client({
    connectionString: process.env.DATABASE_URL,
    ssl: { rejectUnauthorized: false },
  });

  try {
    const { title } = await request.json();
    await client.connect();

    await client.query('INSERT INTO todos (title) VALUES ($1)', [title]);
    const result = await client.query('SELECT * FROM todos');

    return NextResponse.json(result.rows);
  } catch (error) {
    console.error('Database error:', error);
    return NextResponse.json({ error: 'failed' }, { status: 500 });
  } finally {
    await client.end();
  }
}
`,
    after: `
import { NextResponse } from 'next/server';
import { Pool } from 'pg';

let pool: Pool | undefined;

export async function GET() {
  pool ??= new Pool({
    connectionString: process.env.DATABASE_URL,
    ssl: { rejectUnauthorized: false },
  })
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error));

  try {
    const result = await pool.query('SELECT * FROM todos');

    return NextResponse.json(result.rows);
  } catch (error) {
    console.error('Database error:', error);
    return NextResponse.json({ error: 'failed' }, { status: 500 });
  }
}

export async function POST(request: Request) {
  pool ??= new Pool({
    connectionString: process.env.DATABASE_URL,
    ssl: { rejectUnauthorized: false },
  })
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error));

  try {
    const { title } = await request.json();
    const client = await pool.connect();

    try {
      await client.query('INSERT INTO todos (title) VALUES ($1)', [title]);
      const result = await client.query('SELECT * FROM todos');

      return NextResponse.json(result.rows);
    } finally {
      client.release();
    }
  } catch (error) {
    console.error('Database error:', error);
    return NextResponse.json({ error: 'failed' }, { status: 500 });
  }
}
`,
  },
  {
    name: 'uses the pool of the file',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client, Pool } from 'pg';
const db = new Pool({ connectionString: process.env.DATABASE_URL, max: 5 });
app.post('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const one = await client.query('SELECT 1');
  res.json({ one, two: await client.query('SELECT 2') });
  await client.end();
});
`,
    after: `
import { Pool } from 'pg';
const db = new Pool({ connectionString: process.env.DATABASE_URL, max: 5 });
app.post('/users', async (req, res) => {
  const client = await db.connect();
  try {
    const one = await client.query('SELECT 1');
    res.json({ one, two: await client.query('SELECT 2') });
  } finally {
    client.release();
  }
});
`,
  },
  {
    name: 'serves callbacks',
    filename: 'src/a.cjs',
    settings: {},
    before: `
const mysql = require('mysql');
app.get('/', (req, res) => {
  const connection = mysql.createConnection({ host: 'db' });
  connection.connect();
  connection.query('SELECT 1', (error, rows) => {
    if (error) throw error;
    res.json(rows);
  });
  connection.end();
});
`,
    after: `
const mysql = require('mysql');

const pool = mysql.createPool({ host: 'db' });

app.get('/', (req, res) => {
  pool.query('SELECT 1', (error, rows) => {
    if (error) throw error;
    res.json(rows);
  });
});
`,
  },
  {
    name: 'serves callbacks of pg, ended inside',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export function run(callback: (error: Error, rows?: unknown) => void) {
  const client = new Client({ host: 'db' });
  client.connect();
  client.query('SELECT 1', (error, result) => {
    client.end();
    callback(error, result?.rows);
  });
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export function run(callback: (error: Error, rows?: unknown) => void) {
  pool.query('SELECT 1', (error, result) => {
    callback(error, result?.rows);
  });
}
`,
  },
  {
    name: 'writes require and no semicolons where the file does',
    filename: 'src/a.cjs',
    settings: {},
    before: `
const { Client } = require('pg')

module.exports = async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query('INSERT 1')
  await client.query('INSERT 2')
  await client.end()
  res.end()
}
`,
    after: `
const { Pool } = require('pg')

let pool

module.exports = async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error))
  const client = await pool.connect()
  try {
    await client.query('INSERT 1')
    await client.query('INSERT 2')
  } finally {
    client.release()
  }
  res.end()
}
`,
  },
  {
    name: 'keeps what is built in the try',
    filename: 'src/a.cjs',
    settings: {},
    before: `
const { createConnection } = require('mysql2/promise');
async function handler(event) {
  let connection;
  try {
    connection = await createConnection(process.env.DB);
    await connection.execute('SELECT 1');
    const [rows] = await connection.execute('SELECT 2');
    return rows;
  } finally {
    if (connection) await connection.end();
  }
}
`,
    after: `
const { createPool } = require('mysql2/promise');

let pool;

async function handler(event) {
  let connection;
  try {
    pool ??= createPool(process.env.DB);
    connection = await pool.getConnection();
    await connection.execute('SELECT 1');
    const [rows] = await connection.execute('SELECT 2');
    return rows;
  } finally {
    if (connection) connection.release();
  }
}
`,
  },
  {
    name: 'asks whether there is a connection where nobody did',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(id: string) {
  let client = null;
  try {
    client = new Client({ host: 'db' });
    await client.connect();
    await client.query('INSERT INTO a VALUES (1)');
    const { rows } = await client.query('SELECT 1');
    return rows;
  } catch (error) {
    console.error(error);
    throw error;
  } finally {
    await client?.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id: string) {
  let client = null;
  try {
    client = await pool.connect();
    await client.query('INSERT INTO a VALUES (1)');
    const { rows } = await client.query('SELECT 1');
    return rows;
  } catch (error) {
    console.error(error);
    throw error;
  } finally {
    client?.release();
  }
}
`,
  },
  {
    name: 'keeps the type of what a function makes',
    filename: 'src/a.ts',
    settings: {},
    before: `
import mysql from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2';
export async function run(id: string) {
  const connection = await mysql.createConnection({ host: process.env.HOST, user: 'root' });
  const [rows] = await connection.execute<RowDataPacket[]>('SELECT * FROM users WHERE id = ?', [id]);
  const [others] = await connection.execute<RowDataPacket[]>('SELECT * FROM others');
  await connection.end();
  return [rows, others];
}
`,
    after: `
import mysql from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2';

let pool: ReturnType<typeof mysql.createPool> | undefined;

export async function run(id: string) {
  pool ??= mysql.createPool({ host: process.env.HOST, user: 'root' });
  const connection = await pool.getConnection();
  try {
    const [rows] = await connection.execute<RowDataPacket[]>('SELECT * FROM users WHERE id = ?', [id]);
    const [others] = await connection.execute<RowDataPacket[]>('SELECT * FROM others');
    return [rows, others];
  } finally {
    connection.release();
  }
}
`,
  },
  {
    name: 'keeps the import of a type that is used',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
type C = Client;
export async function load(id: string) {
  const client: Client = new Client({ host: 'db' });
  await client.connect();
  return client.query('SELECT 1');
}
`,
    after: `
import { Client, Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

type C = Client;
export async function load(id: string) {
  return pool.query('SELECT 1');
}
`,
  },
  {
    name: 'brings options to the margin of the module',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';

export async function run() {
  const client = new Client({
    host: 'db',
    ssl: {
      rejectUnauthorized: false,
    },
  });
  await client.connect();
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({
  host: 'db',
  ssl: {
    rejectUnauthorized: false,
  },
}).on('error', console.error);

export async function run() {
  const { rows } = await pool.query('SELECT 1');
  return rows;
}
`,
  },
  {
    name: 'gives back in each round',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(ids: string[]) {
  for (const id of ids) {
    const client = new Client({ host: 'db' });
    await client.connect();
    const { rows } = await client.query('SELECT $1', [id]);
    if (rows.length === 0) {
      await client.end();
      continue;
    }
    await client.query('UPDATE a SET b = $1', [rows[0]]);
    await client.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(ids: string[]) {
  for (const id of ids) {
    const client = await pool.connect();
    try {
      const { rows } = await client.query('SELECT $1', [id]);
      if (rows.length === 0) {
        continue;
      }
      await client.query('UPDATE a SET b = $1', [rows[0]]);
    } finally {
      client.release();
    }
  }
}
`,
  },
  {
    name: 'serves methods',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export class Users {
  async all(): Promise<unknown[]> {
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    try {
      const { rows } = await client.query<{ id: string }>('SELECT id FROM users');
      return rows;
    } finally {
      await client.end();
    }
  }
}
`,
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

export class Users {
  async all(): Promise<unknown[]> {
    pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM users');
    return rows;
  }
}
`,
  },
  {
    name: 'holds the connection where the code waits before its only statement',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(id: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  const user = await fetchUser(id);
  const result = await client.query('SELECT 1', [user]);
  await client.end();
  return result;
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id: string) {
  const client = await pool.connect();
  try {
    const user = await fetchUser(id);
    const result = await client.query('SELECT 1', [user]);
    return result;
  } finally {
    client.release();
  }
}
`,
  },
  {
    name: 'holds it where the code checks before its only statement',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
import { check } from './check.js';
export async function run(id: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  check(id);
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    after: `
import { Pool } from 'pg';
import { check } from './check.js';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id: string) {
  const client = await pool.connect();
  try {
    check(id);
    const { rows } = await client.query('SELECT 1');
    return rows;
  } finally {
    client.release();
  }
}
`,
  },
  {
    name: 'gives back what was never ended',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
async function run(id: string) {
  const client = new Client();
  await client.connect();
  const result = await client.query('SELECT 1 WHERE $1', [id]);
  if (result.rowCount === 0) return null;
  return (await client.query('SELECT 2')).rows;
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool()
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

async function run(id: string) {
  const client = await pool.connect();
  try {
    const result = await client.query('SELECT 1 WHERE $1', [id]);
    if (result.rowCount === 0) return null;
    return (await client.query('SELECT 2')).rows;
  } finally {
    client.release();
  }
}
`,
  },
  {
    name: 'takes comments about connecting away, and no others',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';

/** Loads. */
export async function load(id: string): Promise<unknown[]> {
  // connect to the database
  const client = new Client({ host: 'db' });
  // open it
  await client.connect();

  const result = await client.query(
    \`SELECT *
     FROM users WHERE id = $1\`,
    [id],
  );

  // close the connection
  await client.end().catch(() => {});
  return result.rows;
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

/** Loads. */
export async function load(id: string): Promise<unknown[]> {
  const result = await pool.query(
    \`SELECT *
     FROM users WHERE id = $1\`,
    [id],
  );

  return result.rows;
}
`,
  },
  {
    name: 'imports the shared pool from where the file stands',
    filename: 'src/routes/a.ts',
    settings: { sharedPool: { module: './src/db.js', export: 'pool' } },
    before: `
import { Client } from 'pg';
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
    after: `
import { pool } from '../db.js';
app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
  },
  {
    name: 'requires the shared pool',
    filename: 'src/routes/a.cjs',
    settings: { sharedPool: { module: '@/db', export: 'default' } },
    before: `
const express = require('express');
const { Client, types } = require('pg');
app.get('/users', async (req, res) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  res.json(rows);
});
`,
    after: `
const express = require('express');
const { types } = require('pg');
const pool = require('@/db');
app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
  },
  {
    name: 'imports a default in the quotes of the file',
    filename: 'src/a.ts',
    settings: { sharedPool: { module: '@app/db', export: 'default' } },
    before: `
import express from "express";
import { Client } from "pg";
export async function run() {
  const client = new Client({ host: "db" });
  await client.connect();
  const { rows } = await client.query("SELECT 1");
  await client.end();
  return rows;
}
`,
    after: `
import express from "express";
import pool from "@app/db";
export async function run() {
  const { rows } = await pool.query("SELECT 1");
  return rows;
}
`,
  },
  {
    name: 'uses the shared pool by the name that the file has for it',
    filename: 'src/routes/a.ts',
    settings: { sharedPool: { module: './src/db.js', export: 'pool' } },
    before: `
import { Client } from 'pg';
import { pool as db } from '../db';
export async function run() {
  const client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    after: `
import { pool as db } from '../db';
export async function run() {
  const { rows } = await db.query('SELECT 1');
  return rows;
}
`,
  },
  {
    name: 'gives the shared pool another name where its own is taken',
    filename: 'src/a.ts',
    settings: { sharedPool: { module: '@app/db', export: 'pool' } },
    before: `
import { Client } from 'pg';
import { pool } from './swimming.js';
export async function run() {
  const client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT 1', [pool]);
  await client.end();
  return rows;
}
`,
    after: `
import { pool } from './swimming.js';
import { pool as pool2 } from '@app/db';
export async function run() {
  const { rows } = await pool2.query('SELECT 1', [pool]);
  return rows;
}
`,
  },
  {
    name: 'does not import the file into itself',
    filename: 'src/db.ts',
    settings: { sharedPool: { module: './src/db.js', export: 'pool' } },
    before: `
import { Client, Pool } from 'pg';
export const pool = new Pool({ host: 'db', max: 3 });
export async function run() {
  const client = new Client({ host: 'db' });
  await client.connect();
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    after: `
import { Pool } from 'pg';
export const pool = new Pool({ host: 'db', max: 3 });
export async function run() {
  const { rows } = await pool.query('SELECT 1');
  return rows;
}
`,
  },
  {
    name: 'serves neon',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from '@neondatabase/serverless';
export async function run(id?: string) {
  const client = new Client(process.env.DATABASE_URL);
  await client.connect();
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    after: `
import { Pool } from '@neondatabase/serverless';

let pool: Pool | undefined;

export async function run(id?: string) {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const { rows } = await pool.query('SELECT 1');
  return rows;
}
`,
  },
  {
    name: 'takes the maker from the default import, as the client was taken',
    filename: 'src/a.ts',
    settings: {},
    before: `
import pg from 'pg';

const { Client } = pg;

export async function users() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  return rows;
}

export async function posts() {
  const client = new Client({ host: 'archive' });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM posts');
  await client.end();
  return rows;
}
`,
    after: `
import pg from 'pg';

let pool: InstanceType<typeof Pool> | undefined;

const { Pool } = pg;
const pool2 = new Pool({ host: 'archive' }).on('error', console.error);

export async function users() {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const { rows } = await pool.query('SELECT * FROM users');
  return rows;
}

export async function posts() {
  const { rows } = await pool2.query('SELECT * FROM posts');
  return rows;
}
`,
  },
  {
    name: 'drops the default import that only gave the client',
    filename: 'src/a.ts',
    settings: { sharedPool: { module: '@app/db', export: 'pool' } },
    before: `
import pg from 'pg';
import { pool } from '@app/db';
const { Client } = pg;

export async function users() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM users');
  await client.end();
  return rows;
}
`,
    after: `
import { pool } from '@app/db';

export async function users() {
  const { rows } = await pool.query('SELECT * FROM users');
  return rows;
}
`,
  },
  {
    name: 'takes the declaration of its own away that nobody needs',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run() {
  let client: Client | undefined;
  try {
    client = new Client({ host: 'db' });
    await client.connect();
    const { rows } = await client.query('SELECT 1');
    return rows;
  } catch (error) {
    console.error(error);
    return [];
  } finally {
    await client?.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export async function run() {
  try {
    const { rows } = await pool.query('SELECT 1');
    return rows;
  } catch (error) {
    console.error(error);
    return [];
  }
}
`,
  },
  {
    name: 'declares anew what had the type of a connection of its own',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(respond: (value: unknown) => void) {
  let client: Client | undefined;
  try {
    client = new Client({ host: 'db' });
    await client.connect();
    await client.query('UPDATE a SET b = 1');
    const { rows } = await client.query('SELECT 1');
    respond(rows);
  } catch (error) {
    respond(error);
  } finally {
    if (client) await client.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(respond: (value: unknown) => void) {
  try {
    const client = await pool.connect();
    try {
      await client.query('UPDATE a SET b = 1');
      const { rows } = await client.query('SELECT 1');
      respond(rows);
    } finally {
      client.release();
    }
  } catch (error) {
    respond(error);
  }
}
`,
  },
  {
    name: 'remembers a ROLLBACK whose failure was passed over',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id?: string) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
`,
  },
  {
    name: 'takes it before a catch that only rolls back and throws again',
    filename: 'src/a.ts',
    settings: {},
    before: `
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
    throw error;
  } finally {
    await client.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id?: string) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
`,
  },
  {
    name: 'remembers it besides a log',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((e) => console.error(e));
    return id;
  } finally {
    await client.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id?: string) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((e) => {
      broken = e;
      console.error(e);
    });
    return id;
  } finally {
    client.release(broken);
  }
}
`,
  },
  {
    name: 'remembers it besides a log that gets the error itself',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(console.error);
    throw error;
  } finally {
    await client.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id?: string) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
      console.error(rollbackError);
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
`,
  },
  {
    name: 'remembers it in the block that is there',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      // the first error counts
    });
    throw error;
  } finally {
    await client.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id?: string) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
      // the first error counts
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
`,
  },
  {
    name: 'remembers it on the line that is there',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(function (e: Error) { /* gone */ });
    throw error;
  } finally {
    await client.end();
  }
}
`,
    after: `
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

export async function run(id?: string) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(function (e: Error) { broken = e; /* gone */ });
    throw error;
  } finally {
    client.release(broken);
  }
}
`,
  },
  {
    name: 'uses a pool of the file to which somebody listens',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client, Pool } from 'pg';
import { log } from './log.js';
let db: Pool | undefined;
export function connect() {
  return (db ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', log));
}
export async function run(id?: string) {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    after: `
import { Pool } from 'pg';
import { log } from './log.js';
let db: Pool | undefined;
export function connect() {
  return (db ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', log));
}
export async function run(id?: string) {
  db ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', log);
  const { rows } = await db.query('SELECT 1');
  return rows;
}
`,
  },
  {
    name: 'leaves a pool of the file as it is',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client, Pool } from 'pg';
const db = new Pool({ host: 'db', max: 5 }).on('error', (error) => console.error(error));
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  await client.query('UPDATE a SET b = 1');
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    after: `
import { Pool } from 'pg';
const db = new Pool({ host: 'db', max: 5 }).on('error', (error) => console.error(error));
export async function run(id?: string) {
  const client = await db.connect();
  try {
    await client.query('UPDATE a SET b = 1');
    const { rows } = await client.query('SELECT 1');
    return rows;
  } finally {
    client.release();
  }
}
`,
  },
  {
    name: 'does not copy a listener that is another one elsewhere',
    filename: 'src/a.ts',
    settings: {},
    before: `
import { Client, Pool } from 'pg';
let db: Pool | undefined;
export function connect(log: (error: Error) => void) {
  return (db ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', log));
}
export async function run(id?: string) {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    after: `
import { Pool } from 'pg';

let pool: Pool | undefined;

let db: Pool | undefined;
export function connect(log: (error: Error) => void) {
  return (db ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', log));
}
export async function run(id?: string) {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const { rows } = await pool.query('SELECT 1');
  return rows;
}
`,
  },
  {
    name: 'keeps other comments behind what goes',
    filename: 'src/a.ts',
    settings: {},
    before: `
import mysql from 'mysql2/promise';
export async function run(id?: string) {
  const connection = await mysql.createConnection({ host: 'db' }); // see the wiki, page 7
  const [rows] = await connection.query('SELECT 1');
  await connection.end(); // close it
  return rows;
}
`,
    after: `
import mysql from 'mysql2/promise';

const pool = mysql.createPool({ host: 'db' });

export async function run(id?: string) {
  // see the wiki, page 7
  const [rows] = await pool.query('SELECT 1');
  return rows;
}
`,
  },
  {
    name: 'does not log what was never opened',
    filename: 'src/a.ts',
    settings: {},
    before: `
import mysql from 'mysql2/promise';
export async function run(id?: string) {
  const connection = await mysql.createConnection({ host: 'db' });
  try {
    return await connection.query('SELECT 1');
  } finally {
    console.log('closing');
    await connection.end();
  }
}
`,
    after: `
import mysql from 'mysql2/promise';

const pool = mysql.createPool({ host: 'db' });

export async function run(id?: string) {
  const connection = await pool.getConnection();
  try {
    return await connection.query('SELECT 1');
  } finally {
    console.log('closing');
    connection.release();
  }
}
`,
  },
];

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
  [
    'a ROLLBACK whose error goes elsewhere',
    `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(report);
    throw error;
  } finally {
    await client.end();
  }
}
`,
  ],
  [
    'a ROLLBACK whose error is taken apart',
    `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(({ message }) => console.error(message));
    throw error;
  } finally {
    await client.end();
  }
}
`,
  ],
  [
    'a ROLLBACK whose error has another type',
    `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((e: unknown) => {});
    throw error;
  } finally {
    await client.end();
  }
}
`,
  ],
  [
    'a ROLLBACK for which nobody waits',
    `
import { Client } from 'pg';
export async function run(id?: string) {
  const client = new Client({ host: 'db' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET b = 1');
    await client.query('COMMIT');
  } catch (error) {
    client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}
`,
  ],
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
