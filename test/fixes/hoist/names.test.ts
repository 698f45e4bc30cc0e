import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { testChanges } from '../changes.ts';

testChanges('moved to module level, with its names and types', repairByHoisting, [
  {
    name: 'options that change the type: a function of the module tells it',
    change: `
 import express from 'express';
 import { PrismaClient } from '@prisma/client';
+
+const makePrisma = () => new PrismaClient({ log: ['query'] });
+let sharedPrisma: ReturnType<typeof makePrisma> | undefined;
+
+let prisma: PrismaClient | undefined;

 const app = express();

 app.get('/users', async (req, res) => {
-  const prisma = new PrismaClient();
+  prisma ??= new PrismaClient();
   const users = await prisma.user.findMany();
-  await prisma.$disconnect();
   res.json(users);
 });
 app.get('/logged', async (req, res) => {
-  const prisma = new PrismaClient({ log: ['query'] });
+  const prisma = (sharedPrisma ??= makePrisma());
   res.json(await prisma.user.findMany());
 });
`,
  },
  {
    name: 'a pool inside another call',
    change: `
 import express from 'express';
 import { drizzle } from 'drizzle-orm/node-postgres';
 import { Pool } from 'pg';

+let pool: Pool | undefined;
+
 const app = express();

 app.get('/users', async (req, res) => {
-  const db = drizzle(new Pool({ connectionString: process.env.DATABASE_URL }));
+  const db = drizzle((pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error)));
   res.json(await db.execute('SELECT 1'));
 });
`,
  },
  {
    name: 'a connection that many may share',
    change: `
 import Redis from 'ioredis';
 import express from 'express';
+
+let redis: Redis | undefined;

 const app = express();

 app.get('/users', async (req, res) => {
-  const redis = new Redis(process.env.REDIS_URL!);
+  redis ??= new Redis(process.env.REDIS_URL!);
   const value = await redis.get('a');
-  redis.quit();
   res.json(value);
 });
`,
  },
  {
    name: 'classes of a default import',
    change: `
 import express from 'express';
 import pg from 'pg';
+
+let sharedPool: InstanceType<typeof pg.Pool> | undefined;
+
+let pool: InstanceType<typeof Pool> | undefined;

 const { Pool } = pg;
 const app = express();

 app.get('/a', async (req, res) => {
-  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
   res.json(await pool.query('SELECT 1'));
 });
 app.get('/b', async (req, res) => {
-  const pool = new pg.Pool({ connectionString: process.env.OTHER_URL });
+  const pool = (sharedPool ??= new pg.Pool({ connectionString: process.env.OTHER_URL }).on('error', console.error));
   res.json(await pool.query('SELECT 1'));
 });
`,
  },
  {
    name: 'imported settings, a written type, a name that is taken, a checkout that never comes back',
    left: 1,
    change: `
 import express from 'express';
 import { Pool } from 'pg';
 import { createPool } from 'mysql2/promise';
 import { config } from 'config';

+let pool2: Pool | undefined;
+
+let pool: ReturnType<typeof createPool> | undefined;
+
 const app = express();
 const HOST = 'db';
+const pool3: Pool = new Pool({ host: HOST }).on('error', console.error); // shared

 app.get('/a', async (req, res) => {
-  const pool: Pool = new Pool({ host: HOST }); // shared
   const names = ['a', 'b'];
-  res.json(await Promise.all(names.map((name) => pool.query(name))));
+  res.json(await Promise.all(names.map((name) => pool3.query(name))));
 });
 app.get('/b', async (req, res) => {
-  const pool = createPool(config.database);
-  try {
-    const [rows] = await pool.query('SELECT 1');
-    res.json(rows);
-  } finally {
-    void pool.end();
-  }
+  pool ??= createPool(config.database);
+  const [rows] = await pool.query('SELECT 1');
+  res.json(rows);
 });
 app.get('/c', async (req, res) => {
-  const { rows } = await new Pool({ connectionString: process.env.URL }).query('SELECT 1');
+  const { rows } = await (pool2 ??= new Pool({ connectionString: process.env.URL }).on('error', console.error)).query('SELECT 1');
   res.json(rows);
 });
 app.get('/d', async (req, res) => {
   const pool = new Pool({ connectionString: process.env.URL });
   const client = await pool.connect();
   res.json(await client.query('SELECT 1'));
   await pool.end();
 });
 app.get('/e', async (req, res) => {
-  const pool = new Pool({ connectionString: process.env.URL });
+  const pool = (pool2 ??= new Pool({ connectionString: process.env.URL }).on('error', console.error));
   const client = await pool.connect();
   try {
     res.json(await client.query('SELECT 1'));
   } finally {
     client.release();
-    await pool.end();
   }
 });
`,
  },
  {
    name: 'what is built of it',
    change: `
 import express from 'express';
 import { PrismaClient } from '@prisma/client';
 import { PrismaPg } from '@prisma/adapter-pg';
 import { Pool } from 'pg';

+let prisma: PrismaClient | undefined;
+
+let pool: Pool | undefined;
+
 const app = express();

 app.get('/users', async (req, res) => {
-  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
   const adapter = new PrismaPg(pool);
-  const prisma = new PrismaClient({ adapter });
+  prisma ??= new PrismaClient({ adapter });
   res.json(await prisma.user.findMany());
-  await prisma.$disconnect();
 });
`,
  },
  {
    name: 'a name of the module that means something else',
    change: `
 import express from 'express';
 import { Pool } from 'pg';
 import { pool } from 'metrics';

 const app = express();
 const HOST = 'db';
+const pool2 = new Pool({ host: HOST })
+  .on('error', console.error)
+  .on('connect', (each) => each.on('error', console.error));

 app.get('/users', async (req, res) => {
-  const pool = new Pool({ host: HOST });
-  const { rows } = await query({ pool });
+  const { rows } = await query({ pool: pool2 });
   res.json(rows);
 });

 function query({ pool }: { pool: Pool }) {
   return pool.query('SELECT 1');
 }

 export { pool };
`,
  },
  {
    name: 'checked JavaScript, without semicolons',
    filename: 'file.js',
    change: `
 // @ts-check
 import express from 'express'
 import { Pool } from 'pg'

+/** @type {Pool | undefined} */
+let sharedPool
+
 const app = express()

 app.get('/users', async (req, res) => {
-  const pool = new Pool()
+  const pool = (sharedPool ??= new Pool().on('error', console.error))
   const run = () => pool.query('SELECT 1')
   res.json(await run())
 })
`,
  },
  {
    name: 'a server action',
    change: `
 'use server';

 import { Pool } from 'pg';

+let pool: Pool | undefined;
+
 export async function save(form: FormData) {
-  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
   await pool.query('INSERT INTO users VALUES (1)');
-  await pool.end();
 }
`,
  },
  {
    name: 'a local of the function around',
    change: `
 import express from 'express';
 import { Pool } from 'pg';
+
+let pool: Pool | undefined;

 export function routes() {
   const app = express();
   const url = process.env.DATABASE_URL;
   app.get('/users', async (req, res) => {
-    const pool = new Pool({ connectionString: url });
+    pool ??= new Pool({ connectionString: url }).on('error', console.error);
     res.json(await pool.query('SELECT 1'));
   });
   return app;
 }
`,
  },
  {
    name: 'classes whose type arguments are written, or inferred',
    change: `
 import axios from 'axios';
 import express from 'express';
 import { HttpsProxyAgent } from 'https-proxy-agent';
 import { Kysely, PostgresDialect } from 'kysely';
 import { Pool } from 'pg';
+
+const makeHttpsAgent = () => new HttpsProxyAgent(process.env.PROXY!, { keepAlive: true });
+let httpsAgent: ReturnType<typeof makeHttpsAgent> | undefined;
+
+let pool: Pool | undefined;

 interface Database {
   users: { id: number };
 }

 const app = express();

 app.get('/users', async (req, res) => {
-  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: new Pool() }) });
-  const httpsAgent = new HttpsProxyAgent(process.env.PROXY!, { keepAlive: true });
+  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: (pool ??= new Pool()
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error))) }) });
+  httpsAgent ??= makeHttpsAgent();
   await axios.get('https://example.com', { httpsAgent });
   const users = await db.selectFrom('users').selectAll().execute();
   res.json(users.map(({ id }) => id));
 });
`,
  },
  {
    name: 'a factory that is given locals',
    change: `
 import express from 'express';
 import postgres from 'postgres';
+
+const makeSql = (url: string, max: number) => postgres(url, { max });
+let sql: ReturnType<typeof makeSql> | undefined;

 const app = express();

 app.get('/users', async (req, res) => {
   const url = process.env.DATABASE_URL ?? 'postgres://localhost/app';
   const max = 5;
-  const sql = postgres(url, { max });
+  sql ??= makeSql(url, max);
   const users = await sql\`SELECT id FROM users\`;
-  await sql.end();
   res.json(users.map(({ id }) => id));
 });
`,
  },
]);
