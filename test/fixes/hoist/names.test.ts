import { describe, expect, it } from 'vitest';
import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { hoisted, typeErrors } from '../hoisted.ts';

interface Case {
  readonly name: string;
  readonly filename: string;
  /** Findings that nothing repairs. */
  readonly left?: number;
  readonly code: string;
  readonly output: string;
}

const cases: readonly Case[] = [
  {
    name: 'options that change the type: a function of the module tells it',
    filename: 'file.ts',
    code: `import express from 'express';
import { PrismaClient } from '@prisma/client';

const app = express();

app.get('/users', async (req, res) => {
  const prisma = new PrismaClient();
  const users = await prisma.user.findMany();
  await prisma.$disconnect();
  res.json(users);
});
app.get('/logged', async (req, res) => {
  const prisma = new PrismaClient({ log: ['query'] });
  res.json(await prisma.user.findMany());
});
`,
    output: `import express from 'express';
import { PrismaClient } from '@prisma/client';

const makePrisma = () => new PrismaClient({ log: ['query'] });
let sharedPrisma: ReturnType<typeof makePrisma> | undefined;

let prisma: PrismaClient | undefined;

const app = express();

app.get('/users', async (req, res) => {
  prisma ??= new PrismaClient();
  const users = await prisma.user.findMany();
  res.json(users);
});
app.get('/logged', async (req, res) => {
  const prisma = (sharedPrisma ??= makePrisma());
  res.json(await prisma.user.findMany());
});
`,
  },
  {
    name: 'a pool inside another call',
    filename: 'file.ts',
    code: `import express from 'express';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';

const app = express();

app.get('/users', async (req, res) => {
  const db = drizzle(new Pool({ connectionString: process.env.DATABASE_URL }));
  res.json(await db.execute('SELECT 1'));
});
`,
    output: `import express from 'express';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';

let pool: Pool | undefined;

const app = express();

app.get('/users', async (req, res) => {
  const db = drizzle((pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error)));
  res.json(await db.execute('SELECT 1'));
});
`,
  },
  {
    name: 'a connection that many may share',
    filename: 'file.ts',
    code: `import Redis from 'ioredis';
import express from 'express';

const app = express();

app.get('/users', async (req, res) => {
  const redis = new Redis(process.env.REDIS_URL!);
  const value = await redis.get('a');
  redis.quit();
  res.json(value);
});
`,
    output: `import Redis from 'ioredis';
import express from 'express';

let redis: Redis | undefined;

const app = express();

app.get('/users', async (req, res) => {
  redis ??= new Redis(process.env.REDIS_URL!);
  const value = await redis.get('a');
  res.json(value);
});
`,
  },
  {
    name: 'classes of a default import',
    filename: 'file.ts',
    code: `import express from 'express';
import pg from 'pg';

const { Pool } = pg;
const app = express();

app.get('/a', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  res.json(await pool.query('SELECT 1'));
});
app.get('/b', async (req, res) => {
  const pool = new pg.Pool({ connectionString: process.env.OTHER_URL });
  res.json(await pool.query('SELECT 1'));
});
`,
    output: `import express from 'express';
import pg from 'pg';

let sharedPool: InstanceType<typeof pg.Pool> | undefined;

let pool: InstanceType<typeof Pool> | undefined;

const { Pool } = pg;
const app = express();

app.get('/a', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  res.json(await pool.query('SELECT 1'));
});
app.get('/b', async (req, res) => {
  const pool = (sharedPool ??= new pg.Pool({ connectionString: process.env.OTHER_URL }).on('error', console.error));
  res.json(await pool.query('SELECT 1'));
});
`,
  },
  {
    name: 'imported settings, a written type, a name that is taken, a checkout that never comes back',
    filename: 'file.ts',
    left: 1,
    code: `import express from 'express';
import { Pool } from 'pg';
import { createPool } from 'mysql2/promise';
import { config } from 'config';

const app = express();
const HOST = 'db';

app.get('/a', async (req, res) => {
  const pool: Pool = new Pool({ host: HOST }); // shared
  const names = ['a', 'b'];
  res.json(await Promise.all(names.map((name) => pool.query(name))));
});
app.get('/b', async (req, res) => {
  const pool = createPool(config.database);
  try {
    const [rows] = await pool.query('SELECT 1');
    res.json(rows);
  } finally {
    void pool.end();
  }
});
app.get('/c', async (req, res) => {
  const { rows } = await new Pool({ connectionString: process.env.URL }).query('SELECT 1');
  res.json(rows);
});
app.get('/d', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.URL });
  const client = await pool.connect();
  res.json(await client.query('SELECT 1'));
  await pool.end();
});
app.get('/e', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.URL });
  const client = await pool.connect();
  try {
    res.json(await client.query('SELECT 1'));
  } finally {
    client.release();
    await pool.end();
  }
});
`,
    output: `import express from 'express';
import { Pool } from 'pg';
import { createPool } from 'mysql2/promise';
import { config } from 'config';

let pool2: Pool | undefined;

let pool: ReturnType<typeof createPool> | undefined;

const app = express();
const HOST = 'db';
const pool3: Pool = new Pool({ host: HOST }).on('error', console.error); // shared

app.get('/a', async (req, res) => {
  const names = ['a', 'b'];
  res.json(await Promise.all(names.map((name) => pool3.query(name))));
});
app.get('/b', async (req, res) => {
  pool ??= createPool(config.database);
  const [rows] = await pool.query('SELECT 1');
  res.json(rows);
});
app.get('/c', async (req, res) => {
  const { rows } = await (pool2 ??= new Pool({ connectionString: process.env.URL }).on('error', console.error)).query('SELECT 1');
  res.json(rows);
});
app.get('/d', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.URL });
  const client = await pool.connect();
  res.json(await client.query('SELECT 1'));
  await pool.end();
});
app.get('/e', async (req, res) => {
  const pool = (pool2 ??= new Pool({ connectionString: process.env.URL }).on('error', console.error));
  const client = await pool.connect();
  try {
    res.json(await client.query('SELECT 1'));
  } finally {
    client.release();
  }
});
`,
  },
  {
    name: 'what is built of it',
    filename: 'file.ts',
    code: `import express from 'express';
import { PrismaClient } from '@prisma/client';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';

const app = express();

app.get('/users', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  const adapter = new PrismaPg(pool);
  const prisma = new PrismaClient({ adapter });
  res.json(await prisma.user.findMany());
  await prisma.$disconnect();
});
`,
    output: `import express from 'express';
import { PrismaClient } from '@prisma/client';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';

let prisma: PrismaClient | undefined;

let pool: Pool | undefined;

const app = express();

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const adapter = new PrismaPg(pool);
  prisma ??= new PrismaClient({ adapter });
  res.json(await prisma.user.findMany());
});
`,
  },
  {
    name: 'a name of the module that means something else',
    filename: 'file.ts',
    code: `import express from 'express';
import { Pool } from 'pg';
import { pool } from 'metrics';

const app = express();
const HOST = 'db';

app.get('/users', async (req, res) => {
  const pool = new Pool({ host: HOST });
  const { rows } = await query({ pool });
  res.json(rows);
});

function query({ pool }: { pool: Pool }) {
  return pool.query('SELECT 1');
}

export { pool };
`,
    output: `import express from 'express';
import { Pool } from 'pg';
import { pool } from 'metrics';

const app = express();
const HOST = 'db';
const pool2 = new Pool({ host: HOST })
  .on('error', console.error)
  .on('connect', (each) => each.on('error', console.error));

app.get('/users', async (req, res) => {
  const { rows } = await query({ pool: pool2 });
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
    code: `// @ts-check
import express from 'express'
import { Pool } from 'pg'

const app = express()

app.get('/users', async (req, res) => {
  const pool = new Pool()
  const run = () => pool.query('SELECT 1')
  res.json(await run())
})
`,
    output: `// @ts-check
import express from 'express'
import { Pool } from 'pg'

/** @type {Pool | undefined} */
let sharedPool

const app = express()

app.get('/users', async (req, res) => {
  const pool = (sharedPool ??= new Pool().on('error', console.error))
  const run = () => pool.query('SELECT 1')
  res.json(await run())
})
`,
  },
  {
    name: 'a server action',
    filename: 'file.ts',
    code: `'use server';

import { Pool } from 'pg';

export async function save(form: FormData) {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  await pool.query('INSERT INTO users VALUES (1)');
  await pool.end();
}
`,
    output: `'use server';

import { Pool } from 'pg';

let pool: Pool | undefined;

export async function save(form: FormData) {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  await pool.query('INSERT INTO users VALUES (1)');
}
`,
  },
  {
    name: 'a local of the function around',
    filename: 'file.ts',
    code: `import express from 'express';
import { Pool } from 'pg';

export function routes() {
  const app = express();
  const url = process.env.DATABASE_URL;
  app.get('/users', async (req, res) => {
    const pool = new Pool({ connectionString: url });
    res.json(await pool.query('SELECT 1'));
  });
  return app;
}
`,
    output: `import express from 'express';
import { Pool } from 'pg';

let pool: Pool | undefined;

export function routes() {
  const app = express();
  const url = process.env.DATABASE_URL;
  app.get('/users', async (req, res) => {
    pool ??= new Pool({ connectionString: url }).on('error', console.error);
    res.json(await pool.query('SELECT 1'));
  });
  return app;
}
`,
  },
  {
    name: 'classes whose type arguments are written, or inferred',
    filename: 'file.ts',
    code: `import axios from 'axios';
import express from 'express';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';

interface Database {
  users: { id: number };
}

const app = express();

app.get('/users', async (req, res) => {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: new Pool() }) });
  const httpsAgent = new HttpsProxyAgent(process.env.PROXY!, { keepAlive: true });
  await axios.get('https://example.com', { httpsAgent });
  const users = await db.selectFrom('users').selectAll().execute();
  res.json(users.map(({ id }) => id));
});
`,
    output: `import axios from 'axios';
