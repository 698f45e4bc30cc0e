import { testSnippets } from './snippets.ts';

const inFile = { of: 'creations' } as const;

testSnippets('once, in a server', inFile, {
  'module level, used in a handler': `
    import express from 'express';
    import { Pool } from 'pg';
    const pool = new Pool({ max: 10 }); //! built
    const app = express();
    app.get('/users', async (req, res) => res.json((await pool.query('SELECT * FROM users')).rows));
  `,
  'module level behind a condition': `
    import mysql from 'mysql2/promise';
    let pool;
    if (process.env.NODE_ENV === 'test') {
      pool = mysql.createPool({ host: 'localhost', database: 'test' }); //! built
    } else {
      pool = mysql.createPool(process.env.DATABASE_URL); //! built
    }
    export default pool;
  `,
  'main()': `
      import express from 'express';
      import { MongoClient } from 'mongodb';
      async function main() {
        const client = new MongoClient(process.env.MONGO_URL!); //! built
        await client.connect();
        const app = express();
        app.get('/users', async (req, res) => res.json(await client.db().collection('users').find().toArray()));
        app.listen(3000);
      }
      main().catch((error) => {
        console.error(error);
        process.exit(1);
      });
  `,
  'the callback of listen': `
    const { Client } = require('pg');
    app.listen(3000, async () => {
      const client = new Client(); //! built
      await client.connect();
      await client.query('SELECT 1');
      await client.end();
      console.log('ready');
    });
  `,
  'a Fastify plugin that decorates': `
    import fp from 'fastify-plugin';
    import { Pool } from 'pg';
    export default fp(async function database(app, options) {
      const pool = new Pool({ connectionString: options.url }); //! built
      app.decorate('db', pool);
      app.addHook('onClose', () => pool.end());
    });
  `,
  'a Fastify plugin, by name': `
    import type { FastifyInstance } from 'fastify';
    import { createClient } from 'redis';
    export async function redisPlugin(app: FastifyInstance) {
      const redis = createClient(); //! built
      await redis.connect();
      app.decorate('redis', redis);
      app.get('/views', async () => redis.incr('views'));
    }
  `,
  'a Fastify plugin whose routes use it': `
    import { PrismaClient } from '@prisma/client';
    export default async function routes(fastify, options) {
      const prisma = new PrismaClient(); //! built
      fastify.get('/users', async () => prisma.user.findMany());
      fastify.addHook('onClose', async () => { await prisma.$disconnect(); });
    }
  `,
  'a hapi plugin': `
      const { Pool } = require('pg');
      exports.plugin = {
        name: 'db',
        register: async function (server, options) {
          const pool = new Pool(options); //! built
          server.decorate('request', 'pg', pool);
          server.events.on('stop', () => pool.end());
        },
      };
  `,
  'a function that mounts routes': `
      import { Router } from 'express';
      import { Pool } from 'pg';
      export function usersRouter(config) {
        const pool = new Pool(config); //! built
        const router = Router();
        router.get('/', async (req, res) => res.json((await pool.query('SELECT * FROM users')).rows));
        return router;
      }
  `,
  createApp: `
    import { Hono } from 'hono';
    import { Pool } from 'pg';
    export function createApp(url: string) {
      const pool = new Pool({ connectionString: url }); //! built
      const app = new Hono();
      app.get('/users', async (c) => c.json((await pool.query('SELECT * FROM users')).rows));
      return { app, close: () => pool.end() };
    }
  `,
  'middleware factory: built outside of what it returns': `
    import mysql from 'mysql2/promise';
    export const database = (options) => {
      const pool = mysql.createPool(options); //! built
      return async (req, res, next) => {
        req.db = pool;
        next();
      };
    };
    app.use(database({ host: 'db' }));
  `,
  'a koa app in bootstrap': `
    const Koa = require('koa');
    const { Sequelize } = require('sequelize');
    async function bootstrap() {
      const app = new Koa();
      const sequelize = new Sequelize(process.env.DATABASE_URL); //! built
      await sequelize.authenticate();
      app.context.db = sequelize;
      app.use(routes.routes());
      app.listen(3000);
    }
    bootstrap();
  `,
  'NestJS useFactory': `
    import { Module } from '@nestjs/common';
    import { Pool } from 'pg';
    @Module({
      providers: [
        {
          provide: 'PG_POOL',
          inject: [ConfigService],
          useFactory: (config: ConfigService) => new Pool({ connectionString: config.get('DATABASE_URL') }), //! built
        },
      ],
      exports: ['PG_POOL'],
    })
    export class DatabaseModule {}
  `,
  'NestJS useFactory, async, as a const provider': `
    import { createClient } from 'redis';
    export const redisProvider = {
      provide: 'REDIS',
      useFactory: async () => {
        const client = createClient({ url: process.env.REDIS_URL }); //! built
        await client.connect();
        return client;
      },
    };
  `,
  'NestJS onModuleInit': `
    import { Injectable, OnModuleInit, OnModuleDestroy } from '@nestjs/common';
    import { MongoClient } from 'mongodb';
    @Injectable()
    export class MongoService implements OnModuleInit, OnModuleDestroy {
      private client!: MongoClient;
      async onModuleInit() {
        this.client = await MongoClient.connect(process.env.MONGO_URL!); //! built
      }
      async onModuleDestroy() {
        await this.client.close();
      }
    }
  `,
  'NestJS main.ts': `
    import { NestFactory } from '@nestjs/core';
    import { createClient } from 'redis';
    async function bootstrap() {
      const app = await NestFactory.create(AppModule);
      const client = createClient(); //! built
      await client.connect();
      app.use(session({ store: new RedisStore({ client }) }));
      await app.listen(3000);
    }
    void bootstrap();
  `,
  'a controller class with its pool in the constructor': `
    import { Controller, Get } from '@nestjs/common';
    import { Pool } from 'pg';
    @Controller('users')
    export class UsersController {
      private readonly pool: Pool;
      constructor() {
        this.pool = new Pool(); //! built
      }
      @Get()
      async list() {
        return (await this.pool.query('SELECT * FROM users')).rows;
      }
    }
  `,
  'the context of a server keeps a module pool': `
    import { ApolloServer } from '@apollo/server';
    import { startStandaloneServer } from '@apollo/server/standalone';
    import { Pool } from 'pg';
    const server = new ApolloServer({ typeDefs, resolvers });
    const pool = new Pool(); //! built
    await startStandaloneServer(server, { context: async () => ({ pool }) });
  `,
  'graphile middleware with a pool of its own': `
    const express = require('express');
    const { postgraphile } = require('postgraphile');
    const { Pool } = require('pg');
    const app = express();
    app.use(postgraphile(new Pool(), 'public', { graphiql: true })); //! built
  `,
  'a session store': `
    const session = require('express-session');
    const PgStore = require('connect-pg-simple')(session);
    const { Pool } = require('pg');
    app.use(session({ store: new PgStore({ pool: new Pool() }), secret: 'x' })); //! built
  `,
  'before the export default of a route file': `
    const { Pool } = require('pg');
    module.exports = (app) => {
      const pool = new Pool(); //! built
      app.get('/users', async (req, res) => res.json((await pool.query('SELECT 1')).rows));
      app.post('/users', async (req, res) => res.json((await pool.query('INSERT')).rows));
    };
  `,
  'socket.io adapter': `
    import { Server } from 'socket.io';
    import { createAdapter } from '@socket.io/redis-adapter';
    import { Redis } from 'ioredis';
    export function attach(server) {
      const io = new Server(server);
      const pub = new Redis(); //! built
      const sub = pub.duplicate();
      io.adapter(createAdapter(pub, sub));
      io.on('connection', (socket) => socket.on('ping', () => pub.incr('pings')));
      return io;
    }
  `,
  'a BullMQ worker, built once': `
    import { Queue, Worker } from 'bullmq';
    import { Redis } from 'ioredis';
    const connection = new Redis({ maxRetriesPerRequest: null }); //! built
    export const queue = new Queue('mails', { connection });
    export const worker = new Worker('mails', async (job) => send(job.data), { connection }); //! built
  `,
  'a Lambda with its client outside': `
    import { Client } from 'pg';
    const client = new Client(); //! built
    const ready = client.connect();
    export const handler = async (event) => {
      await ready;
      return (await client.query('SELECT 1')).rows;
    };
  `,
  'a Lambda with the promise of a secret outside': `
    import mysql from 'mysql2/promise';
    import { getSecret } from './secrets';
    const poolPromise = getSecret('db').then((secret) => mysql.createPool(secret)); //! built
    export const handler = async (event) => (await poolPromise).query('SELECT 1');
  `,
  'a Lambda with an init function called outside': `
    import { createClient } from 'redis';
    async function init() {
      const client = createClient({ url: await urlOf('redis') }); //! built
      await client.connect();
      return client;
    }
    const clientPromise = init();
    export const handler = async (event, context) => (await clientPromise).get(event.key);
  `,
  'initialised once by a flag of the module': `
    import { createConnection } from 'mysql2/promise';
    let connection;
    export async function initialise() {
      connection = await createConnection(process.env.DB); //! built
    }
    export const getConnection = () => connection;
  `,
});

