import { fails, testSnippets } from './snippets.ts';

const inFile = { of: 'creations' } as const;
const at = (filename: string) => ({ ...inFile, filename });

testSnippets('once, in other frameworks', inFile, {
  'a Nest dynamic module': `
    import { DynamicModule, Module } from '@nestjs/common';
    import { Pool } from 'pg';
    @Module({})
    export class PgModule {
      static forRoot(options): DynamicModule {
        const pool = new Pool(options); //! built
        return { module: PgModule, providers: [{ provide: 'PG', useValue: pool }], exports: ['PG'] };
      }
      static forRootAsync(options): DynamicModule {
        return {
          module: PgModule,
          providers: [{ provide: 'PG', useFactory: async (...args) => new Pool(await options.useFactory(...args)), inject: options.inject }], //! built
        };
      }
    }
  `,
  'a Nest service that extends PrismaClient and is its own pool': `
    import { Injectable } from '@nestjs/common';
    import { PrismaClient } from '@prisma/client';
    @Injectable()
    export class PrismaService extends PrismaClient {
      async onModuleInit() { await this.$connect(); }
    }
  `,
  'a Nest module constructed by hand': `
    import { Injectable } from '@nestjs/common';
    import { Redis } from 'ioredis';
    import { ConfigService } from '@nestjs/config';
    @Injectable()
    export class LockService {
      private readonly redis: Redis;
      constructor(config: ConfigService) {
        this.redis = new Redis(config.getOrThrow('REDIS_URL')); //! built
      }
    }
  `,
  'a Nest worker process': `
    import { Processor, WorkerHost } from '@nestjs/bullmq';
    import { Client } from 'pg';
    @Processor('mails')
    export class MailProcessor extends WorkerHost {
      async process(job) {
        const client = new Client(); //! built: slot
        await client.connect();
        await client.query('UPDATE mails SET sent = true WHERE id = $1', [job.data.id]);
        await client.end();
      }
    }
  `,
  'a Nest guard': `
    import { CanActivate, Injectable } from '@nestjs/common';
    import { createClient } from 'redis';
    @Injectable()
    export class TokenGuard implements CanActivate {
      async canActivate(context) {
        const client = await createClient().connect(); //! built: slot
        return (await client.get(tokenOf(context))) !== null;
      }
    }
  `,
  'fastify.register in place': `
    import Fastify from 'fastify';
    import { Pool } from 'pg';
    const app = Fastify();
    app.register(async (instance) => {
      const pool = new Pool(); //! built
      instance.get('/users', async () => (await pool.query('SELECT 1')).rows);
    });
  `,
  'fastify.register in place, routes with a client each': `
    import Fastify from 'fastify';
    import { Client } from 'pg';
    const app = Fastify();
    app.register(async (instance) => {
      instance.get('/users', async () => {
        const client = new Client(); //! built: slot
        await client.connect();
        const { rows } = await client.query('SELECT 1');
        await client.end();
        return rows;
      });
    });
  `,
  'a Vite plugin, an Electron main, a VS Code extension': `
    import { app as electron } from 'electron';
    import { Pool } from 'pg';
    export function activate(context) {
      const pool = new Pool(); //! built
      context.subscriptions.push({ dispose: () => pool.end() });
    }
    electron.whenReady().then(() => {
      const pool = new Pool(); //! built
      createWindow(pool);
    });
  `,
  'Temporal activities': `
    import { Client } from 'pg';
    export function createActivities(client: Client) {
      return { async load() { return client.query('SELECT 1'); } };
    }
    const client = new Client(); //! built
    await client.connect();
    await Worker.create({ activities: createActivities(client) });
  `,
  'GraphQL Yoga, context over a module pool': `
    import { createYoga } from 'graphql-yoga';
    import postgres from 'postgres';
    const sql = postgres(process.env.DATABASE_URL!); //! built
    export const yoga = createYoga({ schema, context: () => ({ sql }) });
  `,
  'dataloaders over a module pool': `
    import DataLoader from 'dataloader';
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    export const createLoaders = () => ({
      users: new DataLoader(async (ids) => (await pool.query('SELECT * FROM users WHERE id = ANY($1)', [ids])).rows),
    });
  `,
  'Express behind awaiting a factory': `
    import express from 'express';
    import { createConnection } from 'mysql2/promise';
    export async function createServer() {
      const connection = await createConnection(process.env.DB!); //! built
      const app = express();
      app.get('/', async (req, res) => res.json(await connection.query('SELECT 1')));
      return app;
    }
  `,
  'a route class that owns its pool': `
    import { Router } from 'express';
    import { Pool } from 'pg';
    export class UserRouter {
      readonly router = Router();
      private readonly pool = new Pool(); //! built
      constructor() {
        this.router.get('/', async (req, res) => res.json((await this.pool.query('SELECT 1')).rows));
      }
    }
  `,
  'lambda-api with a singleton of a class': `
    import { Client } from 'pg';
    class Db {
      private static client: Client | null = null;
      static async connect() {
        if (Db.client === null) {
          const client = new Client(); //! built
          await client.connect();
          Db.client = client;
        }
        return Db.client;
      }
    }
    export const handler = async (event, context) => (await Db.connect()).query('SELECT 1');
  `,
  'a proxy agent from the environment, kept': `
    import { HttpsProxyAgent } from 'https-proxy-agent';
    import fetch from 'node-fetch';
    const agent = process.env.PROXY ? new HttpsProxyAgent(process.env.PROXY) : undefined;
    export const get = (url: string) => fetch(url, { agent });
  `,
  'undici: the global dispatcher is set': `
    import { Agent, setGlobalDispatcher } from 'undici';
    setGlobalDispatcher(new Agent({ connections: 50 })); //! built
    export function useProxy(url: string) {
      setGlobalDispatcher(new Agent({ connect: { timeout: 1000 } })); //! built
    }
  `,
  'got.extend of a module': `
    import got from 'got';
    import { Agent } from 'node:https';
    export const client = got.extend({ agent: { https: new Agent({ keepAlive: true }) } }); //! built
  `,
  'an http.Agent with keepAlive of a module': `
    const https = require('https');
    const agent = new https.Agent({ keepAlive: true, maxSockets: 50 }); //! built
    exports.get = (url) => fetch(url, { agent });
  `,
  'a short-lived agent for one certificate': `
    import https from 'node:https';
    import axios from 'axios';
    export async function callBank(body) {
      const httpsAgent = new https.Agent({ cert: await readCert(), key: await readKey() });
      return axios.post('https://bank', body, { httpsAgent });
    }
  `,
  knexfile: `
    const knex = require('knex')({ client: 'pg', connection: process.env.DATABASE_URL }); //! built
    module.exports = knex;
  `,
  'TypeORM data source file': `
    import 'reflect-metadata';
    import { DataSource } from 'typeorm';
    export const AppDataSource = new DataSource({ type: 'postgres', url: process.env.DB }); //! built
    AppDataSource.initialize().catch(console.error);
  `,
  'mikro-orm in main': `
    import { MikroORM, RequestContext } from '@mikro-orm/core';
    export const init = async () => {
      const orm = await MikroORM.init(config); //! built
      app.use((req, res, next) => RequestContext.create(orm.em, next));
    };
  `,
});

