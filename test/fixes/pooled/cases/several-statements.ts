import type { Change } from '../../change.ts';

/** Several statements: a connection is taken, and given back in `finally`. */
export const severalStatements: readonly Change[] = [
  {
    name: 'takes a connection for several statements, and gives it back in finally',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 app.get('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const users = await client.query('SELECT * FROM users');
-  const posts = await client.query('SELECT * FROM posts');
-  await client.end();
-  res.json([users.rows, posts.rows]);
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error));
+  const client = await pool.connect();
+  try {
+    const users = await client.query('SELECT * FROM users');
+    const posts = await client.query('SELECT * FROM posts');
+    res.json([users.rows, posts.rows]);
+  } finally {
+    client.release();
+  }
 });
`,
  },
  {
    name: 'puts a try into the one that answers errors',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 app.get('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error));
   try {
-    await client.connect();
-    const users = await client.query('SELECT * FROM users');
-    const posts = await client.query('SELECT * FROM posts');
-    res.json([users.rows, posts.rows]);
+    const client = await pool.connect();
+    try {
+      const users = await client.query('SELECT * FROM users');
+      const posts = await client.query('SELECT * FROM posts');
+      res.json([users.rows, posts.rows]);
+    } finally {
+      client.release();
+    }
   } catch (error) {
     res.status(500).json({ error });
-  } finally {
-    await client.end();
   }
 });
`,
  },
  {
    name: 'opens before the try that had it',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 app.get('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error));
   const id = req.params.id;
+  const client = await pool.connect();
   try {
-    await client.connect();
     const users = await client.query('SELECT * FROM users');
     const posts = await client.query('SELECT * FROM posts');
     res.json([users.rows, posts.rows]);
   } finally {
-    await client.end();
+    client.release();
   }
 });
`,
  },
  {
    name: 'takes the ends of early exits away',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 app.post('/users', async (req, res) => {
-  const client = new Client({ host: 'db' });
-  await client.connect();
-  const one = await client.query('SELECT 1');
-  if (!one.rowCount) {
-    await client.end();
-    return res.status(404).end();
+  const client = await pool.connect();
+  let two;
+  try {
+    const one = await client.query('SELECT 1');
+    if (!one.rowCount) {
+      return res.status(404).end();
+    }
+    two = await client.query('SELECT 2');
+  } finally {
+    client.release();
   }
-  const two = await client.query('SELECT 2');
-  await client.end();
   await notify(two);
   res.json(two.rows);
 });
`,
  },
  {
    name: 'keeps what is built in the try',
    filename: 'src/a.cjs',
    change: `
-const { createConnection } = require('mysql2/promise');
+const { createPool } = require('mysql2/promise');
+
+let pool;
+
 async function handler(event) {
   let connection;
   try {
-    connection = await createConnection(process.env.DB);
+    pool ??= createPool(process.env.DB);
+    connection = await pool.getConnection();
     await connection.execute('SELECT 1');
     const [rows] = await connection.execute('SELECT 2');
     return rows;
   } finally {
-    if (connection) await connection.end();
+    if (connection) connection.release();
   }
 }
`,
  },
  {
    name: 'asks whether there is a connection where nobody did',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 export async function run(id: string) {
   let client = null;
   try {
-    client = new Client({ host: 'db' });
-    await client.connect();
+    client = await pool.connect();
     await client.query('INSERT INTO a VALUES (1)');
     const { rows } = await client.query('SELECT 1');
     return rows;
   } catch (error) {
     console.error(error);
     throw error;
   } finally {
-    await client?.end();
+    client?.release();
   }
 }
`,
  },
  {
    name: 'gives back in each round',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 export async function run(ids: string[]) {
   for (const id of ids) {
-    const client = new Client({ host: 'db' });
-    await client.connect();
-    const { rows } = await client.query('SELECT $1', [id]);
-    if (rows.length === 0) {
-      await client.end();
-      continue;
+    const client = await pool.connect();
+    try {
+      const { rows } = await client.query('SELECT $1', [id]);
+      if (rows.length === 0) {
+        continue;
+      }
+      await client.query('UPDATE a SET b = $1', [rows[0]]);
+    } finally {
+      client.release();
     }
-    await client.query('UPDATE a SET b = $1', [rows[0]]);
-    await client.end();
   }
 }
`,
  },
  {
    name: 'holds the connection where the code waits before its only statement',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 export async function run(id: string) {
-  const client = new Client({ host: 'db' });
-  await client.connect();
-  const user = await fetchUser(id);
-  const result = await client.query('SELECT 1', [user]);
-  await client.end();
-  return result;
+  const client = await pool.connect();
+  try {
+    const user = await fetchUser(id);
+    const result = await client.query('SELECT 1', [user]);
+    return result;
+  } finally {
+    client.release();
+  }
 }
`,
  },
  {
    name: 'holds it where the code checks before its only statement',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
 import { check } from './check.js';
+
+const pool = new Pool({ host: 'db' })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 export async function run(id: string) {
-  const client = new Client({ host: 'db' });
-  await client.connect();
-  check(id);
-  const { rows } = await client.query('SELECT 1');
-  await client.end();
-  return rows;
+  const client = await pool.connect();
+  try {
+    check(id);
+    const { rows } = await client.query('SELECT 1');
+    return rows;
+  } finally {
+    client.release();
+  }
 }
`,
  },
  {
    name: 'gives back what was never ended',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool()
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 async function run(id: string) {
-  const client = new Client();
-  await client.connect();
-  const result = await client.query('SELECT 1 WHERE $1', [id]);
-  if (result.rowCount === 0) return null;
-  return (await client.query('SELECT 2')).rows;
+  const client = await pool.connect();
+  try {
+    const result = await client.query('SELECT 1 WHERE $1', [id]);
+    if (result.rowCount === 0) return null;
+    return (await client.query('SELECT 2')).rows;
+  } finally {
+    client.release();
+  }
 }
`,
  },
  {
    name: 'takes the declaration of its own away that nobody needs',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' }).on('error', console.error);
+
 export async function run() {
-  let client: Client | undefined;
   try {
-    client = new Client({ host: 'db' });
-    await client.connect();
-    const { rows } = await client.query('SELECT 1');
+    const { rows } = await pool.query('SELECT 1');
     return rows;
   } catch (error) {
     console.error(error);
     return [];
-  } finally {
-    await client?.end();
   }
 }
`,
  },
  {
    name: 'declares anew what had the type of a connection of its own',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 export async function run(respond: (value: unknown) => void) {
-  let client: Client | undefined;
   try {
-    client = new Client({ host: 'db' });
-    await client.connect();
-    await client.query('UPDATE a SET b = 1');
-    const { rows } = await client.query('SELECT 1');
-    respond(rows);
+    const client = await pool.connect();
+    try {
+      await client.query('UPDATE a SET b = 1');
+      const { rows } = await client.query('SELECT 1');
+      respond(rows);
+    } finally {
+      client.release();
+    }
   } catch (error) {
     respond(error);
-  } finally {
-    if (client) await client.end();
   }
 }
`,
  },
  {
    name: 'does not log what was never opened',
    change: `
 import mysql from 'mysql2/promise';
+
+const pool = mysql.createPool({ host: 'db' });
+
 export async function run(id?: string) {
-  const connection = await mysql.createConnection({ host: 'db' });
+  const connection = await pool.getConnection();
   try {
     return await connection.query('SELECT 1');
   } finally {
     console.log('closing');
-    await connection.end();
+    connection.release();
   }
 }
`,
  },
];