import express from 'express';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';

const makeHttpsAgent = () => new HttpsProxyAgent(process.env.PROXY!, { keepAlive: true });
let httpsAgent: ReturnType<typeof makeHttpsAgent> | undefined;

let pool: Pool | undefined;

interface Database {
  users: { id: number };
}

const app = express();

app.get('/users', async (req, res) => {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: (pool ??= new Pool()
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error))) }) });
  httpsAgent ??= makeHttpsAgent();
  await axios.get('https://example.com', { httpsAgent });
  const users = await db.selectFrom('users').selectAll().execute();
  res.json(users.map(({ id }) => id));
});
`,
  },
  {
    name: 'a factory that is given locals',
    filename: 'file.ts',
    code: `import express from 'express';
import postgres from 'postgres';

const app = express();

app.get('/users', async (req, res) => {
  const url = process.env.DATABASE_URL ?? 'postgres://localhost/app';
  const max = 5;
  const sql = postgres(url, { max });
  const users = await sql\`SELECT id FROM users\`;
  await sql.end();
  res.json(users.map(({ id }) => id));
});
`,
    output: `import express from 'express';
import postgres from 'postgres';

const makeSql = (url: string, max: number) => postgres(url, { max });
let sql: ReturnType<typeof makeSql> | undefined;

const app = express();

app.get('/users', async (req, res) => {
  const url = process.env.DATABASE_URL ?? 'postgres://localhost/app';
  const max = 5;
  sql ??= makeSql(url, max);
  const users = await sql\`SELECT id FROM users\`;
  res.json(users.map(({ id }) => id));
});
`,
  },
];

const typed = cases.filter(({ filename }) => filename.endsWith('.ts'));
const errors = typeErrors(typed.flatMap(({ code, output }) => [code, output]));

describe('moved to module level, with its names and types', () => {
  it.for(cases)('$name', ({ code, filename, left = 0, output }) => {
    expect(hoisted(code, repairByHoisting, filename)).toEqual({ output, left });
  });

  it.for(typed)('and still compiles: $name', (one) => {
    const at = typed.indexOf(one) * 2;
    expect([errors[at], errors[at + 1]]).toEqual([[], []]);
  });
});