testSnippets('factories and owners', inFile, {
  'a factory that returns': `
    import { Pool, PoolConfig } from 'pg';
    export function createPool(config: PoolConfig): Pool {
      const pool = new Pool({ ...config, application_name: 'api' }); //! built
      pool.on('error', (error) => logger.error(error));
      return pool;
    }
  `,
  'a factory that connects and returns': `
    const { createClient } = require('redis');
    module.exports = async function makeRedis(url) {
      const client = createClient({ url }); //! built
      await client.connect();
      return client;
    };
  `,
  'a factory that returns it among others': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { Pool } from 'pg';
    export function createDb(url: string) {
      const pool = new Pool({ connectionString: url }); //! built
      return { db: drizzle(pool), pool, close: () => pool.end() };
    }
  `,
  'a factory that returns methods over it': `
    const mysql = require('mysql2/promise');
    exports.createStore = function (options) {
      const pool = mysql.createPool(options); //! built
      return {
        async get(id) {
          const [rows] = await pool.query('SELECT * FROM store WHERE id = ?', [id]);
          return rows[0];
        },
        close: () => pool.end(),
      };
    };
  `,
  'an arrow that returns': `
    import { Agent } from 'undici';
    export const createDispatcher = (url: string) => new Agent({ connect: { timeout: 5000 } }); //! built
  `,
  'a factory with a try that ends it when it does not connect': `
    import { Client } from 'pg';
    export async function connect(url: string) {
      const client = new Client(url); //! built
      try {
        await client.connect();
        return client;
      } catch (error) {
        await client.end().catch(() => {});
        throw error;
      }
    }
  `,
  'a class that owns it, with close()': `
    import { Pool } from 'pg';
    export class Store {
      readonly #pool: Pool;
      constructor(url: string) {
        this.#pool = new Pool({ connectionString: url }); //! built
      }
      get(id: number) {
        return this.#pool.query('SELECT * FROM store WHERE id = $1', [id]);
      }
      async close() {
        await this.#pool.end();
      }
    }
  `,
  'open() and close() of an adapter': `
    import { Client } from 'pg';
    export class PostgresAdapter implements Adapter {
      private client?: Client;
      async open(url: string) {
        this.client = new Client(url); //! built
        await this.client.connect();
      }
      async close() {
        await this.client?.end();
        this.client = undefined;
      }
    }
  `,
  'a class that hands it to its parent': `
    import { PrismaPg } from '@prisma/adapter-pg';
    import { PrismaClient } from '@prisma/client';
    import { Pool } from 'pg';
    export class PrismaService extends PrismaClient {
      constructor() {
        const pool = new Pool({ connectionString: process.env.DATABASE_URL }); //! built
        super({ adapter: new PrismaPg(pool) });
      }
    }
  `,
  'given to a callback of the caller': `
    import { Client } from 'pg';
    export function connect(config, callback) {
      const client = new Client(config); //! built
      client.connect((error) => callback(error, client));
    }
  `,
  'given to resolve': `
    const mysql = require('mysql2');
    exports.connect = (config) =>
      new Promise((resolve, reject) => {
        const connection = mysql.createConnection(config); //! built
        connection.connect((error) => (error ? reject(error) : resolve(connection)));
      });
  `,
  'given to another owner': `
    import { Pool } from 'pg';
    import { Server } from './server.js';
    export function start(config) {
      const pool = new Pool(config.database); //! built
      return new Server(pool).listen(config.port);
    }
  `,
  'given to a function of another file that keeps it': `
    import { Pool } from 'pg';
    import { registerShutdown } from './shutdown.js';
    import { setPool } from './context.js';
    export function setUp() {
      const pool = new Pool(); //! built
      setPool(pool);
      registerShutdown(() => pool.end());
    }
  `,
  'pushed into a list': `
    import { Pool } from 'pg';
    const open: Pool[] = [];
    export function track(url: string) {
      const pool = new Pool({ connectionString: url }); //! built
      open.push(pool);
    }
  `,
  yielded: `
    import { Pool } from 'pg';
    export async function* pools(urls: string[]) {
      for (const url of urls) yield new Pool({ connectionString: url }); //! built
    }
  `,
  'a generic withDatabase(url, fn)': `
      import { Client } from 'pg';
      export async function withDatabase<T>(url: string, fn: (client: Client) => Promise<T>): Promise<T> {
        const client = new Client(url); //! built
        await client.connect();
        try {
          return await fn(client);
        } finally {
          await client.end();
        }
      }
  `,
  awilix: `
    import { asFunction, createContainer } from 'awilix';
    import { Pool } from 'pg';
    const container = createContainer();
    container.register({
      pool: asFunction(() => new Pool()).singleton().disposer((pool) => pool.end()), //! built
    });
  `,
  'awilix with an injected config': `
    import { asFunction, createContainer } from 'awilix';
    import knex from 'knex';
    export const container = createContainer().register({
      db: asFunction(({ config }) => {
        const db = knex(config.database); //! built
        return db;
      }).singleton(),
    });
  `,
  tsyringe: `
    import { container, instanceCachingFactory } from 'tsyringe';
    import { Pool } from 'pg';
    container.register('Pool', {
      useFactory: instanceCachingFactory((c) => new Pool({ connectionString: c.resolve('url') })), //! built
    });
    container.registerInstance('Redis', makeRedis());
  `,
  InversifyJS: `
    import { Container } from 'inversify';
    import { Pool } from 'pg';
    const container = new Container();
    container.bind<Pool>('Pool').toDynamicValue(() => new Pool()).inSingletonScope(); //! built
  `,
  'InversifyJS module': `
    import { ContainerModule } from 'inversify';
    import { createClient } from 'redis';
    export const infrastructure = new ContainerModule((bind) => {
      bind('Redis').toConstantValue(createClient({ url: process.env.REDIS })); //! built
    });
  `,
  typedi: `
    import { Container } from 'typedi';
    import { Pool } from 'pg';
    export default () => {
      const pool = new Pool(); //! built
      Container.set('pool', pool);
    };
  `,
  'effect layer': `
    import { Effect, Layer } from 'effect';
    import { Pool } from 'pg';
    export const PoolLive = Layer.scoped(
      PgPool,
      Effect.acquireRelease(
        Effect.sync(() => new Pool()), //! built
        (pool) => Effect.promise(() => pool.end()),
      ),
    );
  `,
  'dataloader over a module pool, agents of a service': `
    import axios from 'axios';
    import https from 'node:https';
    export class PaymentClient {
      private readonly http;
      constructor(baseURL: string) {
        this.http = axios.create({ baseURL, httpsAgent: new https.Agent({ keepAlive: true }) }); //! built
      }
      charge = (body) => this.http.post('/charge', body);
    }
  `,
  'an own class that merely is called Pool': `
    import { Pool } from './thread-pool.js';
    app.post('/resize', async (req, res) => {
      const pool = new Pool(4);
      res.json(await pool.run(req.body));
    });
  `,
});

testSnippets('cheap wrappers', inFile, {
  'drizzle over a pool': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { pool } from './db.js';
    app.get('/users', async (req, res) => {
      const db = drizzle(pool);
      res.json(await db.select().from(users));
    });
  `,
  'drizzle({ client })': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { pool } from './db.js';
    app.get('/users', async (req, res) => res.json(await drizzle({ client: pool, schema }).query.users.findMany()));
  `,
  'kysely over a pool': `
    import { Kysely, PostgresDialect } from 'kysely';
    import { pool } from './db.js';
    app.get('/users', async (req, res) => {
      const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
      res.json(await db.selectFrom('users').selectAll().execute());
    });
  `,
  'prisma with an adapter over a shared pool is one engine a request still': `
    import { PrismaPg } from '@prisma/adapter-pg';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) }); //! built
    export const GET = async () => Response.json(await prisma.user.findMany());
  `,
  'prisma.$extends': `
    import { prisma } from './db';
    app.use(async (req, res, next) => {
      req.prisma = prisma.$extends(forTenant(req.tenant));
      next();
    });
  `,
  'axios.create({ timeout })': `
    import axios from 'axios';
    app.get('/weather', async (req, res) => {
      const http = axios.create({ timeout: 5000, baseURL: 'https://weather' });
      res.json((await http.get('/today')).data);
    });
  `,
  'an Agent without keepAlive': `
    import axios from 'axios';
    import https from 'node:https';
    app.get('/weather', async (req, res) => {
      const { data } = await axios.get('https://weather', {
        httpsAgent: new https.Agent({ rejectUnauthorized: false }),
      });
      res.json(data);
    });
  `,
  'models of a connection': `
    import mongoose from 'mongoose';
    import { connection } from './db.js';
    app.get('/users', async (req, res) => {
      const User = connection.model('User', schema);
      res.json(await User.find());
    });
  `,
  'mongoose.connect, which is shared': `
    import mongoose from 'mongoose';
    export default async function handler(req, res) {
      await mongoose.connect(process.env.MONGO_URL);
      res.json(await User.find());
    }
  `,
  'mssql.connect, which is shared': `
    const sql = require('mssql');
    app.get('/users', async (req, res) => {
      await sql.connect(config);
      res.json(await sql.query('SELECT 1'));
    });
  `,
  'oracledb.getConnection from the default pool': `
    const oracledb = require('oracledb');
    app.get('/users', async (req, res) => {
      let connection;
      try {
        connection = await oracledb.getConnection();
        res.json(await connection.execute('SELECT 1 FROM dual'));
      } finally {
        await connection?.close();
      }
    });
  `,
  'a BullMQ queue over a shared connection': `
    import { Queue } from 'bullmq';
    import { connection } from './redis.js';
    app.post('/mails', async (req, res) => {
      const queue = new Queue('mails', { connection });
      await queue.add('mail', req.body);
      res.sendStatus(202);
    });
  `,
  'a transaction of a shared pool': `
    import { pool } from './db.js';
    app.post('/orders', async (req, res) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('COMMIT');
      } finally {
        client.release();
      }
      res.end();
    });
  `,
  'useDb of a shared connection': `
    import { connection } from './db.js';
    app.use((req, res, next) => {
      req.db = connection.useDb(req.tenant, { useCache: true });
      next();
    });
  `,
  SQLite: `
    import knex from 'knex';
    import Database from 'better-sqlite3';
    app.get('/', (req, res) => {
      const db = new Database('file.db');
      res.json(db.prepare('SELECT 1').all());
    });
    app.get('/k', async (req, res) => {
      const k = knex({ client: 'better-sqlite3', connection: { filename: 'a.db' }, useNullAsDefault: true });
      res.json(await k('users'));
    });
  `,
  'SQLite with Sequelize and TypeORM': `
    import { Sequelize } from 'sequelize';
    import { DataSource } from 'typeorm';
    app.get('/', async (req, res) => {
      const a = new Sequelize('sqlite::memory:');
      const b = new Sequelize({ dialect: 'sqlite', storage: 'a.db' });
      const c = new DataSource({ type: 'sqlite', database: 'a.db' });
      res.json([a, b, c].length);
    });
  `,
});

testSnippets('right per request', inFile, {
  'Cloudflare with Hyperdrive': `
    import { Client } from 'pg';
    export default {
      async fetch(request, env, ctx) {
        const client = new Client({ connectionString: env.HYPERDRIVE.connectionString });
        await client.connect();
        const { rows } = await client.query('SELECT 1');
        ctx.waitUntil(client.end());
        return Response.json(rows);
      },
    };
  `,
  'Hono on Workers': `
    import { Hono } from 'hono';
    import postgres from 'postgres';
    const app = new Hono<{ Bindings: { HYPERDRIVE: Hyperdrive } }>();
    app.get('/users', async (c) => {
      const sql = postgres(c.env.HYPERDRIVE.connectionString);
      return c.json(await sql\`SELECT * FROM users\`);
    });
    export default app;
  `,
  'Hono on Workers, drizzle with its own client': `
    import { drizzle } from 'drizzle-orm/postgres-js';
    import { Hono } from 'hono';
    import postgres from 'postgres';
    type Env = { Bindings: CloudflareBindings };
    const app = new Hono<Env>();
    app.use(async (c, next) => {
      const client = postgres(c.env.DATABASE_URL, { max: 5, fetch_types: false });
      c.set('db', drizzle(client));
      await next();
    });
    export default app;
  `,
  'Neon at the edge': `
    import { Pool } from '@neondatabase/serverless';
    export const runtime = 'edge';
    export async function GET(request: Request) {
      const pool = new Pool({ connectionString: process.env.DATABASE_URL });
      const { rows } = await pool.query('SELECT 1');
      await pool.end();
      return Response.json(rows);
    }
  `,
  'Neon in an edge function of Vercel': `
    import { Pool, neonConfig } from '@neondatabase/serverless';
    export const config = { runtime: 'edge' };
    export default async (req: Request, ctx: any) => {
      const pool = new Pool({ connectionString: process.env.DATABASE_URL });
      const { rows } = await pool.query('SELECT now()');
      ctx.waitUntil(pool.end());
      return new Response(JSON.stringify(rows));
    };
  `,
  'neon over HTTP': `
    import { neon } from '@neondatabase/serverless';
    export async function GET() {
      const sql = neon(process.env.DATABASE_URL);
      return Response.json(await sql\`SELECT 1\`);
    }
  `,
  LISTEN: `
    import { Client } from 'pg';
    app.get('/events', async (req, res) => {
      const client = new Client(); //! built
      await client.connect();
      await client.query('LISTEN changes');
      client.on('notification', (message) => res.write(message.payload));
      req.on('close', () => client.end());
    });
  `,
  'LISTEN, in a listener class': `
    import { Client } from 'pg';
    export class Listener {
      async start() {
        const client = new Client(this.url); //! built
        await client.connect();
        client.on('notification', (message) => this.emit(message.channel, message.payload));
        await client.query(\`LISTEN "\${this.channel}"\`);
      }
    }
  `,
  'a subscriber of redis for each socket': `
    import { Redis } from 'ioredis';
    io.on('connection', (socket) => {
      const subscriber = new Redis(); //! built
      subscriber.psubscribe('room:*');
      subscriber.on('pmessage', (pattern, channel, message) => socket.emit('message', message));
      socket.on('disconnect', () => subscriber.quit());
    });
  `,
  'logical replication': `
    import { Client } from 'pg';
    export async function stream() {
      const client = new Client({ replication: 'database' }); //! built
      await client.connect();
      await client.query('START_REPLICATION SLOT "s" LOGICAL 0/0');
    }
  `,
  'a probe of what the user typed': `
      const { Client } = require('pg');
      app.post('/connections/test', async (req, res) => {
        const { host, port, user, password, database } = req.body;
        const client = new Client({ host, port, user, password, database }); //! built
        try {
          await client.connect();
          await client.query('SELECT 1');
          res.json({ ok: true });
        } catch (error) {
          res.status(400).json({ ok: false, message: error.message });
        } finally {
          await client.end();
        }
      });
  `,
  'testConnection(config)': `
    import mysql from 'mysql2/promise';
    export async function testConnection(config: ConnectionOptions) {
      const connection = await mysql.createConnection(config); //! built
      await connection.ping();
      await connection.end();
      return true;
    }
  `,
  'a probe in a service, called by the controller': `
    import { Pool } from 'pg';
    export class DatasourceService {
      async test(settings: PostgresSettings): Promise<boolean> {
        const pool = new Pool({ host: settings.host, user: settings.user, password: settings.password }); //! built
        try {
          await pool.query('SELECT 1');
          return true;
        } finally {
          await pool.end();
        }
      }
    }
  `,
  'a query tool for databases of its users': `
      import { Client } from 'pg';
      export async function runUserQuery(credentials: Credentials, text: string) {
        const client = new Client({ //! built
          host: credentials.host,
          user: credentials.user,
          password: decrypt(credentials.password),
        });
        await client.connect();
        try {
          return await client.query(text);
        } finally {
          await client.end();
        }
      }
  `,
  'driver of a plugin: execute(query, sourceOptions)': `
    import { Pool } from 'pg';
    export default class PostgresQueryService implements QueryService {
      async run(sourceOptions: SourceOptions, queryOptions: QueryOptions) {
        const pool = new Pool({ host: sourceOptions.host, password: sourceOptions.password }); //! built
        try {
          return await pool.query(queryOptions.query);
        } finally {
          await pool.end();
        }
      }
    }
  `,
});

testSnippets('loops that wait, try again or build one for each', inFile, {
  'wait for the database': `
    import { Client } from 'pg';
    export async function waitForDatabase(url: string) {
      for (let attempt = 1; attempt <= 10; attempt++) {
        const client = new Client(url); //! built
        try {
          await client.connect();
          await client.end();
          return;
        } catch (error) {
          await sleep(1000 * attempt);
        }
      }
      throw new Error('no database');
    }
  `,
  'while (true) until it is there': `
    const { Client } = require('pg');
    async function waitUntilReady() {
      while (true) {
        const client = new Client({ connectionString: process.env.DATABASE_URL }); //! built
        try {
          await client.connect();
          break;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 500));
        } finally {
          await client.end();
        }
      }
    }
    waitUntilReady().then(start);
  `,
  'retry that returns the connection': `
    import amqp from 'amqplib';
    export async function connect(url: string) {
      let lastError;
      for (let i = 0; i < 5; i++) {
        try {
          return await amqp.connect(url); //! built
        } catch (error) {
          lastError = error;
          await delay(2 ** i * 100);
        }
      }
      throw lastError;
    }
  `,
  'retry into a variable, then break': `
    const mysql = require('mysql2/promise');
    let connection;
    async function init() {
      let retries = 5;
      while (retries > 0) {
        try {
          connection = await mysql.createConnection(config); //! built
          break;
        } catch (error) {
          retries -= 1;
          await sleep(5000);
        }
      }
    }
    init();
  `,
  'reconnect in a timer': `
    import { createClient } from 'redis';
    let client;
    function connect() {
      client = createClient({ url: process.env.REDIS_URL }); //! built
      client.on('error', () => setTimeout(connect, 1000));
      client.connect();
    }
    connect();
  `,
  'p-retry': `
    import pRetry from 'p-retry';
    import amqp from 'amqplib';
    export const connection = await pRetry(() => amqp.connect(process.env.AMQP!), { retries: 5 }); //! built
  `,
  'shards at module level': `
    import { Pool } from 'pg';
    const SHARDS = ['a', 'b', 'c'];
    export const pools = SHARDS.map((host) => new Pool({ host })); //! built
    export const poolOf = (id: number) => pools[id % pools.length];
  `,
  'shards into a map, in a loop': `
    import mysql from 'mysql2/promise';
    const pools = new Map();
    for (const [name, options] of Object.entries(config.databases)) {
      pools.set(name, mysql.createPool(options)); //! built
    }
    export default pools;
  `,
  'shards into an object with reduce': `
    import knex from 'knex';
    export const databases = ['eu', 'us'].reduce((all, region) => {
      all[region] = knex({ client: 'pg', connection: process.env[region] }); //! built
      return all;
    }, {});
  `,
  'replicas in a constructor': `
    import { Pool } from 'pg';
    export class Cluster {
      private readonly replicas: Pool[] = [];
      constructor(urls: string[]) {
        for (const connectionString of urls) {
          this.replicas.push(new Pool({ connectionString })); //! built
        }
      }
    }
  `,
  'Object.fromEntries of a map': `
    import { Redis } from 'ioredis';
    export const caches = Object.fromEntries(
      Object.entries(urls).map(([name, url]) => [name, new Redis(url)]), //! built
    );
  `,
  'Promise.all over tenants at start': `
    import { MongoClient } from 'mongodb';
    const clients = await Promise.all(uris.map(async (uri) => new MongoClient(uri).connect())); //! built
    process.on('SIGTERM', () => Promise.all(clients.map((client) => client.close())));
  `,
  'Array.from': `
    import { Client } from 'pg';
    const workers = Array.from({ length: 4 }, () => new Client()); //! built
    await Promise.all(workers.map((client) => client.connect()));
  `,
});

testSnippets('commands, migrations, seeds and tests', inFile, {
  'a CLI command of commander': `
    import { Command } from 'commander';
    import { Pool } from 'pg';
    const program = new Command();
    program.command('import <file>').action(async (file) => {
      const pool = new Pool(); //! built
      await load(pool, file);
      await pool.end();
    });
    program.parse();
  `,
  'a CLI command of yargs': `
    import yargs from 'yargs';
    import { Client } from 'pg';
    yargs(process.argv.slice(2))
      .command('vacuum', 'vacuum all', {}, async (argv) => {
        const client = new Client(argv.url); //! built
        await client.connect();
        await client.query('VACUUM');
        await client.end();
      })
      .parse();
  `,
  oclif: `
    import { Command } from '@oclif/core';
    import { Client } from 'pg';
    export default class Seed extends Command {
      async run() {
        const client = new Client(); //! built
        await client.connect();
        await client.query('INSERT INTO users VALUES (1)');
        await client.end();
      }
    }
  `,
  'a script that ends in process.exit': `
    const { Client } = require('pg');
    async function run() {
      const client = new Client(process.env.DATABASE_URL);
      await client.connect();
      await client.query('REFRESH MATERIALIZED VIEW totals');
      await client.end();
    }
    run().then(() => process.exit(0), () => process.exit(1));
  `,
  'a script at top level': `
    import { Client } from 'pg';
    const client = new Client(); //! built
    await client.connect();
    await client.query('SELECT 1');
    await client.end();
  `,
  'a script with a shebang': `
    #!/usr/bin/env node
    import { createConnection } from 'mysql2/promise';
    export async function migrate() {
      const connection = await createConnection(process.env.DATABASE_URL);
      await connection.query('CREATE TABLE a (id int)');
      await connection.end();
    }
    migrate();
  `,
  'if require.main is module': `
    const { Pool } = require('pg');
    async function seed() {
      const pool = new Pool();
      await pool.query('INSERT INTO users VALUES (1)');
      await pool.end();
    }
    if (require.main === module) seed();
    module.exports = seed;
  `,
  'if import.meta.main': `
    import { Pool } from 'pg';
    async function reindex() {
      const pool = new Pool(); //! built
      await pool.query('REINDEX DATABASE shop');
      await pool.end();
    }
    if (import.meta.url === pathToFileURL(process.argv[1]).href) await reindex();
  `,
  'a called async function': `
    const mysql = require('mysql2/promise');
    (async () => {
      const connection = await mysql.createConnection({ host: 'localhost' }); //! built
      for (const table of tables) await connection.query('OPTIMIZE TABLE ??', [table]);
      await connection.end();
    })();
  `,
});

const at = (filename: string) => ({ ...inFile, filename });
const migration = `
  import { Client } from 'pg';
  export async function up() {
    const client = new Client(process.env.DATABASE_URL);
    await client.connect();
    await client.query('CREATE TABLE users (id int)');
    await client.end();
  }
`;

for (const filename of [
  'migrations/001-users.ts',
  'src/db/migrations/20240101-users.js',
  'db/seeds/users.js',
  'prisma/seed.ts',
  'scripts/backfill.ts',
  'src/scripts/backfill.mjs',
  'bin/create-user.js',
  'tools/check.ts',
  'src/cli/import.ts',
]) {
  testSnippets(filename, at(filename), { 'a function that connects and ends': migration });
}

const inTest = `
  import { Client, Pool } from 'pg';
  beforeEach(async () => {
    const client = new Client(process.env.DATABASE_URL);
    await client.connect();
    await client.query('TRUNCATE users');
    await client.end();
  });
  test('it', async () => {
    const pool = new Pool();
    await pool.query('SELECT 1');
    await pool.end();
  });
`;

for (const filename of [
  'test/users.js',
  'src/users.test.ts',
  'src/users.spec.tsx',
  'src/__tests__/users.ts',
  'tests/helpers/db.ts',
  'e2e/users.e2e-spec.ts',
  'cypress/support/db.ts',
]) {
  testSnippets(filename, at(filename), { 'connections of a test': inTest });
}

for (const filename of ['jest.setup.ts', 'vitest.global-setup.ts']) {
  testSnippets(filename, at(filename), {
    'connections of a test': inTest.replaceAll(/(?<=new .*;)$/gm, ' //! built'),
  });
}
