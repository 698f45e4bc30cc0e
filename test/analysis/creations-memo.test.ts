import { testSnippets } from './snippets.ts';

const inFile = { of: 'creations' } as const;

testSnippets('kept in a module variable', inFile, {
  'if (!pool)': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    export function getPool(): Pool {
      if (!pool) {
        pool = new Pool({ connectionString: process.env.DATABASE_URL }); //! built
      }
      return pool;
    }
    app.get('/users', async (req, res) => {
      const { rows } = await getPool().query('SELECT * FROM users');
      res.json(rows);
    });
  `,
  'if (!pool) without braces, inside the handler': `
    import mysql from 'mysql2/promise';
    let pool = null;
    export const handler = async (event) => {
      if (!pool) pool = mysql.createPool(process.env.DATABASE_URL); //! built
      const [rows] = await pool.query('SELECT 1');
      return { statusCode: 200, body: JSON.stringify(rows) };
    };
  `,
  'early return': `
    const { Pool } = require('pg');
    let pool;
    function getPool() {
      if (pool) return pool;
      pool = new Pool({ max: 10 }); //! built
      pool.on('error', (err) => console.error('idle client', err));
      return pool;
    }
    module.exports = { query: (text, params) => getPool().query(text, params) };
  `,
  'early return with !== undefined': `
    import { createPool, Pool } from 'mysql2/promise';
    let shared: Pool | undefined = undefined;
    export function db(): Pool {
      if (shared !== undefined) {
        return shared;
      }
      shared = createPool({ host: 'db', connectionLimit: 5 }); //! built
      return shared;
    }
    router.get('/orders', async (req, res) => res.json(await db().query('SELECT * FROM orders')));
  `,
  'pool === null': `
    import { Pool } from 'pg';
    let pool: Pool | null = null;
    export async function query(text: string) {
      if (pool === null) {
        pool = new Pool(); //! built
      }
      return pool.query(text);
    }
  `,
  'typeof pool === undefined': `
      const mysql = require('mysql2');
      var pool;
      exports.handler = async function (event, context) {
        if (typeof pool === 'undefined') {
          pool = mysql.createPool({ connectionLimit: 1, host: process.env.DB_HOST }); //! built
        }
        return pool.promise().query('SELECT 1');
      };
  `,
  'pool == null': `
    import { Pool } from 'pg';
    let pool: Pool | null = null;
    app.get('/users', async (req, res) => {
      if (pool == null) pool = new Pool(); //! built
      res.json((await pool.query('SELECT 1')).rows);
    });
  `,
  '??=': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    app.get('/users', async (req, res) => {
      pool ??= new Pool({ connectionString: process.env.DATABASE_URL }); //! built
      res.json((await pool.query('SELECT * FROM users')).rows);
    });
  `,
  '||=': `
    import { PrismaClient } from '@prisma/client';
    let prisma;
    export async function GET() {
      prisma ||= new PrismaClient(); //! built
      return Response.json(await prisma.user.findMany());
    }
  `,
  'pool = pool || new Pool()': `
    const { Pool } = require('pg');
    let pool;
    module.exports.handler = async (event) => {
      pool = pool || new Pool(); //! built
      return (await pool.query('SELECT 1')).rows;
    };
  `,
  'pool = pool ?? new Pool()': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    const getPool = () => (pool = pool ?? new Pool()); //! built
    app.get('/', async (req, res) => res.json(await getPool().query('SELECT 1')));
  `,
  'return (pool ??= new Pool())': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    const getPool = () => (pool ??= new Pool()); //! built
    app.get('/', async (req, res) => res.json(await getPool().query('SELECT 1')));
  `,
  'pool && return': `
    import { MongoClient } from 'mongodb';
    let client, db;
    export async function connectToDatabase() {
      if (client && db) {
        return { client, db };
      }
      client = new MongoClient(process.env.MONGODB_URI); //! built
      await client.connect();
      db = client.db(process.env.MONGODB_DB);
      return { client, db };
    }
    export default async function handler(req, res) {
      const { db } = await connectToDatabase();
      res.json(await db.collection('users').find().toArray());
    }
  `,
  'cached by another variable: if (cachedDb) return cachedDb': `
      const { MongoClient } = require('mongodb');
      let cachedDb = null;
      async function connectToDatabase(uri) {
        if (cachedDb) {
          return cachedDb;
        }
        const client = await MongoClient.connect(uri); //! built
        const db = await client.db('sample');
        cachedDb = db;
        return db;
      }
      module.exports.handler = async (event, context) => {
        context.callbackWaitsForEmptyEventLoop = false;
        const db = await connectToDatabase(process.env.MONGODB_URI);
        return db.collection('movies').find({}).limit(20).toArray();
      };
  `,
  'a const, then kept': `
    import { Pool } from 'pg';
    let cached: Pool | undefined;
    function getPool() {
      if (cached) return cached;
      const pool = new Pool(); //! built
      pool.on('error', report);
      cached = pool;
      return cached;
    }
    app.get('/', async (req, res) => res.json(await getPool().query('SELECT 1')));
  `,
  'a ternary': `
    import { Pool } from 'pg';
    let pool: Pool;
    export const handler = async (event: APIGatewayProxyEvent) => {
      const db = pool ? pool : (pool = new Pool()); //! built
      return (await db.query('SELECT 1')).rows;
    };
  `,
  'a flag beside it': `
    import { createClient } from 'redis';
    let client;
    let connected = false;
    export async function handler(event) {
      if (!connected) {
        client = createClient({ url: process.env.REDIS_URL }); //! built
        await client.connect();
        connected = true;
      }
      return client.get(event.key);
    }
  `,
  'a flag beside it, early return': `
    const mongoose = require('mongoose');
    const { MongoClient } = require('mongodb');
    let isConnected = false;
    let client;
    async function connect() {
      if (isConnected) return client;
      client = new MongoClient(process.env.URI); //! built
      await client.connect();
      isConnected = true;
      return client;
    }
    app.use(async (req, res, next) => { req.mongo = await connect(); next(); });
  `,
  'a promise: ??= client.connect()': `
    import { MongoClient } from 'mongodb';
    let clientPromise: Promise<MongoClient> | undefined;
    export function getClient() {
      clientPromise ??= new MongoClient(process.env.MONGODB_URI!).connect(); //! built
      return clientPromise;
    }
    app.get('/', async (req, res) => res.json(await (await getClient()).db().collection('a').find().toArray()));
  `,
  'a promise of an async function called at once': `
    import oracledb from 'oracledb';
    let poolPromise: Promise<oracledb.Pool> | undefined;
    export const getPool = () => {
      if (!poolPromise) {
        poolPromise = (async () => {
          const pool = await oracledb.createPool({ poolMax: 4 }); //! built
          return pool;
        })();
      }
      return poolPromise;
    };
    export const handler = async (event, context) => (await getPool()).getConnection();
  `,
  'a promise, forgotten when it fails': `
    import mysql from 'mysql2/promise';
    let connecting;
    const connect = async () => {
      const connection = await mysql.createConnection(process.env.DATABASE_URL); //! built
      connection.on('error', () => { connecting = undefined; });
      return connection;
    };
    export const handler = async (event) => {
      connecting ??= connect().catch((error) => { connecting = undefined; throw error; });
      return (await connecting).query('SELECT 1');
    };
  `,
  'of an object: state.pool': `
    import { Pool } from 'pg';
    const state: { pool?: Pool } = {};
    app.get('/', async (req, res) => {
      if (!state.pool) state.pool = new Pool(); //! built
      res.json(await state.pool.query('SELECT 1'));
    });
  `,
  'of an object: cached.conn and cached.promise': `
    import { MongoClient } from 'mongodb';
    const cached = { conn: null, promise: null };
    export default async function handler(req, res) {
      if (cached.conn) return res.json(await cached.conn.db().collection('a').findOne());
      if (!cached.promise) {
        cached.promise = new MongoClient(process.env.URI).connect(); //! built
      }
      cached.conn = await cached.promise;
      res.json(await cached.conn.db().collection('a').findOne());
    }
  `,
  'of app: app.locals.pool': `
    const express = require('express');
    const { Pool } = require('pg');
    const app = express();
    app.use((req, res, next) => {
      if (!app.locals.pool) app.locals.pool = new Pool(); //! built
      next();
    });
  `,
  'inside another condition': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    app.get('/', async (req, res) => {
      if (process.env.DATABASE_URL) {
        if (!pool) {
          try {
            pool = new Pool({ connectionString: process.env.DATABASE_URL }); //! built
          } catch (error) {
            return res.status(500).end();
          }
        }
        return res.json(await pool.query('SELECT 1'));
      }
      res.status(503).end();
    });
  `,
  'built by a helper, kept by its caller': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    function createPool() {
      return new Pool({ max: 5 }); //! built
    }
    app.get('/', async (req, res) => {
      pool ??= createPool();
      res.json(await pool.query('SELECT 1'));
    });
  `,
  'set by an init function that the guard calls': `
      import { Pool } from 'pg';
      let pool: Pool | undefined;
      function init() {
        pool = new Pool(); //! built
      }
      app.get('/', async (req, res) => {
        if (!pool) init();
        res.json(await pool!.query('SELECT 1'));
      });
  `,
  'read and write pools': `
    import { Pool } from 'pg';
    let writer: Pool | undefined;
    let reader: Pool | undefined;
    export function pools() {
      if (!writer || !reader) {
        writer = new Pool({ connectionString: process.env.WRITER }); //! built
        reader = new Pool({ connectionString: process.env.READER }); //! built
      }
      return { writer, reader };
    }
    router.get('/', async (req, res) => res.json(await pools().reader.query('SELECT 1')));
  `,
  'rebuilt when it was ended': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    export function getPool() {
      if (!pool || pool.ended) {
        pool = new Pool(); //! built
      }
      return pool;
    }
    app.get('/', async (req, res) => res.json(await getPool().query('SELECT 1')));
  `,
  'drizzle over it': `
    import { drizzle, NodePgDatabase } from 'drizzle-orm/node-postgres';
    import { Pool } from 'pg';
    let db: NodePgDatabase | undefined;
    export function getDb() {
      if (!db) {
        const pool = new Pool({ connectionString: process.env.DATABASE_URL }); //! built
        db = drizzle(pool);
      }
      return db;
    }
    export async function GET() {
      return Response.json(await getDb().select().from(users));
    }
  `,
  'kysely with a dialect over it': `
    import { Kysely, PostgresDialect } from 'kysely';
    import { Pool } from 'pg';
    let db: Kysely<Database> | undefined;
    export const getDb = () =>
      (db ??= new Kysely<Database>({ dialect: new PostgresDialect({ pool: new Pool() }) })); //! built
    app.get('/', async (c) => c.json(await getDb().selectFrom('users').selectAll().execute()));
  `,
});

testSnippets('kept on globalThis', inFile, {
  'globalThis ??=': `
    import { Pool } from 'pg';
    export function getPool() {
      return (globalThis.pool ??= new Pool()); //! built
    }
    app.get('/', async (req, res) => res.json(await getPool().query('SELECT 1')));
  `,
  'if (!global._mongo)': `
    const { MongoClient } = require('mongodb');
    module.exports = async function connect() {
      if (!global._mongo) {
        global._mongo = new MongoClient(process.env.MONGO_URL).connect(); //! built
      }
      return global._mongo;
    };
  `,
  'a symbol': `
      import { Pool } from 'pg';
      const KEY = Symbol.for('app.pool');
      export function pool(): Pool {
        const store = globalThis as unknown as Record<symbol, Pool | undefined>;
        return (store[KEY] ??= new Pool()); //! built
      }
      app.get('/', async (req, res) => res.json(await pool().query('SELECT 1')));
  `,
  'a symbol, with if': `
    import { Redis } from 'ioredis';
    const KEY = Symbol.for('app.redis');
    export async function GET() {
      if (!(globalThis as any)[KEY]) {
        (globalThis as any)[KEY] = new Redis(process.env.REDIS_URL!); //! built
      }
      return Response.json(await (globalThis as any)[KEY].get('x'));
    }
  `,
  'in globalThis': `
      import { Pool } from 'pg';
      export function singleton() {
        if (!('pool' in globalThis)) {
          globalThis.pool = new Pool(); //! built
        }
        return globalThis.pool;
      }
      export const handler = async (event, context) => singleton().query('SELECT 1');
  `,
  process: `
    const { Pool } = require('pg');
    exports.getPool = () => {
      if (!process.appPool) process.appPool = new Pool(); //! built
      return process.appPool;
    };
    exports.handler = async () => exports.getPool().query('SELECT 1');
  `,
  'a helper: singleton(name, make)': `
    import { PrismaClient } from '@prisma/client';
    function singleton<T>(name: string, make: () => T): T {
      const store = globalThis as any;
      store.__singletons ??= {};
      store.__singletons[name] ??= make();
      return store.__singletons[name];
    }
    export const prisma = singleton('prisma', () => new PrismaClient()); //! built
  `,
  'remember (epic-web)': `
    import { remember } from '@epic-web/remember';
    import { PrismaClient } from '@prisma/client';
    export const prisma = remember('prisma', () => {
      const client = new PrismaClient({ log: ['error'] }); //! built
      void client.$connect();
      return client;
    });
  `,
});

testSnippets('kept in a Map or by key', inFile, {
  'has, get, set': `
    import { Pool } from 'pg';
    const pools = new Map<string, Pool>();
    export function poolFor(tenant: string): Pool {
      if (!pools.has(tenant)) {
        pools.set(tenant, new Pool({ database: tenant })); //! built
      }
      return pools.get(tenant)!;
    }
    app.get('/', async (req, res) => res.json(await poolFor(req.params.tenant).query('SELECT 1')));
  `,
  'get, early return, set': `
    import { Pool } from 'pg';
    const pools = new Map<string, Pool>();
    function poolFor(tenant: string) {
      const known = pools.get(tenant);
      if (known) return known;
      const pool = new Pool({ database: tenant }); //! built
      pools.set(tenant, pool);
      return pool;
    }
    app.use(async (req, res, next) => {
      req.db = poolFor(req.get('x-tenant'));
      next();
    });
  `,
  'let pool = get; if (!pool) set': `
    import { PrismaClient } from '@prisma/client';
    const clients = new Map();
    export async function handler(event) {
      let prisma = clients.get(event.tenant);
      if (!prisma) {
        prisma = new PrismaClient({ datasources: { db: { url: urlOf(event.tenant) } } }); //! built
        clients.set(event.tenant, prisma);
      }
      return prisma.user.findMany();
    }
  `,
  'let pool = get; pool = new; set in another order': `
    import { Sequelize } from 'sequelize';
    const connections = {};
    module.exports = (tenant) => {
      let sequelize = connections[tenant];
      if (!sequelize) {
        connections[tenant] = sequelize = new Sequelize(tenant, 'u', 'p', { dialect: 'postgres' }); //! built
      }
      return sequelize;
    };
  `,
  'an object by key: if (!pools[key])': `
    const mysql = require('mysql2');
    const pools = {};
    router.use((req, res, next) => {
      const key = req.headers['x-tenant'];
      if (!pools[key]) {
        pools[key] = mysql.createPool({ database: key }); //! built
      }
      req.pool = pools[key];
      next();
    });
  `,
  'an object by key: ??=': `
    import knex from 'knex';
    const knexes: Record<string, ReturnType<typeof knex>> = {};
    const of = (tenant: string) => (knexes[tenant] ??= knex({ client: 'pg', connection: tenant })); //! built
    app.get('/', async (req, res) => res.json(await of(req.params.tenant)('users')));
  `,
  'early return: if (pools[key]) return pools[key]': `
    const { Pool } = require('pg');
    const pools = {};
    function getPool(name) {
      if (pools[name]) return pools[name];
      return (pools[name] = new Pool({ database: name })); //! built
    }
    app.get('/', async (req, res) => res.json(await getPool(req.query.db).query('SELECT 1')));
  `,
  'key in object': `
      const { Pool } = require('pg');
      const pools = {};
      app.get('/', async (req, res) => {
        const { db } = req.query;
        if (!(db in pools)) pools[db] = new Pool({ database: db }); //! built
        res.json(await pools[db].query('SELECT 1'));
      });
  `,
  'an LRU cache': `
    import { LRUCache } from 'lru-cache';
    import { Pool } from 'pg';
    const cache = new LRUCache<string, Pool>({ max: 50, dispose: (pool) => void pool.end() });
    export function forTenant(id: string) {
      let pool = cache.get(id);
      if (!pool) {
        pool = new Pool({ connectionString: urlOf(id), max: 2 }); //! built
        cache.set(id, pool);
      }
      return pool;
    }
    app.get('/', async (req, res) => res.json(await forTenant(req.params.id).query('SELECT 1')));
  `,
  'an LRU cache that fetches': `
    import { LRUCache } from 'lru-cache';
    import { Pool } from 'pg';
    const cache = new LRUCache<string, Pool>({
      max: 50,
      fetchMethod: async (id) => new Pool({ connectionString: await urlOf(id), max: 2 }), //! built
    });
    app.get('/', async (req, res) => res.json(await (await cache.fetch(req.params.id)).query('SELECT 1')));
  `,
  'a field of a service': `
    import { Injectable } from '@nestjs/common';
    import { DataSource } from 'typeorm';
    @Injectable()
    export class TenantService {
      private readonly sources = new Map<string, DataSource>();
      async get(tenant: string): Promise<DataSource> {
        const known = this.sources.get(tenant);
        if (known?.isInitialized) return known;
        const source = new DataSource({ type: 'postgres', database: tenant }); //! built
        await source.initialize();
        this.sources.set(tenant, source);
        return source;
      }
    }
  `,
  'promises by key': `
    import { MongoClient } from 'mongodb';
    const clients = new Map<string, Promise<MongoClient>>();
    export function clientOf(uri: string) {
      let promise = clients.get(uri);
      if (!promise) {
        promise = MongoClient.connect(uri); //! built
        promise.catch(() => clients.delete(uri));
        clients.set(uri, promise);
      }
      return promise;
    }
    export const handler = async (event) => (await clientOf(event.uri)).db().collection('a').findOne();
  `,
  'a WeakMap by config': `
    import { Agent } from 'undici';
    const agents = new WeakMap<object, Agent>();
    export function agentOf(config: object) {
      let agent = agents.get(config);
      if (agent === undefined) agents.set(config, (agent = new Agent({ connections: 8 }))); //! built
      return agent;
    }
  `,
  'try to find, else make': `
    import Redis from 'ioredis';
    const clients: Record<string, Redis> = {};
    export const getClient = (name: string): Redis => {
      if (clients.hasOwnProperty(name)) return clients[name];
      const client = new Redis({ keyPrefix: name }); //! built
      clients[name] = client;
      return client;
    };
    app.get('/', async (req, res) => res.json(await getClient('a').get('b')));
  `,
  'Object.hasOwn': `
    import Redis from 'ioredis';
    const clients: Record<string, Redis> = {};
    app.get('/', async (req, res) => {
      if (!Object.hasOwn(clients, req.params.name)) clients[req.params.name] = new Redis(); //! built
      res.json(await clients[req.params.name].get('b'));
    });
  `,
  'an array searched by key': `
    const { Pool } = require('pg');
    const known = [];
    function getPool(name) {
      const found = known.find((one) => one.name === name);
      if (found) return found.pool;
      const pool = new Pool({ database: name }); //! built
      known.push({ name, pool });
      return pool;
    }
    app.get('/', async (req, res) => res.json(await getPool(req.query.db).query('SELECT 1')));
  `,
});

testSnippets('wrapped in once', inFile, {
  'an own once': `
    import { Pool } from 'pg';
    import { once } from './once.js';
    const getPool = once(() => new Pool()); //! built
    app.get('/', async (req, res) => res.json(await getPool().query('SELECT 1')));
  `,
  'lodash once': `
    import _ from 'lodash';
    import { Pool } from 'pg';
    const getPool = _.once(() => {
      const pool = new Pool(); //! built
      return pool;
    });
    app.get('/', async (req, res) => res.json(await getPool().query('SELECT 1')));
  `,
  'lodash memoize by key': `
    import memoize from 'lodash/memoize';
    import { Pool } from 'pg';
    const poolOf = memoize((tenant: string) => new Pool({ database: tenant })); //! built
    app.get('/:tenant', async (req, res) => res.json(await poolOf(req.params.tenant).query('SELECT 1')));
  `,
  'p-memoize': `
    import pMemoize from 'p-memoize';
    import mysql from 'mysql2/promise';
    const connect = pMemoize(async () => mysql.createConnection(process.env.DB!)); //! built
    export const handler = async (event) => (await connect()).query('SELECT 1');
  `,
  'React cache': `
    import { cache } from 'react';
    import postgres from 'postgres';
    let sql;
    export const getSql = cache(() => (sql ??= postgres(process.env.DATABASE_URL!))); //! built
  `,
  'an own lazy with a closure': `
    import { Pool } from 'pg';
    function lazy<T>(make: () => T): () => T {
      let value: T | undefined;
      return () => (value ??= make());
    }
    const pool = lazy(() => new Pool()); //! built
    app.get('/', async (req, res) => res.json(await pool().query('SELECT 1')));
  `,
  'a closure called at once': `
    const { Pool } = require('pg');
    const db = (() => {
      let pool;
      return {
        get() {
          if (!pool) pool = new Pool(); //! built
          return pool;
        },
      };
    })();
    app.get('/', async (req, res) => res.json(await db.get().query('SELECT 1')));
  `,
  'a lazy proxy': `
    import { PrismaClient } from '@prisma/client';
    let client: PrismaClient | undefined;
    export const prisma = new Proxy({} as PrismaClient, {
      get(_target, key) {
        client ??= new PrismaClient(); //! built
        return Reflect.get(client, key);
      },
    });
  `,
  'a lazy getter of an object': `
    import Redis from 'ioredis';
    const connections = {
      _redis: undefined as Redis | undefined,
      get redis() {
        if (!this._redis) this._redis = new Redis(); //! built
        return this._redis;
      },
    };
    app.get('/', async (req, res) => res.json(await connections.redis.get('a')));
  `,
  'a getter that replaces itself': `
    import Redis from 'ioredis';
    export const connections = {
      get redis() {
        const value = new Redis(); //! built
        Object.defineProperty(this, 'redis', { value });
        return value;
      },
    };
    app.get('/', async (req, res) => res.json(await connections.redis.get('a')));
  `,
});

testSnippets('kept in a class', inFile, {
  'getInstance with a private constructor': `
    import { Pool } from 'pg';
    export class Database {
      private static instance: Database;
      private readonly pool: Pool;
      private constructor() {
        this.pool = new Pool(); //! built
      }
      static getInstance(): Database {
        if (!Database.instance) Database.instance = new Database();
        return Database.instance;
      }
      query(text: string) { return this.pool.query(text); }
    }
    app.get('/', async (req, res) => res.json(await Database.getInstance().query('SELECT 1')));
  `,
  'a static field': `
    import { Pool } from 'pg';
    class Db {
      static #pool?: Pool;
      static get pool() {
        return (Db.#pool ??= new Pool()); //! built
      }
    }
    app.get('/', async (req, res) => res.json(await Db.pool.query('SELECT 1')));
  `,
  'this in a static method': `
    import { MongoClient } from 'mongodb';
    class Mongo {
      static client;
      static async get() {
        if (this.client) return this.client;
        this.client = await MongoClient.connect(process.env.URI); //! built
        return this.client;
      }
    }
    export const handler = async (event) => (await Mongo.get()).db().collection('a').findOne();
  `,
  'a lazy field of a service': `
    import { Injectable } from '@nestjs/common';
    import { createClient } from 'redis';
    @Injectable()
    export class CacheService {
      private client;
      async getClient() {
        if (!this.client) {
          this.client = createClient({ url: process.env.REDIS }); //! built
          await this.client.connect();
        }
        return this.client;
      }
      async get(key: string) { return (await this.getClient()).get(key); }
    }
  `,
  'connect() of a service keeps it in a field': `
    import amqp from 'amqplib';
    export class Queue {
      private connection?: amqp.ChannelModel;
      async connect() {
        this.connection = await amqp.connect(process.env.AMQP!); //! built
        this.connection.on('close', () => setTimeout(() => this.connect(), 1000));
      }
      async publish(queue: string, text: string) {
        const channel = await this.connection!.createChannel();
        channel.sendToQueue(queue, Buffer.from(text));
      }
    }
  `,
  'the constructor of a service': `
    import { Pool } from 'pg';
    export class UserRepository {
      private pool: Pool;
      constructor(url: string) {
        this.pool = new Pool({ connectionString: url }); //! built
      }
      find(id: number) { return this.pool.query('SELECT * FROM users WHERE id = $1', [id]); }
    }
  `,
  'a field initialiser': `
    import { PrismaClient } from '@prisma/client';
    class UserController {
      private prisma = new PrismaClient(); //! built
      list = async (req, res) => res.json(await this.prisma.user.findMany());
    }
    const users = new UserController();
    app.get('/users', users.list);
  `,
  'a static block': `
    import { Pool } from 'pg';
    class Db {
      static pool: Pool;
      static {
        Db.pool = new Pool(); //! built
      }
    }
  `,
});
