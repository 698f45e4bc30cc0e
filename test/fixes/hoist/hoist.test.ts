import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { testChanges } from '../changes.ts';

testChanges('moved to module level', repairByHoisting, [
  {
    name: 'literals: built with the module; its comments go along, its end and the empty finally go',
    change: `
 import express from 'express';
 import { Pool } from 'pg';
+
+// One pool for each request.
+const pool = new Pool({
+  host: 'localhost',
+  max: 5,
+}).on('error', console.error);

 const app = express();

 app.get('/users', async (req, res) => {
-  // One pool for each request.
-  const pool = new Pool({
-    host: 'localhost',
-    max: 5,
-  });
-  try {
-    const { rows } = await pool.query('SELECT 1');
-    res.json(rows);
-  } finally {
-    await pool.end();
-  }
+  const { rows } = await pool.query('SELECT 1');
+  res.json(rows);
 });
`,
  },
  {
    name: 'the environment: built when first needed, and the same words share one',
    change: `
 import express from 'express';
 import { Pool } from 'pg';
+
+let pool: Pool | undefined;

 const app = express();

 app.get('/users', async (req, res) => {
-  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
   const { rows } = await pool.query('SELECT 1');
   res.json(rows);
-  await pool.end();
 });

 app.get('/posts', async (req, res) => {
-  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
+  const pool2 = (pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error));
   try {
-    const all = await Promise.all(['a', 'b'].map((one) => pool.query(one)));
+    const all = await Promise.all(['a', 'b'].map((one) => pool2.query(one)));
     res.json(all);
   } catch (error) {
     res.json({ error });
-  } finally {
-    await pool.end();
   }
 });
`,
  },
  {
    name: 'a local of the environment may stay where it is',
    filename: 'file.js',
    change: `
 'use strict'
 const express = require('express')
 const mysql = require('mysql2/promise')
+
+let pool
+
 const app = express()

 app.get('/users', async (req, res) => {
   const connectionString = process.env.DB
-  const pool = mysql.createPool(connectionString)
+  pool ??= mysql.createPool(connectionString)
   const [rows] = await pool.query('SELECT 1')
-  await pool.end()
   res.json(rows)
 })
`,
  },
  {
    name: 'a route of Next.js: kept on globalThis at once',
    filename: 'app/api/users/route.ts',
    change: `
 import { NextResponse } from 'next/server';
 import { PrismaClient } from '@prisma/client';

+const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
+const prisma = globalForPrisma.prisma ?? new PrismaClient();
+if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;
+
 export async function GET() {
-  const prisma = new PrismaClient();
   const users = await prisma.user.findMany();
   return NextResponse.json(users);
 }
`,
  },
  {
    name: 'an agent among the options of a call',
    change: `
 import https from 'node:https';
 import axios from 'axios';
 import express from 'express';
+
+const httpsAgent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

 const app = express();

 app.get('/proxy', async (req, res) => {
   const { data } = await axios.get('https://example.com', {
-    httpsAgent: new https.Agent({ keepAlive: true, rejectUnauthorized: false }),
+    httpsAgent,
     timeout: 5000,
   });
   res.json(data);
 });
`,
  },
  {
    name: 'a generic factory: a function of the module tells the type',
    change: `
 import express from 'express';
 import postgres from 'postgres';
+
+const makeSql = () => postgres(process.env.DATABASE_URL!, { max: 1 });
+let sql: ReturnType<typeof makeSql> | undefined;

 const app = express();

 app.get('/users', async (req, res) => {
-  const sql = postgres(process.env.DATABASE_URL!, { max: 1 });
+  sql ??= makeSql();
   const users = await sql\`SELECT id FROM users\`;
-  await sql.end({ timeout: 5 });
   res.json(users.map(({ id }) => id));
 });
`,
  },
  {
    name: 'a client that may be opened again keeps that call',
    change: `
 import express from 'express';
 import { MongoClient } from 'mongodb';
+
+const client = new MongoClient('mongodb://localhost/app');

 const app = express();

 app.get('/users', async (req, res) => {
-  const client = new MongoClient('mongodb://localhost/app');
-  try {
-    await client.connect();
-    const users = await client.db().collection('users').find().toArray();
-    res.json(users);
-  } finally {
-    await client.close();
-  }
+  await client.connect();
+  const users = await client.db().collection('users').find().toArray();
+  res.json(users);
 });
`,
  },
  {
    name: 'a variable that is written in the try',
    change: `
 import express from 'express';
 import { Pool } from 'pg';
+
+let sharedPool: Pool | undefined;

 const app = express();

 app.get('/users', async (req, res) => {
   let pool: Pool | undefined;
   try {
-    pool = new Pool();
+    pool = (sharedPool ??= new Pool().on('error', console.error));
     res.json(await pool.query('SELECT 1'));
   } catch (error) {
     res.json(error);
-  } finally {
-    if (pool) await pool.end();
   }
 });
`,
  },
  {
    name: 'the end in a chain, and in a listener of the response',
    change: `
 import express from 'express';
 import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' }).on('error', console.error);

 const app = express();

 app.get('/users', (req, res) => {
-  const pool = new Pool({ host: 'db' });
   return pool
     .query('SELECT 1')
-    .then(({ rows }) => res.json(rows))
-    .finally(() => pool.end());
+    .then(({ rows }) => res.json(rows));
 });
 app.get('/posts', (req, res) => {
-  const pool = new Pool({ host: 'db' });
-  res.on('finish', () => pool.end());
   return pool.query('SELECT 2').then(({ rows }) => res.json(rows));
 });
`,
  },
  {
    name: 'a loop, and an end whose errors are caught',
    change: `
 import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db' }).on('error', console.error);

 export async function load(names: string[]) {
   const all: unknown[] = [];
   for (const name of names) {
-    const pool = new Pool({ host: 'db' });
     all.push(name, await pool.query('SELECT 1'));
-    await pool.end().catch(() => {});
   }
   return all;
 }
`,
  },
  {
    name: 'the margins, quotes and templates of the file stay',
    filename: 'file.js',
    change: `
 const { Pool } = require("pg");

 exports.handler = async (event) => {
 	/**
 	 * connects
 	 */
 	const pool = new Pool({ // options
 		host: "db",
 		query: \`
 		  x\`,
 	}); // trailing

 	// read
 	try {
 		const a = await pool.query(\`
 			SELECT 1\`);
 		return a;
 	} finally {
 		console.log("done");
 		// close it
 		await pool.end();
 	}
 };
`,
  },
  {
    name: 'an early end, and a try that only ended it',
    change: `
 import express from 'express';
 import { Pool } from 'pg';
+
+let pool: Pool | undefined;

 const app = express();

 app.get('/users', async (req, res) => {
-  const pool = new Pool();
+  pool ??= new Pool().on('error', console.error);

   try {
     const { rows } = await pool.query('SELECT 1');
     if (rows.length === 0) {
-      await pool.end();
       return res.json([]);
     }
     res.json(rows);
   } catch (error) {
     res.json(error);
   }
-  try {
-    await pool.end();
-  } catch {}
 });
`,
  },
  {
    name: 'two handlers that build the same have one',
    change: `
 import express from 'express';
 import { Pool } from 'pg';
+
+const pool = new Pool({ host: 'db', max: 2 }).on('error', console.error);

 const app = express();

 app.get('/a', async (req, res) => {
-  const pool = new Pool({ host: 'db', max: 2 });
   res.json(await pool.query('SELECT 1'));
 });
 app.get('/b', async (req, res) => {
-  const db = new Pool({ host: 'db', max: 2 });
-  res.json(await db.query('SELECT 2'));
-  await db.end();
+  res.json(await pool.query('SELECT 2'));
 });
`,
  },
  {
    name: 'agents in options that are declared before',
    filename: 'file.js',
    change: `
 const https = require('https');
 const axios = require('axios');

+const agent = new https.Agent({ keepAlive: true, maxSockets: 3 });
+
+const httpsAgent = new https.Agent({ keepAlive: true });
+
 exports.proxy = (app) => {
   app.get('/x', async (req, res) => {
-    const options = { httpsAgent: new https.Agent({ keepAlive: true }), timeout: 1 };
-    const agent = new https.Agent({ keepAlive: true, maxSockets: 3 });
+    const options = { httpsAgent, timeout: 1 };
     await fetch('https://a', { agent });
     res.json((await axios.get('https://b', options)).data);
-    agent.destroy();
   });
 };
`,
  },
]);
