import type { Change } from '../../change.ts';

/** How the pool is imported, and its type. */
export const imports: readonly Change[] = [
  {
    name: 'gives the new pool a type where comments give types',
    filename: 'src/a.js',
    change: `
 // @ts-check
 import pg from 'pg';
+
+/** @type {InstanceType<typeof pg.Pool> | undefined} */
+let pool;
+
 app.get('/users', async (req, res) => {
-  const client = new pg.Client(process.env.DATABASE_URL);
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM users');
-  await client.end();
+  pool ??= new pg.Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
+  const { rows } = await pool.query('SELECT * FROM users');
   res.json(rows.map((row) => row.name));
 });
`,
  },
  {
    name: 'writes require and no semicolons where the file does',
    filename: 'src/a.cjs',
    change: `
-const { Client } = require('pg')
+const { Pool } = require('pg')
+
+let pool

 module.exports = async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL })
-  await client.connect()
-  await client.query('INSERT 1')
-  await client.query('INSERT 2')
-  await client.end()
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error))
+  const client = await pool.connect()
+  try {
+    await client.query('INSERT 1')
+    await client.query('INSERT 2')
+  } finally {
+    client.release()
+  }
   res.end()
 }
`,
  },
  {
    name: 'keeps the type of what a function makes',
    change: `
 import mysql from 'mysql2/promise';
 import type { RowDataPacket } from 'mysql2';
+
+let pool: ReturnType<typeof mysql.createPool> | undefined;
+
 export async function run(id: string) {
-  const connection = await mysql.createConnection({ host: process.env.HOST, user: 'root' });
-  const [rows] = await connection.execute<RowDataPacket[]>('SELECT * FROM users WHERE id = ?', [id]);
-  const [others] = await connection.execute<RowDataPacket[]>('SELECT * FROM others');
-  await connection.end();
-  return [rows, others];
+  pool ??= mysql.createPool({ host: process.env.HOST, user: 'root' });
+  const connection = await pool.getConnection();
+  try {
+    const [rows] = await connection.execute<RowDataPacket[]>('SELECT * FROM users WHERE id = ?', [id]);
+    const [others] = await connection.execute<RowDataPacket[]>('SELECT * FROM others');
+    return [rows, others];
+  } finally {
+    connection.release();
+  }
 }
`,
  },
  {
    name: 'keeps the import of a type that is used',
    change: `
-import { Client } from 'pg';
+import { Client, Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' }).on('error', console.error);
+
 type C = Client;
 export async function load(id: string) {
-  const client: Client = new Client({ host: 'db' });
-  await client.connect();
-  return client.query('SELECT 1');
+  return pool.query('SELECT 1');
 }
`,
  },
  {
    name: 'takes the maker from the default import, as the client was taken',
    change: `
 import pg from 'pg';

-const { Client } = pg;
+let pool: InstanceType<typeof Pool> | undefined;
+
+const { Pool } = pg;
+const pool2 = new Pool({ host: 'archive' }).on('error', console.error);

 export async function users() {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM users');
-  await client.end();
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
+  const { rows } = await pool.query('SELECT * FROM users');
   return rows;
 }

 export async function posts() {
-  const client = new Client({ host: 'archive' });
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM posts');
-  await client.end();
+  const { rows } = await pool2.query('SELECT * FROM posts');
   return rows;
 }
`,
  },
  {
    name: 'drops the default import that only gave the client',
    settings: { sharedPool: { module: '@app/db', export: 'pool' } },
    change: `
-import pg from 'pg';
 import { pool } from '@app/db';
-const { Client } = pg;

 export async function users() {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM users');
-  await client.end();
+  const { rows } = await pool.query('SELECT * FROM users');
   return rows;
 }
`,
  },
];
