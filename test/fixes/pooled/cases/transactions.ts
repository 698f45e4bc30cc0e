import type { Change } from '../../change.ts';

/** A transaction that ended with its connection; `handler` is how its `catch` changes. */
const transaction = (handler: string): string => `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 export async function run(id?: string) {
-  const client = new Client({ host: 'db' });
-  await client.connect();
+  const client = await pool.connect();
+  let broken: Error | undefined;
   try {
     await client.query('BEGIN');
     await client.query('UPDATE a SET b = 1');
     await client.query('COMMIT');
   } catch (error) {${handler}   } finally {
-    await client.end();
+    client.release(broken);
   }
 }
`;

/** What ended with its connection is rolled back, or the connection is thrown away. */
export const transactions: readonly Change[] = [
  {
    name: 'throws a connection away whose own ROLLBACK fails',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 app.get('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error));
+  const client = await pool.connect();
+  let broken: Error | undefined;
   try {
     await client.query('BEGIN');
     await client.query('UPDATE a SET b = 1');
     await client.query('COMMIT');
     res.json({});
   } catch (error) {
-    await client.query('ROLLBACK');
+    await client.query('ROLLBACK').catch((rollbackError: Error) => {
+      broken = rollbackError;
+    });
     throw error;
   } finally {
-    await client.end();
+    client.release(broken);
   }
 });
`,
  },
  {
    name: 'takes it before a catch that begins with ROLLBACK',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 app.post('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL })
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error));
+  const client = await pool.connect();
+  let broken: Error | undefined;
   try {
-    await client.connect();
     await client.query('BEGIN');
     await client.query('UPDATE a SET b = 1');
     await client.query('COMMIT');
     res.json({});
   } catch (error) {
-    await client.query('ROLLBACK');
+    await client.query('ROLLBACK').catch((rollbackError: Error) => {
+      broken = rollbackError;
+      throw rollbackError;
+    });
     console.error(error);
     res.status(500).json({});
   } finally {
-    await client.end();
+    client.release(broken);
   }
 });
`,
  },
  {
    name: 'knows the transactions of mysql2',
    change: `
 import mysql from 'mysql2/promise';
+
+const pool = mysql.createPool({ host: 'db' });
+
 export async function handler(event: Event) {
-  const connection = await mysql.createConnection({ host: 'db' });
+  const connection = await pool.getConnection();
+  let broken = false;
   try {
     await connection.beginTransaction();
     await connection.execute('UPDATE a SET b = 1');
     await connection.commit();
   } catch (error) {
-    await connection.rollback();
+    await connection.rollback().catch(() => {
+      broken = true;
+    });
     throw error;
   } finally {
-    await connection.end();
+    if (broken) connection.destroy();
+    else connection.release();
   }
 }
`,
  },
  {
    name: 'leaves mariadb to roll back as it takes a connection back',
    change: `
 import mariadb from 'mariadb';
+
+const pool = mariadb.createPool({ host: 'db' });
+
 export async function run(id?: string) {
-  const conn = await mariadb.createConnection({ host: 'db' });
+  const conn = await pool.getConnection();
   try {
     await conn.beginTransaction();
     await conn.query('INSERT 1');
     await conn.query('INSERT 2');
     await conn.commit();
   } finally {
-    await conn.end();
+    await conn.release();
   }
 }
`,
  },
  {
    name: 'remembers a ROLLBACK whose failure was passed over',
    change: transaction(`
-    await client.query('ROLLBACK').catch(() => {});
+    await client.query('ROLLBACK').catch((rollbackError: Error) => {
+      broken = rollbackError;
+    });
     throw error;
`),
  },
  {
    name: 'takes it before a catch that only rolls back and throws again',
    change: `
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));
+
 export async function run(id?: string) {
-  const client = new Client({ host: 'db' });
+  const client = await pool.connect();
+  let broken: Error | undefined;
   try {
-    await client.connect();
     await client.query('BEGIN');
     await client.query('UPDATE a SET b = 1');
     await client.query('COMMIT');
   } catch (error) {
-    await client.query('ROLLBACK').catch(() => {});
+    await client.query('ROLLBACK').catch((rollbackError: Error) => {
+      broken = rollbackError;
+    });
     throw error;
   } finally {
-    await client.end();
+    client.release(broken);
   }
 }
`,
  },
  {
    name: 'remembers it besides a log',
    change: transaction(`
-    await client.query('ROLLBACK').catch((e) => console.error(e));
+    await client.query('ROLLBACK').catch((e) => {
+      broken = e;
+      console.error(e);
+    });
     return id;
`),
  },
  {
    name: 'remembers it besides a log that gets the error itself',
    change: transaction(`
-    await client.query('ROLLBACK').catch(console.error);
+    await client.query('ROLLBACK').catch((rollbackError: Error) => {
+      broken = rollbackError;
+      console.error(rollbackError);
+    });
     throw error;
`),
  },
  {
    name: 'remembers it in the block that is there',
    change: transaction(`
-    await client.query('ROLLBACK').catch(() => {
+    await client.query('ROLLBACK').catch((rollbackError: Error) => {
+      broken = rollbackError;
       // the first error counts
     });
     throw error;
`),
  },
  {
    name: 'remembers it on the line that is there',
    change: transaction(`
-    await client.query('ROLLBACK').catch(function (e: Error) { /* gone */ });
+    await client.query('ROLLBACK').catch(function (e: Error) { broken = e; /* gone */ });
     throw error;
`),
  },
];
