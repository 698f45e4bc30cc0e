import type { Change } from '../../change.ts';

/** One statement: the pool runs it. */
export const oneStatement: readonly Change[] = [
  {
    name: 'runs the only statement through a new pool, built when it is first needed',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 app.get('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM users');
-  await client.end();
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
+  const { rows } = await pool.query('SELECT * FROM users');
   res.json(rows);
 });
`,
  },
  {
    name: 'builds a pool of constants at once',
    change: `
 import pg from 'pg';
+
+const pool = new pg.Pool({ host: 'db' }).on('error', console.error);
+
 app.get('/users', async (req, res) => {
-  const client = new pg.Client({ host: 'db' });
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM users');
-  await client.end();
+  const { rows } = await pool.query('SELECT * FROM users');
   res.json(rows);
 });
`,
  },
  {
    name: 'keeps a comment about the connection, which there is still',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'replica' }).on('error', console.error);
+
 app.get('/users', async (req, res) => {
   // Why this connection is read-only.
-  const client = new Client({ host: 'replica' });
-  // Connect.
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM users');
-  // Close the connection.
-  await client.end();
+  const { rows } = await pool.query('SELECT * FROM users');
   res.json(rows);
 });
`,
  },
  {
    name: 'takes the try away that only ended the connection',
    change: `
-import { Client, type QueryResult } from 'pg';
+import { Pool, type QueryResult } from 'pg';
+
+let pool: Pool | undefined;
+
 app.get('/users', async (req, res) => {
-  const client = new Client(process.env.DATABASE_URL);
-  try {
-    await client.connect();
-    // all of them
-    const { rows } = await client.query('SELECT * FROM users');
-    res.json(rows);
-  } finally {
-    await client.end();
-  }
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
+  // all of them
+  const { rows } = await pool.query('SELECT * FROM users');
+  res.json(rows);
 });
`,
  },
  {
    name: 'keeps the catch of such a try',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 app.get('/users', async (req, res) => {
-  const client = new Client(process.env.DATABASE_URL);
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
   try {
-    await client.connect();
-    const { rows } = await client.query('SELECT * FROM users');
+    const { rows } = await pool.query('SELECT * FROM users');
     res.json(rows);
   } catch (error) {
     res.status(500).end();
-  } finally {
-    await client.end();
   }
 });
`,
  },
  {
    name: 'serves callbacks',
    filename: 'src/a.cjs',
    change: `
 const mysql = require('mysql');
+
+const pool = mysql.createPool({ host: 'db' });
+
 app.get('/', (req, res) => {
-  const connection = mysql.createConnection({ host: 'db' });
-  connection.connect();
-  connection.query('SELECT 1', (error, rows) => {
+  pool.query('SELECT 1', (error, rows) => {
     if (error) throw error;
     res.json(rows);
   });
-  connection.end();
 });
`,
  },
  {
    name: 'serves callbacks of pg, ended inside',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' }).on('error', console.error);
+
 export function run(callback: (error: Error, rows?: unknown) => void) {
-  const client = new Client({ host: 'db' });
-  client.connect();
-  client.query('SELECT 1', (error, result) => {
-    client.end();
+  pool.query('SELECT 1', (error, result) => {
     callback(error, result?.rows);
   });
 }
`,
  },
  {
    name: 'brings options to the margin of the module',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({
+  host: 'db',
+  ssl: {
+    rejectUnauthorized: false,
+  },
+}).on('error', console.error);

 export async function run() {
-  const client = new Client({
-    host: 'db',
-    ssl: {
-      rejectUnauthorized: false,
-    },
-  });
-  await client.connect();
-  const { rows } = await client.query('SELECT 1');
-  await client.end();
+  const { rows } = await pool.query('SELECT 1');
   return rows;
 }
`,
  },
  {
    name: 'serves methods',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 export class Users {
   async all(): Promise<unknown[]> {
-    const client = new Client({ connectionString: process.env.DATABASE_URL });
-    await client.connect();
-    try {
-      const { rows } = await client.query<{ id: string }>('SELECT id FROM users');
-      return rows;
-    } finally {
-      await client.end();
-    }
+    pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
+    const { rows } = await pool.query<{ id: string }>('SELECT id FROM users');
+    return rows;
   }
 }
`,
  },
  {
    name: 'takes comments about connecting away, and no others',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' }).on('error', console.error);

 /** Loads. */
 export async function load(id: string): Promise<unknown[]> {
-  // connect to the database
-  const client = new Client({ host: 'db' });
-  // open it
-  await client.connect();
-
-  const result = await client.query(
+  const result = await pool.query(
     \`SELECT *
      FROM users WHERE id = $1\`,
     [id],
   );

-  // close the connection
-  await client.end().catch(() => {});
   return result.rows;
 }
`,
  },
  {
    name: 'serves neon',
    change: `
-import { Client } from '@neondatabase/serverless';
+import { Pool } from '@neondatabase/serverless';
+
+let pool: Pool | undefined;
+
 export async function run(id?: string) {
-  const client = new Client(process.env.DATABASE_URL);
-  await client.connect();
-  const { rows } = await client.query('SELECT 1');
-  await client.end();
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
+  const { rows } = await pool.query('SELECT 1');
   return rows;
 }
`,
  },
  {
    name: 'keeps other comments behind what goes',
    change: `
 import mysql from 'mysql2/promise';
+
+const pool = mysql.createPool({ host: 'db' });
+
 export async function run(id?: string) {
-  const connection = await mysql.createConnection({ host: 'db' }); // see the wiki, page 7
-  const [rows] = await connection.query('SELECT 1');
-  await connection.end(); // close it
+  // see the wiki, page 7
+  const [rows] = await pool.query('SELECT 1');
   return rows;
 }
`,
  },
];
