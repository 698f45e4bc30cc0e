import rule from '../../rules/no-pool-in-handler.ts';
import { testRule } from '../support/rule-tester.ts';

testRule('no-pool-in-handler', rule, {
  valid: [
    {
      name: 'memo: ??=',
      code: `
import { Pool } from 'pg';
let pool;
export async function handler(req, res) {
  pool ??= new Pool();
  res.json(await pool.query('SELECT 1'));
}
`,
    },
    {
      name: 'memo: if there is none',
      code: `
import { Pool } from 'pg';
let pool: Pool | undefined;
function getPool() {
  if (!pool) {
    pool = new Pool({ connectionString: process.env.DATABASE_URL });
  }
  return pool;
}
export async function list(req, res) {
  res.json(await getPool().query('SELECT 1'));
}
`,
    },
    {
      name: 'memo: an early return',
      code: `
import { MongoClient } from 'mongodb';
let cached: MongoClient | null = null;
export async function list(req, res) {
  const client = await connect();
  res.json(await client.db().collection('users').find().toArray());
}
async function connect() {
  if (cached) return cached;
  cached = await new MongoClient(process.env.MONGO_URL).connect();
  return cached;
}
`,
    },
    {
      name: 'memo: a flag',
      code: `
import { DataSource } from 'typeorm';
let source, ready = false;
export const handler = async (event, context) => {
  if (!ready) {
    source = new DataSource({ type: 'postgres' });
    await source.initialize();
    ready = true;
  }
  return source.query('SELECT 1');
};
`,
    },
    {
      name: 'memo: a promise',
      code: `
import { createPool } from 'slonik';
let pooling;
export async function list(req, res) {
  const pool = await (pooling ??= createPool('postgres://db'));
  res.json(await pool.any('SELECT 1'));
}
`,
    },
    {
      name: 'memo: a field',
      code: `
import { Pool } from 'pg';
export class Store {
  private pool?: Pool;
  async list(req, res) {
    if (!this.pool) this.pool = new Pool();
    res.json(await this.pool.query('SELECT 1'));
  }
}
`,
    },
    {
      name: 'memo: a static private field',
      code: `
import { PrismaClient } from '@prisma/client';
export class Database {
  static #client: PrismaClient | undefined;
  static get client() {
    return (Database.#client ??= new PrismaClient());
  }
}
export const list = async (req, res) => res.json(await Database.client.user.findMany());
`,
    },
    {
      name: 'memo: globalThis',
      code: `
import { PrismaClient } from '@prisma/client';
export async function list(req, res) {
  globalThis.prisma ??= new PrismaClient();
  res.json(await globalThis.prisma.user.findMany());
}
`,
    },
    {
      name: 'memo: a map by key',
      code: `
import mysql from 'mysql2/promise';
const pools = new Map<string, mysql.Pool>();
export async function list(req, res) {
  const { tenant } = req.params;
  if (!pools.has(tenant)) pools.set(tenant, mysql.createPool({ database: tenant }));
  const [rows] = await pools.get(tenant).query('SELECT 1');
  res.json(rows);
}
`,
    },
    {
      name: 'memo: an object by key',
      code: `
import mysql from 'mysql2/promise';
const pools = {};
export async function list(req, res) {
  const { tenant } = req.params;
  const pool = pools[tenant] || (pools[tenant] = mysql.createPool({ database: tenant }));
  const [rows] = await pool.query('SELECT 1');
  res.json(rows);
}
`,
    },
    {
      name: 'memo: once(…)',
      code: `
import { once } from 'lodash';
import { Pool } from 'pg';
const getPool = once(() => new Pool());
export async function list(req, res) {
  res.json(await getPool().query('SELECT 1'));
}
`,
    },
    {
      name: 'memo: cache of React',
      filename: 'src/app/api/users/route.ts',
      code: `
import { cache } from 'react';
import { MongoClient } from 'mongodb';
const getClient = cache(() => new MongoClient(process.env.MONGO_URL));
export async function GET() {
  return Response.json(await getClient().db().collection('users').findOne());
}
`,
    },
    {
      name: 'memo: getOrCreate(key, …)',
      code: `
import { Pool } from 'pg';
import { registry } from './registry';
export async function list(req, res) {
  const pool = registry.getOrCreate(req.params.tenant, () => new Pool({ database: req.params.tenant }));
  res.json(await pool.query('SELECT 1'));
}
`,
    },
    {
      name: 'memo: set aside for later in a middleware',
      code: `
import express from 'express';
import { Pool } from 'pg';
const app = express();
app.use((req, res, next) => {
  if (!app.locals.pool) app.locals.pool = new Pool();
  next();
});
`,
    },
    {
      name: 'once: a plugin of Fastify',
      code: `
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
export default async function database(app: FastifyInstance) {
  const pool = new Pool();
  app.decorate('pool', pool);
  app.addHook('onClose', () => pool.end());
  app.get('/users', async () => (await pool.query('SELECT * FROM users')).rows);
}
`,
    },
    {
      name: 'once: a hook that runs at the start',
      code: `
import Fastify from 'fastify';
import { Pool } from 'pg';
const app = Fastify();
let pool;
app.addHook('onReady', async () => {
  pool = new Pool();
  await pool.query('SELECT 1');
});
`,
    },
    {
      name: 'once: onModuleInit of NestJS',
      code: `
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
@Injectable()
export class Database {
  async onModuleInit() {
    this.pool = new Pool();
    await this.pool.query('SELECT 1');
  }
}
`,
    },
    {
      name: 'once: the constructor of a provider',
      code: `
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
@Injectable()
export class Database {
  constructor() {
    this.pool = new Pool();
  }
}
`,
    },
    {
      name: 'once: a class constructed by the module',
      code: `
import { Pool } from 'pg';
class Store {
  pool = new Pool();
}
export const store = new Store();
export const list = async (req, res) => res.json(await store.pool.query('SELECT 1'));
`,
    },
    {
      name: 'once: a provider of NestJS',
      code: `
import { Pool } from 'pg';
export const providers = [
  { provide: 'POOL', inject: ['CONFIG'], useFactory: async (config) => new Pool({ host: config.host }) },
];
`,
    },
    {
      name: 'once: a container',
      code: `
import { asFunction, createContainer } from 'awilix';
import { Pool } from 'pg';
export const container = createContainer().register({ pool: asFunction(() => new Pool()).singleton() });
`,
    },
    {
      name: 'once: main',
      code: `
import { Pool } from 'pg';
async function main() {
  const pool = new Pool();
  await pool.query('DELETE FROM sessions');
  await pool.end();
}
main();
`,
    },
    {
      name: 'once: a start that opens the server',
      code: `
import express from 'express';
import { Pool } from 'pg';
export async function startServer() {
  const pool = new Pool();
  const app = express();
  app.get('/', async (req, res) => res.json(await pool.query('SELECT 1')));
  app.listen(3000, () => console.log('up'));
}
`,
    },
    {
      name: 'once: when the server listens',
      code: `
import express from 'express';
import { Pool } from 'pg';
const app = express();
app.listen(3000, async () => {
  app.locals.pool = new Pool();
});
`,
    },
    {
      name: 'a factory gives it to its caller',
      code: `
import { Pool } from 'pg';
export function createDatabase(url: string) {
  const pool = new Pool({ connectionString: url });
  pool.on('error', console.error);
  return pool;
}
`,
    },
    {
      name: 'a factory gives it in an object',
      code: `
import { Pool } from 'pg';
import { Users } from './users';
export const openStore = (url: string) => {
  const pool = new Pool({ connectionString: url });
  return { users: new Users(pool), close: () => pool.end() };
};
`,
    },
    {
      name: 'a constructor keeps what it builds',
      code: `
import { Sequelize } from 'sequelize';
export class Repository {
  constructor(url: string) {
    this.sequelize = new Sequelize(url);
  }
}
`,
    },
    {
      name: 'one for each shard, at module level',
      code: `
import { Pool } from 'pg';
const hosts = ['a', 'b', 'c'];
export const shards = hosts.map((host) => new Pool({ host }));
`,
    },
    {
      name: 'one for each shard, put into a map',
      code: `
import { Pool } from 'pg';
import { hosts } from './config';
export const shards = new Map();
for (const host of hosts) {
  shards.set(host, new Pool({ host }));
}
`,
    },
  ],
  invalid: [],
});
