import { fails, testSnippets } from './snippets.ts';

const inFile = { of: 'listeners', filename: 'src/db.ts' } as const;

testSnippets('nobody listens', inFile, {
  'a pool of a module': `
    import { Pool } from 'pg';
    export const pool = new Pool({ max: 10 }); //! unheard: built
  `,
  CommonJS: `
    const { Pool } = require('pg');
    const pool = new Pool(); //! unheard: built
    module.exports = { query: (text, params) => pool.query(text, params) };
  `,
  'module.exports = new Pool()': `
    const { Pool } = require('pg');
    module.exports = new Pool(); //! unheard: built
  `,
  'export default pool': `
    import pg from 'pg';
    const pool = new pg.Pool(); //! unheard: built
    export default pool;
  `,
  'another event': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! unheard: built
    pool.on('remove', () => metrics.increment('removed'));
  `,
  'a field': `
    import { Pool } from 'pg';
    export class Database {
      private pool: Pool;
      constructor() {
        this.pool = new Pool(); //! unheard: built
      }
      query(text: string) { return this.pool.query(text); }
    }
  `,
  'a field initialiser': `
    import { Pool } from 'pg';
    export class Database {
      readonly #pool = new Pool(); //! unheard: built
      query(text: string) { return this.#pool.query(text); }
    }
  `,
  'a lazy getter': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    export function getPool() {
      if (!pool) {
        pool = new Pool(); //! unheard: built
      }
      return pool;
    }
  `,
  'given to drizzle': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { Pool } from 'pg';
    const pool = new Pool(); //! unheard: built
    export const db = drizzle(pool, { schema });
  `,
  'given to drizzle in place': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { Pool } from 'pg';
    export const db = drizzle(new Pool()); //! unheard: built
  `,
  'given to drizzle by name': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { Pool } from 'pg';
    const client = new Pool(); //! unheard: built
    export const db = drizzle({ client, schema });
  `,
  'given to kysely': `
    import { Kysely, PostgresDialect } from 'kysely';
    import { Pool } from 'pg';
    const pool = new Pool(); //! unheard: built, unheard: held
    export const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  `,
  'drizzle over a url': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    export const db = drizzle(process.env.DATABASE_URL!); //! unheard: built
  `,
  'a client of a module': `
    import { Client } from 'pg';
    const client = new Client(); //! unheard: built
    await client.connect();
    export const find = (id: number) => client.query('SELECT * FROM a WHERE id = $1', [id]);
  `,
  'a client of a Lambda': `
    import { Client } from 'pg';
    const client = new Client(); //! unheard: built
    const ready = client.connect();
    export const handler = async () => {
      await ready;
      return client.query('SELECT 1');
    };
  `,
  'node-redis': `
    import { createClient } from 'redis';
    export const redis = createClient({ url: process.env.REDIS_URL }); //! unheard: built
    await redis.connect();
  `,
  'node-redis, awaited in one expression': `
    import { createClient } from 'redis';
    export const redis = await createClient({ url: process.env.REDIS_URL }).connect(); //! unheard: built
  `,
  amqplib: `
    import amqp from 'amqplib';
    const connection = await amqp.connect(process.env.AMQP!); //! unheard: built
    export const channel = await connection.createChannel();
  `,
  'mysql: one connection': `
    const mysql = require('mysql');
    const connection = mysql.createConnection(process.env.DB); //! unheard: built
    connection.connect();
    module.exports = connection;
  `,
  'mysql2: one connection': `
    import mysql from 'mysql2';
    export const connection = mysql.createConnection(process.env.DB!); //! unheard: built
  `,
  'a server with a shutdown': `
    import express from 'express';
    import { Pool } from 'pg';
    const pool = new Pool(); //! unheard: built
    const app = express();
    app.get('/users', async (req, res) => res.json((await pool.query('SELECT 1')).rows));
    const server = app.listen(3000);
    process.on('SIGTERM', () => server.close(async () => {
      await pool.end();
      process.exit(0);
    }));
  `,
  'two, one of them heard': `
    import { Pool } from 'pg';
    export const writer = new Pool(); //! built
    export const reader = new Pool(); //! unheard: built
    writer.on('error', (error) => console.error(error));
  `,
  'a pool of the context': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! unheard: built
    app.get('/', async (req, res) => res.json((await pool.query('SELECT 1')).rows));
  `,
  'a provider of NestJS': `
    import { Pool } from 'pg';
    export class DatabaseService implements OnModuleInit {
      private pool!: Pool;
      onModuleInit() {
        this.pool = new Pool(); //! unheard: built
      }
      query(text: string) { return this.pool.query(text); }
      async onModuleDestroy() { await this.pool.end(); }
    }
  `,
  Vercel: `
    import { createPool } from '@vercel/postgres';
    export const pool = createPool({ connectionString: process.env.POSTGRES_URL }); //! unheard: built
  `,
});

testSnippets('nobody listens to those that are held', inFile, {
  'a transaction of the file': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! unheard: held
    pool.on('error', (error) => console.error(error));
    export async function transfer() {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    }
  `,
  neither: `
    import { Pool } from 'pg';
    const pool = new Pool(); //! unheard: built, unheard: held
    export async function withClient(fn) {
      const client = await pool.connect();
      try {
        return await fn(client);
      } finally {
        client.release();
      }
    }
  `,
});

testSnippets('somebody listens', inFile, {
  'on(error)': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! built
    pool.on('error', (error) => {
      console.error('Unexpected error on idle client', error);
      process.exitCode = 1;
    });
  `,
  chained: `
    import { Pool } from 'pg';
    export const pool = new Pool().on('error', console.error); //! built
  `,
  addListener: `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! built
    pool.addListener('error', report);
  `,
  'in a lazy getter': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    export function getPool() {
      if (!pool) {
        pool = new Pool(); //! built
        pool.on('error', (error) => logger.error(error));
      }
      return pool;
    }
  `,
  'a field, in the constructor': `
    import { Pool } from 'pg';
    export class Database {
      private readonly pool: Pool;
      constructor() {
        this.pool = new Pool(); //! built
        this.pool.on('error', (error) => this.logger.error(error));
      }
    }
  `,
  'a field, in another method': `
    import { Pool } from 'pg';
    export class Database {
      #pool = new Pool(); //! built
      listen() {
        this.#pool.on('error', (error) => this.logger.error(error));
      }
    }
  `,
  'a local, then a field': `
    import { Pool } from 'pg';
    export class Database {
      constructor() {
        const pool = new Pool(); //! built
        pool.on('error', (error) => console.error(error));
        this.pool = pool;
      }
    }
  `,
  'a field, heard through a local': `
    import { Pool } from 'pg';
    export class Database {
      constructor() {
        this.pool = new Pool(); //! built
        const { pool } = this;
        pool.on('error', (error) => console.error(error));
      }
    }
  `,
  'an alias': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    const db = pool;
    db.on('error', (error) => console.error(error));
    export default db;
  `,
  'the name of the event in a variable': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    for (const event of ['connect', 'error', 'remove']) {
      pool.on(event, (...parameters) => console.log(event, ...parameters));
    }
    export { pool };
  `,
  'forEach over the names of events': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! built
    ['error', 'acquire'].forEach((name) => pool.on(name, log(name)));
  `,
  'a constant of events': `
    import { Pool } from 'pg';
    import { EVENTS } from './events.js';
    export const pool = new Pool(); //! built
    pool.on(EVENTS.ERROR, report);
  `,
  'a helper that attaches': `
    import { Pool } from 'pg';
    import { attachListeners } from './listeners.js';
    export const pool = new Pool(); //! built
    attachListeners(pool);
  `,
  'a helper of the file': `
    import { Pool } from 'pg';
    function watch(pool: Pool) {
      pool.on('error', (error) => console.error(error));
      return pool;
    }
    export const pool = watch(new Pool()); //! built
  `,
  'a loop over pools': `
    import { Pool } from 'pg';
    export const writer = new Pool(); //! built
    export const reader = new Pool(); //! built
    for (const pool of [writer, reader]) pool.on('error', (error) => console.error(error));
  `,
  'once(emitter)': `
    import { once } from 'node:events';
    import { Client } from 'pg';
    const client = new Client(); //! built
    await client.connect();
    once(client, 'error').then(([error]) => console.error(error));
    export default client;
  `,
  'a wrapper around it': `
    import AWSXRay from 'aws-xray-sdk';
    import { Pool } from 'pg';
    export const pool = AWSXRay.capturePostgres(new Pool()); //! built
  `,
  'given to a session store': `
    import connectPgSimple from 'connect-pg-simple';
    import session from 'express-session';
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    export const middleware = session({ store: new (connectPgSimple(session))({ pool }) });
  `,
  'a factory that returns it': `
    import { Pool } from 'pg';
    export function createPool(url: string) {
      return new Pool({ connectionString: url }); //! built
    }
  `,
  'a factory that returns it later': `
    import { Pool } from 'pg';
    export function createPool(url: string) {
      const pool = new Pool({ connectionString: url }); //! built
      return { pool, close: () => pool.end() };
    }
  `,
  'a provider': `
    import { Pool } from 'pg';
    export const provider = {
      provide: 'POOL',
      useFactory: () => new Pool(), //! built
    };
  `,
  'ended in the function': `
    import { Client } from 'pg';
    export async function main() {
      const client = new Client(); //! built
      await client.connect();
      await client.query('SELECT 1');
      await client.end();
    }
  `,
  'PrismaPg listens by itself': `
    import { PrismaPg } from '@prisma/adapter-pg';
    import { PrismaClient } from '@prisma/client';
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    export const prisma = new PrismaClient({ adapter: new PrismaPg(pool) }); //! built
  `,
  'drizzle over a url, heard': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    export const db = drizzle(process.env.DATABASE_URL!); //! built
    db.$client.on('error', (error) => console.error(error));
  `,
  'amqplib, in a class that reconnects': `
    import amqp from 'amqplib';
    export class Broker {
      async connect() {
        this.connection = await amqp.connect(process.env.AMQP!); //! built
        this.connection.on('error', (error) => console.error(error));
        this.connection.on('close', () => this.connect());
      }
    }
  `,
  'node-redis, chained before connect': `
    import { createClient } from 'redis';
    export const redis = await createClient() //! built
      .on('error', (error) => console.error(error))
      .connect();
  `,
  'held ones, by connect': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    pool.on('error', (error) => console.error(error));
    pool.on('connect', (client) => client.on('error', (error) => console.error(error)));
    export async function work() {
      const client = await pool.connect();
      try {
        await client.query('SELECT 1');
      } finally {
        client.release();
      }
    }
  `,
  'held ones, where they are taken': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    pool.on('error', (error) => console.error(error));
    export async function work() {
      const client = await pool.connect();
      client.on('error', (error) => console.error(error));
      try {
        await client.query('SELECT 1');
      } finally {
        client.release();
      }
    }
  `,
  'no client is ever held': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    pool.on('error', (error) => console.error(error));
    export const query = (text: string) => pool.query(text);
  `,
  'a dynamic this[name]': `
    import { Pool } from 'pg';
    export class Databases {
      open(name: string) {
        const pool = new Pool({ database: name }); //! built
        pool.on('error', (error) => console.error(error));
        this[name] = pool;
      }
    }
  `,
  'put into a map whose values are listened to': `
    import { Pool } from 'pg';
    const pools = new Map<string, Pool>();
    export function open(name: string) {
      const pool = new Pool({ database: name }); //! built
      pools.set(name, pool);
      for (const one of pools.values()) one.on('error', (error) => console.error(error));
    }
  `,
  'a last resort: uncaughtException': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! unheard: built
    process.on('uncaughtException', (error) => console.error(error));
  `,
});

testSnippets('drivers that do not crash', inFile, {
  'ioredis, knex, sequelize, postgres, mongodb, slonik, pg-promise, mysql pools': `
    import { Redis } from 'ioredis';
    import knex from 'knex';
    import { Sequelize } from 'sequelize';
    import postgres from 'postgres';
    import { MongoClient } from 'mongodb';
    import mysql from 'mysql2/promise';
    import mariadb from 'mariadb';
    import pgPromise from 'pg-promise';
    export const redis = new Redis(); //! built
    export const k = knex({ client: 'pg' }); //! built
    export const sequelize = new Sequelize('postgres://'); //! built
    export const sql = postgres(); //! built
    export const mongo = new MongoClient('mongodb://'); //! built
    export const pool = mysql.createPool({}); //! built
    export const maria = mariadb.createPool({}); //! built
    export const db = pgPromise()('postgres://'); //! built
  `,
});

testSnippets(
  'scripts and tests',
  { of: 'listeners', filename: 'test/db.ts' },
  {
    'a pool of tests': `
    import { Pool } from 'pg';
    export const pool = new Pool();
  `,
  },
);

testSnippets('who hears, in other words', inFile, {
  'a module variable that a function sets and listens to': `
    import { Pool } from 'pg';
    let pool: Pool;
    export function connect() {
      pool = new Pool(); //! built
      pool.on('error', (error) => console.error(error));
    }
    export const query = (text: string) => pool.query(text);
  `,
  'a module variable, listened to by another function': `
    import { Pool } from 'pg';
    let pool: Pool;
    export function connect() {
      pool = new Pool(); //! built
      listen();
    }
    function listen() {
      pool.on('error', (error) => console.error(error));
    }
  `,
  'the client of a lazy promise': `
    import { createClient } from 'redis';
    let promise;
    export function redis() {
      promise ??= createClient().on('error', console.error).connect(); //! built
      return promise;
    }
  `,
  'then(attach)': `
    import amqp from 'amqplib';
    export const connection = amqp.connect(process.env.AMQP!).then((connection) => { //! built
      connection.on('error', (error) => console.error(error));
      return connection;
    });
  `,
  'the callback of amqplib': `
    const amqp = require('amqplib/callback_api');
    amqp.connect(process.env.AMQP, (error, connection) => { //! built
      if (error) throw error;
      connection.on('error', (failed) => console.error(failed));
      connection.createChannel((failed, channel) => channel.consume('jobs', work));
    });
  `,
  'a map of tenants, heard before it is kept': `
    import { Pool } from 'pg';
    const pools = new Map<string, Pool>();
    export function poolOf(tenant: string) {
      let pool = pools.get(tenant);
      if (!pool) {
        pool = new Pool({ database: tenant }); //! built
        pool.on('error', (error) => console.error(error));
        pools.set(tenant, pool);
      }
      return pool;
    }
  `,
  'globalThis, heard': `
    import { Pool } from 'pg';
    if (!globalThis.pool) {
      globalThis.pool = new Pool(); //! built
      globalThis.pool.on('error', (error) => console.error(error));
    }
    export const pool = globalThis.pool;
  `,
  'globalThis, heard under its own name': `
    import { Pool } from 'pg';
    export const pool: Pool = globalThis.pool ?? new Pool(); //! built
    globalThis.pool = pool;
    pool.on('error', (error) => console.error(error));
  `,
  'a base class that listens': `
    import { Pool } from 'pg';
    import { Base } from './base.js';
    export class Store extends Base {
      constructor() {
        super(new Pool()); //! built
      }
    }
  `,
  'Object.assign to this, a wrapper object': `
    import { Pool } from 'pg';
    export class Store {
      constructor() {
        const pool = new Pool(); //! built
        Object.assign(this, { pool });
      }
    }
  `,
  promisified: `
    import mysql from 'mysql2';
    const connection = mysql.createConnection(process.env.DB!); //! built
    connection.on('error', (error) => console.error(error));
    export const db = connection.promise();
  `,
  'set on an app that others read': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    app.set('pool', pool);
  `,
  'an event emitter of its own': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! built
    pool.on('error', noop).on('connect', (client) => client.query('SET search_path TO app'));
  `,
  'a constant with as const': `
    import { Pool } from 'pg';
    const ERROR = 'error' as const;
    export const pool = new Pool(); //! built
    pool.on(ERROR, report);
  `,
  'a template string': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! built
    pool.on(\`error\`, report);
  `,
  'optional chaining': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    if (process.env.DATABASE_URL) pool = new Pool(); //! built
    pool?.on('error', report);
    export { pool };
  `,
  'bind, apply, call': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! built
    const on = pool.on.bind(pool);
    on('error', report);
  `,
  'computed on': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! built
    pool['on']('error', report);
  `,
  'with a queue of its own': `
    import { Queue, Worker } from 'bullmq';
    export const queue = new Queue('mails', { connection: { host: 'redis' } }); //! built
  `,
  'only removed listeners': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! unheard: built
    pool.removeAllListeners('error');
  `,
  'heard once only in tests': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! built
    if (process.env.NODE_ENV !== 'production') pool.on('error', report);
  `,
  'another emitter is listened to': `
    import { Pool } from 'pg';
    import { server } from './server.js';
    export const pool = new Pool(); //! unheard: built
    server.on('error', report);
  `,
  'a query is caught, which is not the same': `
    import { Pool } from 'pg';
    const pool = new Pool(); //! unheard: built
    export const query = (text: string) => pool.query(text).catch(report);
  `,
  'a pool that is checked with connect at the start': fails(
    'given back at once, it is not held',
    `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! unheard: built
    pool.connect().then((client) => { console.log('connected'); client.release(); }).catch(console.error);
    `,
  ),
  'a pool whose connect event is used for settings': `
    import { Pool } from 'pg';
    export const pool = new Pool(); //! unheard: built
    pool.on('connect', (client) => client.query("SET timezone = 'UTC'"));
  `,
  'a destructured pool of a namespace': `
    import pg from 'pg';
    const { Pool } = pg;
    export const pool = new Pool(); //! unheard: built
  `,
  'neon over websockets': `
    import { Pool } from '@neondatabase/serverless';
    export const pool = new Pool({ connectionString: process.env.DATABASE_URL }); //! unheard: built
  `,
  'node-redis over a class': `
    import { createClient } from 'redis';
    export class Cache {
      private client = createClient(); //! unheard: built
      async onModuleInit() { await this.client.connect(); }
      get(key: string) { return this.client.get(key); }
    }
  `,
});