testSnippets('instrumentation.ts', at('src/instrumentation.ts'), {
  register: `
    import { Pool } from 'pg';
    export async function register() {
      globalThis.pool = new Pool(); //! built
    }
  `,
});
testSnippets('hooks of SvelteKit', at('src/hooks.server.ts'), {
  'init, and a module pool': `
    import type { ServerInit } from '@sveltejs/kit';
    import { Pool } from 'pg';
    let pool: Pool;
    export const init: ServerInit = async () => {
      pool = new Pool(); //! built
    };
    export const handle = async ({ event, resolve }) => {
      event.locals.pool = pool;
      return resolve(event);
    };
  `,
  'handle with a client of its own': `
    import { Client } from 'pg';
    export const handle = async ({ event, resolve }) => {
      const client = new Client(); //! built: slot
      await client.connect();
      event.locals.db = client;
      try {
        return await resolve(event);
      } finally {
        await client.end();
      }
    };
  `,
});
testSnippets('a Nitro plugin', at('server/plugins/db.ts'), {
  'the default export': `
    import { Pool } from 'pg';
    export default defineNitroPlugin((nitro) => {
      const pool = new Pool(); //! built
      nitro.hooks.hook('request', (event) => { event.context.pool = pool; });
      nitro.hooks.hook('close', () => pool.end());
    });
  `,
});
testSnippets('a Nitro utility', at('server/utils/db.ts'), {
  'a composable with a lazy value': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { Pool } from 'pg';
    let _db: ReturnType<typeof drizzle> | null = null;
    export const useDb = () => {
      if (!_db) _db = drizzle(new Pool(), { schema }); //! built
      return _db;
    };
  `,
});
testSnippets('a static page of Next.js', at('pages/index.tsx'), {
  'getStaticProps runs when it is built': `
    import { Client } from 'pg';
    export async function getStaticProps() {
      const client = new Client(); //! built
      await client.connect();
      const { rows } = await client.query('SELECT * FROM posts');
      await client.end();
      return { props: { rows } };
    }
    export default function Home() { return null; }
  `,
  getServerSideProps: `
    import { Client } from 'pg';
    export async function getServerSideProps() {
      const client = new Client(); //! built: slot
      await client.connect();
      const { rows } = await client.query('SELECT * FROM posts');
      await client.end();
      return { props: { rows } };
    }
    export default function Home() { return null; }
  `,
});
testSnippets('a Next.js library file', at('lib/mongodb.ts'), {
  'the promise of the example': `
    import { MongoClient } from 'mongodb';
    const uri = process.env.MONGODB_URI!;
    const options = {};
    let client;
    let clientPromise: Promise<MongoClient>;
    if (process.env.NODE_ENV === 'development') {
      if (!global._mongoClientPromise) {
        client = new MongoClient(uri, options); //! built
        global._mongoClientPromise = client.connect();
      }
      clientPromise = global._mongoClientPromise;
    } else {
      client = new MongoClient(uri, options); //! built
      clientPromise = client.connect();
    }
    export default clientPromise;
  `,
  'dbConnect of mongoose': `
    import mongoose from 'mongoose';
    let cached = global.mongoose;
    if (!cached) cached = global.mongoose = { conn: null, promise: null };
    async function dbConnect() {
      if (cached.conn) return cached.conn;
      if (!cached.promise) {
        cached.promise = mongoose.createConnection(process.env.MONGODB_URI!).asPromise(); //! built
      }
      cached.conn = await cached.promise;
      return cached.conn;
    }
    export default dbConnect;
  `,
});
testSnippets('a client component', at('src/app/users/list.tsx'), {
  'agents of a browser': `
    'use client';
    import { Pool } from './pool';
    export default function List() {
      const pool = new Pool();
      return null;
    }
  `,
});

testSnippets('oneShot, and what only looks so', at('src/db.ts'), {
  'mssql: a pool for each query': `
    const sql = require('mssql');
    async function getUsers() {
      const pool = new sql.ConnectionPool(config); //! built: oneShot, likely
      await pool.connect();
      const result = await pool.request().query('SELECT * FROM users');
      await pool.close();
      return result.recordset;
    }
    module.exports = getUsers;
  `,
  'knex for each call': `
    import knex from 'knex';
    export async function listUsers() {
      const db = knex({ client: 'pg', connection: process.env.DB }); //! built: oneShot, likely
      try {
        return await db('users').select('*');
      } finally {
        await db.destroy();
      }
    }
  `,
  'postgres.js for each call': `
    import postgres from 'postgres';
    export async function getPosts() {
      const sql = postgres(process.env.DATABASE_URL!); //! built: oneShot, likely
      const posts = await sql\`SELECT * FROM posts\`;
      await sql.end();
      return posts;
    }
  `,
  'mongo for each call': `
    import { MongoClient } from 'mongodb';
    export async function saveOrder(order) {
      const client = new MongoClient(process.env.URI!); //! built: oneShot, likely
      try {
        await client.connect();
        await client.db('shop').collection('orders').insertOne(order);
      } finally {
        await client.close();
      }
    }
  `,
  'drizzle over a connection for each call': `
    import { drizzle } from 'drizzle-orm/mysql2';
    import mysql from 'mysql2/promise';
    export async function findOrders(id: number) {
      const connection = await mysql.createConnection(process.env.DB!); //! built: oneShot, likely
      const db = drizzle(connection);
      const rows = await db.select().from(orders);
      await connection.end();
      return rows;
    }
  `,
  'drizzle over a pool that is forgotten': fails(
    'lent to a borrower and forgotten',
    `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { Pool } from 'pg';
    export async function findOrders(id: number) {
      const db = drizzle(new Pool()); //! built: oneShot, likely
      return db.select().from(orders);
    }
    `,
  ),
  'oracledb without a pool': `
    const oracledb = require('oracledb');
    exports.employees = async function () {
      let connection;
      try {
        connection = await oracledb.getConnection({ user: 'hr', password, connectString }); //! built: oneShot, likely
        return (await connection.execute('SELECT * FROM employees')).rows;
      } finally {
        if (connection) await connection.close();
      }
    };
  `,
  tedious: `
    const { Connection, Request } = require('tedious');
    exports.load = (callback) => {
      const connection = new Connection(config); //! built: oneShot, likely
      connection.on('connect', (error) => {
        if (error) return callback(error);
        connection.execSql(new Request('SELECT 1', (failed, count) => {
          connection.close();
          callback(failed, count);
        }));
      });
      connection.connect();
    };
  `,
  'an agent for each call': fails(
    'lent to a borrower and forgotten',
    `
    import { Agent, fetch } from 'undici';
    export async function load(url: string) {
      const dispatcher = new Agent({ connect: { rejectUnauthorized: false } }); //! built: oneShot, likely
      const response = await fetch(url, { dispatcher });
      return response.json();
    }
    `,
  ),
  'an http agent with keepAlive for each call': fails(
    'lent to a borrower and forgotten',
    `
    import https from 'node:https';
    import fetch from 'node-fetch';
    export async function load(url: string) {
      const agent = new https.Agent({ keepAlive: true }); //! built: oneShot, likely
      return (await fetch(url, { agent })).json();
    }
    `,
  ),
  'one called by main only': `
    import { Client } from 'pg';
    async function load() {
      const client = new Client(); //! built
      await client.connect();
      const { rows } = await client.query('SELECT * FROM a');
      await client.end();
      return rows;
    }
    async function main() {
      console.log(await load());
    }
    main();
  `,
  'one called at top level': `
    import { Client } from 'pg';
    async function loadConfiguration() {
      const client = new Client(); //! built
      await client.connect();
      const { rows } = await client.query('SELECT * FROM config');
      await client.end();
      return rows;
    }
    export const configuration = await loadConfiguration();
  `,
  'one given to listen, onReady, bootstrap hooks': `
    import { Client } from 'pg';
    async function warm() {
      const client = new Client(); //! built
      await client.connect();
      await client.query('SELECT * FROM a');
      await client.end();
    }
    app.listen(3000, warm);
  `,
  'one called by start': `
    import { Client } from 'pg';
    async function loadFlags() {
      const client = new Client(); //! built
      await client.connect();
      const { rows } = await client.query('SELECT * FROM flags');
      await client.end();
      return rows;
    }
    export async function start() {
      const flags = await loadFlags();
      return createServer(flags);
    }
  `,
  'with the credentials of a user': `
    import { Client } from 'pg';
    export async function asUser(user: string, password: string) {
      const client = new Client({ user, password }); //! built
      await client.connect();
      const { rows } = await client.query('SELECT * FROM mine');
      await client.end();
      return rows;
    }
  `,
  'cancelling a query': `
    import { Client } from 'pg';
    export async function cancel(pid: number) {
      const client = new Client(); //! built
      await client.connect();
      await client.query('SELECT pg_cancel_backend($1)', [pid]);
      await client.end();
    }
  `,
  'COPY, which a pooled connection can do, too': `
    import { Client } from 'pg';
    import { from } from 'pg-copy-streams';
    export async function load(file) {
      const client = new Client(); //! built: oneShot, likely
      await client.connect();
      const stream = client.query(from('COPY big FROM STDIN'));
      await pipeline(file, stream);
      await client.end();
    }
  `,
  'a redis for blocking pops': `
    import { Redis } from 'ioredis';
    export async function* jobs() {
      const redis = new Redis(); //! built
      try {
        while (true) yield await redis.blpop('jobs', 0);
      } finally {
        redis.disconnect();
      }
    }
  `,
  'amqp RPC that listens': `
    import amqp from 'amqplib';
    export async function startWorker() {
      const connection = await amqp.connect(process.env.AMQP!); //! built
      const channel = await connection.createChannel();
      channel.prefetch(1);
      await channel.consume('jobs', (message) => work(channel, message));
      process.once('SIGINT', () => connection.close());
    }
  `,
});

testSnippets('odd syntax', inFile, {
  'empty, spread, computed, optional': `
    import * as pg from 'pg';
    const make = { ['po' + 'ol']: () => new pg.Pool(...args) }; //! built
    const C = class extends pg.Pool {};
    new C();
    label: for (;;) { new (pg.Pool)(); break label; } //! built: loop, likely
    export const lazy = async () => (await import('pg')).default;
    (pg.Pool as any)();
    new (pg?.Pool)(); //! built
  `,
  'a generator handler and a getter': `
    import Koa from 'koa';
    import { Pool } from 'pg';
    const app = new Koa();
    app.use(function* () {
      const pool = new Pool(); //! built: slot
      this.body = yield pool.query('SELECT 1');
    });
  `,
  recursion: `
    import { Client } from 'pg';
    async function walk(node) {
      const client = new Client(process.env.DB); //! built: loop, likely
      await client.connect();
      await client.query('SELECT * FROM nodes WHERE parent = $1', [node]);
      await client.end();
      for (const child of node.children) await walk(child);
    }
    export { walk };
  `,
  'mutual recursion': `
    import { Client } from 'pg';
    function a() { return b(); }
    function b() { const c = new Client(); a(); return c; } //! built
    export { a };
  `,
});
