import rule from '../../rules/no-pool-in-handler.ts';
import { testRule } from '../support/rule-tester.ts';

testRule('no-pool-in-handler', rule, {
  valid: [
    {
      name: 'a retry loop that is left when it has succeeded',
      code: `
import { Pool } from 'pg';
export async function waitUntilReady() {
  for (let attempt = 0; attempt < 10; attempt++) {
    const pool = new Pool();
    try {
      await pool.query('SELECT 1');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    } finally {
      await pool.end();
    }
  }
}
`,
    },
    {
      name: 'a test of the connection that a user typed in',
      code: `
import { Pool } from 'pg';
export async function testConnection(settings) {
  const pool = new Pool(settings);
  try {
    await pool.query('SELECT count(*) FROM pg_tables');
    return true;
  } finally {
    await pool.end();
  }
}
`,
    },
    ...[
      'scripts/report.ts',
      'migrations/001-users.ts',
      'prisma/seed.ts',
      'test/users.test.ts',
      'src/users.spec.ts',
      'e2e/login.ts',
      'bin/serve.js',
      'bench/query.ts',
    ].map((filename) => ({
      name: `a file that runs once: ${filename}`,
      filename,
      code: `
import { Pool } from 'pg';
export async function runQuery(text) {
  const pool = new Pool();
  const { rows } = await pool.query(text);
  await pool.end();
  return rows;
}
`,
    })),
    {
      name: 'a script by its first line',
      code: `#!/usr/bin/env node
import { Pool } from 'pg';
for (const name of process.argv.slice(2)) {
  const pool = new Pool();
  await pool.query('VACUUM ' + name);
  await pool.end();
}
`,
    },
    {
      name: 'a program that ends itself',
      code: `
import { Pool } from 'pg';
async function report(name) {
  const pool = new Pool();
  await pool.query('SELECT 1', [name]);
  await pool.end();
}
report('a').then(() => process.exit(0));
`,
    },
    {
      name: 'edge: a worker with Hyperdrive',
      code: `
import { Pool } from 'pg';
export default {
  async fetch(request, env) {
    const pool = new Pool({ connectionString: env.HYPERDRIVE.connectionString });
    return Response.json(await pool.query('SELECT 1'));
  },
};
`,
    },
    {
      name: 'edge: a runtime that Next.js is told of',
      filename: 'app/api/route.ts',
      code: `
import { Pool } from '@neondatabase/serverless';
export const runtime = 'edge';
export async function GET() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  const { rows } = await pool.query('SELECT 1');
  return Response.json(rows);
}
`,
    },
    {
      name: 'edge: what the runtime passes in',
      code: `
import { Hono } from 'hono';
import { Pool } from '@neondatabase/serverless';
const app = new Hono();
app.get('/', async (c) => {
  const pool = new Pool({ connectionString: c.env.DATABASE_URL });
  return c.json(await pool.query('SELECT 1'));
});
`,
    },
    {
      name: 'SQLite has no connections: knex',
      code: `
import knex from 'knex';
export async function list(req, res) {
  const db = knex({ client: 'better-sqlite3', connection: { filename: './data.db' } });
  res.json(await db('users'));
}
`,
    },
    {
      name: 'SQLite has no connections: sequelize',
      code: `
import { Sequelize } from 'sequelize';
export async function list(req, res) {
  const sequelize = new Sequelize('sqlite::memory:');
  res.json(await sequelize.query('SELECT 1'));
}
`,
    },
    {
      name: 'cheap: drizzle over a pool',
      code: `
import { drizzle } from 'drizzle-orm/node-postgres';
import { pool } from './pool';
export async function list(req, res) {
  const db = drizzle(pool);
  res.json(await db.execute('SELECT 1'));
}
`,
    },
    {
      name: 'cheap: drizzle over a client, by name',
      code: `
import { drizzle } from 'drizzle-orm/node-postgres';
import { pool } from './pool';
export async function list(req, res) {
  const db = drizzle({ client: pool });
  res.json(await db.execute('SELECT 1'));
}
`,
    },
    {
      name: 'cheap: Kysely over a dialect',
      code: `
import { Kysely } from 'kysely';
import { dialect } from './dialect';
export async function list(req, res) {
  const db = new Kysely({ dialect });
  res.json(await db.selectFrom('users').selectAll().execute());
}
`,
    },
    {
      name: 'cheap: axios without an agent of its own',
      code: `
import axios from 'axios';
export async function list(req, res) {
  const api = axios.create({ timeout: 1000 });
  res.json((await api.get('/users')).data);
}
`,
    },
    {
      name: 'cheap: an agent that keeps nothing',
      code: `
import https from 'node:https';
export async function list(req, res) {
  const agent = new https.Agent({ rejectUnauthorized: true });
  https.get('https://api', { agent }, (answer) => answer.pipe(res));
}
`,
    },
    {
      name: 'cheap: an http client of neon',
      code: `
import { neon } from '@neondatabase/serverless';
export async function list(req, res) {
  const sql = neon(process.env.DATABASE_URL);
  res.json(await sql\`SELECT 1\`);
}
`,
    },
    {
      name: 'existing: mssql.connect and mongoose.connect give what is there',
      code: `
import sql from 'mssql';
import mongoose from 'mongoose';
export async function list(req, res) {
  const pool = await sql.connect({ server: 'db' });
  await mongoose.connect('mongodb://db');
  res.json(await pool.query('SELECT 1'));
}
`,
    },
    {
      name: 'other things with the same names',
      code: `
import { Pool } from './swimming';
import { createPool } from './threads';
export async function list(req, res) {
  res.json([new Pool(), createPool()]);
}
`,
    },
    {
      name: 'a class of the file with the name of a driver',
      code: `
class Pool {}
export async function list(req, res) {
  res.json(new Pool());
}
`,
    },
    {
      name: 'a dedicated connection is the matter of another rule',
      code: `
import { Client } from 'pg';
export async function list(req, res) {
  const client = new Client();
  await client.connect();
  res.json(await client.query('SELECT 1'));
}
`,
    },
    {
      name: 'map.get(key, fn) is no route',
      code: `
import { Pool } from 'pg';
export const pools = cache.get('pool', () => new Pool());
`,
    },
    {
      name: 'hot reload: a server that loads modules once',
      filename: 'src/server.ts',
      code: `
import express from 'express';
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
export const app = express();
`,
    },
    {
      name: 'hot reload: a driver whose makers do not ask for it',
      filename: 'src/app/db.ts',
      code: `
import { Pool } from 'pg';
export const pool = new Pool();
`,
    },
    {
      name: 'hot reload: a function that the module calls',
      filename: 'src/app/db.ts',
      code: `
import { PrismaClient } from '@prisma/client';
const make = () => new PrismaClient();
const kept = globalThis as unknown as { prisma?: PrismaClient };
export const prisma = kept.prisma ?? make();
kept.prisma = prisma;
`,
    },
  ],
  invalid: [],
});
