import { testSnippets } from './snippets.ts';

const inFile = { of: 'creations' } as const;

testSnippets('kept, in other words', inFile, {
  'a promise kept by a field, built by another method': `
    import amqp from 'amqplib';
    export class Broker {
      private connecting?: Promise<amqp.ChannelModel>;
      private open() {
        return amqp.connect(this.url); //! built
      }
      connection() {
        this.connecting ??= this.open();
        return this.connecting;
      }
      async publish(queue: string, text: string) {
        const connection = await this.connection();
        const channel = await connection.createChannel();
        channel.sendToQueue(queue, Buffer.from(text));
      }
    }
  `,
  'a private method behind a guard of the caller': `
    import { Controller, Get } from '@nestjs/common';
    import { createClient } from 'redis';
    @Controller()
    export class StatsController {
      private client;
      private async connect() {
        this.client = createClient(); //! built
        await this.client.connect();
      }
      @Get()
      async stats() {
        if (!this.client) await this.connect();
        return this.client.get('stats');
      }
    }
  `,
  'a lock around a lazy connection': `
    import { Mutex } from 'async-mutex';
    import mysql from 'mysql2/promise';
    const mutex = new Mutex();
    let connection;
    export const getConnection = () =>
      mutex.runExclusive(async () => {
        if (connection) return connection;
        connection = await mysql.createConnection(process.env.DB!); //! built
        return connection;
      });
    app.get('/', async (req, res) => res.json(await (await getConnection()).query('SELECT 1')));
  `,
  'a guard with try around it': `
    const { Client } = require('pg');
    let client;
    async function connect() {
      if (client) return client;
      try {
        client = new Client(process.env.DATABASE_URL); //! built
        await client.connect();
      } catch (error) {
        client = undefined;
        throw error;
      }
      return client;
    }
    exports.handler = async (event, context) => (await connect()).query('SELECT 1');
  `,
  'connected lazily by a ready state': `
    const mongoose = require('mongoose');
    let conn = null;
    exports.handler = async function (event, context) {
      context.callbackWaitsForEmptyEventLoop = false;
      if (conn == null) {
        conn = mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5000 }); //! built
        await conn.asPromise();
        conn.model('Test', new mongoose.Schema({ name: String }));
      }
      return conn.model('Test').findOne();
    };
  `,
  'renewed when its token expires': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    let expires = 0;
    async function getPool() {
      if (!pool || Date.now() > expires) {
        const token = await signer.getAuthToken();
        await pool?.end();
        pool = new Pool({ password: token }); //! built
        expires = Date.now() + 14 * 60_000;
      }
      return pool;
    }
    export const handler = async (event, context) => (await getPool()).query('SELECT 1');
  `,
  'renewed when it is not healthy': `
    import { createClient } from 'redis';
    let client: ReturnType<typeof createClient> | null = null;
    export async function getRedis() {
      if (client?.isOpen) return client;
      client = createClient({ url: process.env.REDIS_URL }); //! built
      client.on('error', console.error);
      await client.connect();
      return client;
    }
    export async function GET() { return Response.json(await (await getRedis()).get('a')); }
  `,
  'switch on the state': `
    import { Pool } from 'pg';
    let pool: Pool | undefined;
    let state = 'idle';
    app.get('/', async (req, res) => {
      switch (state) {
        case 'idle':
          pool = new Pool(); //! built
          state = 'ready';
      }
      res.json((await pool!.query('SELECT 1')).rows);
    });
  `,
  'while (!pool)': `
    import oracledb from 'oracledb';
    let pool: oracledb.Pool | undefined;
    async function getPool() {
      while (!pool) {
        try {
          pool = await oracledb.createPool(config); //! built
        } catch (error) {
          await sleep(1000);
        }
      }
      return pool;
    }
    app.get('/', async (req, res) => res.json(await (await getPool()).getConnection()));
  `,
  'an IIFE that fills a variable': `
    const mysql = require('mysql2/promise');
    let pool;
    (async () => {
      pool = await mysql.createPool({ host: 'db' }); //! built
    })();
    app.get('/', async (req, res) => res.json(await pool.query('SELECT 1')));
  `,
  'a then that fills a variable': `
    const { MongoClient } = require('mongodb');
    let db;
    MongoClient.connect(process.env.URI).then((client) => { //! built
      db = client.db('shop');
      app.listen(3000);
    });
    app.get('/', async (req, res) => res.json(await db.collection('a').find().toArray()));
  `,
  'a callback that fills a variable and mounts the routes': `
    const MongoClient = require('mongodb').MongoClient;
    MongoClient.connect(url, (err, client) => { //! built
      if (err) throw err;
      const db = client.db('shop');
      app.get('/items', (req, res) => db.collection('items').find().toArray().then((items) => res.json(items)));
      app.listen(3000);
    });
  `,
  'the connection of express-session, knex in a module of models': `
    const Knex = require('knex');
    const { Model } = require('objection');
    const config = require('./knexfile');
    const knex = Knex(config[process.env.NODE_ENV || 'development']); //! built
    Model.knex(knex);
    module.exports = knex;
  `,
  'sequelize of the CLI: a loop over model files': `
    const fs = require('fs');
    const path = require('path');
    const Sequelize = require('sequelize');
    const config = require('../config/config.json').development;
    const db = {};
    let sequelize;
    if (config.use_env_variable) {
      sequelize = new Sequelize(process.env[config.use_env_variable], config); //! built
    } else {
      sequelize = new Sequelize(config.database, config.username, config.password, config); //! built
    }
    fs.readdirSync(__dirname).forEach((file) => {
      const model = require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes);
      db[model.name] = model;
    });
    db.sequelize = sequelize;
    module.exports = db;
  `,
  'a class exported as an instance': `
    const { Pool } = require('pg');
    class Database {
      constructor() {
        this.pool = new Pool(); //! built
      }
      async query(text) { return this.pool.query(text); }
    }
    module.exports = new Database();
  `,
  'a repository constructed with a default': `
    import { Pool } from 'pg';
    export class Repository {
      constructor(private readonly pool = new Pool()) {} //! built
    }
  `,
  'a parameter default of a factory': `
    import { Pool } from 'pg';
    export function createRepository({ pool = new Pool() } = {}) { //! built
      return { all: () => pool.query('SELECT 1') };
    }
  `,
  'an abstract factory method of a class': `
    import mysql from 'mysql2/promise';
    export class MysqlAdapter extends Adapter {
      protected createPool() {
        return mysql.createPool(this.options); //! built
      }
    }
  `,
  'connect() that sets a static': `
    import mongoose from 'mongoose';
    import { MongoClient } from 'mongodb';
    export default class Mongo {
      static client: MongoClient;
      static async connect() {
        Mongo.client = await MongoClient.connect(process.env.URI!); //! built
      }
      static db() { return Mongo.client.db(); }
    }
  `,
  'a container of its own': `
    import { Pool } from 'pg';
    import { container } from './container.js';
    container.singleton('pool', () => new Pool()); //! built
    container.bind('redis', async () => makeRedis());
  `,
  AdonisJS: `
    import type { ApplicationService } from '@adonisjs/core/types';
    import { Redis } from 'ioredis';
    export default class RedisProvider {
      constructor(protected app: ApplicationService) {}
      register() {
        this.app.container.singleton('redis', () => new Redis()); //! built
      }
    }
  `,
  'tRPC over a module client': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient(); //! built
    export const createContext = () => ({ prisma });
  `,
  'the adapter of NextAuth': `
    import NextAuth from 'next-auth';
    import PostgresAdapter from '@auth/pg-adapter';
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    export const { handlers, auth } = NextAuth({ adapter: PostgresAdapter(pool) });
  `,
  'better-auth': `
    import { betterAuth } from 'better-auth';
    import { Pool } from 'pg';
    export const auth = betterAuth({ database: new Pool({ connectionString: process.env.DATABASE_URL }) }); //! built
  `,
  'Payload, Keystone, Strapi configs': `
    import { postgresAdapter } from '@payloadcms/db-postgres';
    import { buildConfig } from 'payload';
    import { Pool } from 'pg';
    export default buildConfig({
      db: postgresAdapter({ pool: { connectionString: process.env.DATABASE_URL } }),
      onInit: async (payload) => {
        payload.extra = new Pool(); //! built
      },
    });
  `,
  'express app with a before-start hook': `
    const { Client } = require('pg');
    const app = require('./app');
    const { Pool } = require('pg');
    async function start() {
      const pool = new Pool(); //! built
      app.set('pool', pool);
      await new Promise((resolve) => app.listen(3000, resolve));
    }
    start();
  `,
  'a worker thread': `
    import { parentPort } from 'node:worker_threads';
    import { Pool } from 'pg';
    const pool = new Pool({ max: 2 }); //! built
    parentPort.on('message', async (id) => parentPort.postMessage(await pool.query('SELECT 1')));
  `,
  'cluster workers': `
    import cluster from 'node:cluster';
    import { Pool } from 'pg';
    if (cluster.isPrimary) {
      for (let i = 0; i < 4; i++) cluster.fork();
    } else {
      const pool = new Pool(); //! built
      serve(pool);
    }
  `,
  'a reconnecting consumer': `
    import amqp from 'amqplib';
    async function start() {
      try {
        const connection = await amqp.connect(process.env.AMQP!); //! built
        connection.on('close', () => setTimeout(start, 5000));
        const channel = await connection.createChannel();
        await channel.consume('jobs', (message) => work(message));
      } catch (error) {
        setTimeout(start, 5000);
      }
    }
    start();
  `,
  'a reconnecting mysql connection of old': `
    var mysql = require('mysql');
    var connection;
    function handleDisconnect() {
      connection = mysql.createConnection(config); //! built
      connection.connect(function (err) {
        if (err) setTimeout(handleDisconnect, 2000);
      });
      connection.on('error', function (err) {
        if (err.code === 'PROTOCOL_CONNECTION_LOST') handleDisconnect();
        else throw err;
      });
    }
    handleDisconnect();
  `,
  'a consumer started by a function': `
    import { connect } from 'amqplib';
    export async function startConsumer(queue: string, onMessage: (m: string) => Promise<void>) {
      const connection = await connect(process.env.AMQP!); //! built
      const channel = await connection.createChannel();
      await channel.assertQueue(queue);
      await channel.consume(queue, async (message) => {
        await onMessage(message!.content.toString());
        channel.ack(message!);
      });
    }
  `,
  'a stream that lives on': `
    import { Client } from 'pg';
    import QueryStream from 'pg-query-stream';
    export async function exportRows(out: NodeJS.WritableStream) {
      const client = new Client(); //! built
      await client.connect();
      const stream = client.query(new QueryStream('SELECT * FROM big'));
      stream.on('end', () => client.end());
      stream.pipe(out);
    }
  `,
  'start and stop of a service object': `
    import { createClient } from 'redis';
    export function createCache(url: string) {
      let client;
      return {
        async start() {
          client = createClient({ url }); //! built
          await client.connect();
        },
        async stop() { await client.quit(); },
        get: (key: string) => client.get(key),
      };
    }
  `,
  'a benchmark loop': `
    import { Bench } from 'tinybench';
    import { Pool } from 'pg';
    const bench = new Bench();
    const pool = new Pool(); //! built
    bench.add('query', async () => { await pool.query('SELECT 1'); });
  `,
  'listing databases of a server with another database name': `
    import { Client } from 'pg';
    export async function createDatabaseIfNotExists(name: string) {
      const client = new Client({ database: 'postgres' }); //! built
      await client.connect();
      await client.query(\`CREATE DATABASE "\${name}"\`);
      await client.end();
    }
  `,
  'advisory lock for the life of a process': `
    import { Client } from 'pg';
    export async function becomeLeader() {
      const client = new Client(); //! built
      await client.connect();
      await client.query('SELECT pg_advisory_lock(1)');
      return () => client.end();
    }
  `,
  'health probe of a module': `
    import { Client } from 'pg';
    app.get('/health', async (req, res) => {
      const client = new Client({ connectionTimeoutMillis: 1000 }); //! built: slot, likely
      try {
        await client.connect();
        await client.query('SELECT 1');
        res.sendStatus(200);
      } catch {
        res.sendStatus(503);
      } finally {
        await client.end().catch(() => {});
      }
    });
  `,
  'a test helper in the sources': `
    import { GenericContainer } from 'testcontainers';
    import { Client } from 'pg';
    export async function startPostgres() {
      const container = await new GenericContainer('postgres').start();
      const client = new Client({ port: container.getMappedPort(5432) });
      await client.connect();
      return { container, client };
    }
  `,
  'an Nx or Gulp task, a webpack plugin': `
    const gulp = require('gulp');
    const { Client } = require('pg');
    gulp.task('db:reset', async () => {
      const client = new Client(); //! built
      await client.connect();
      await client.query('TRUNCATE a');
      await client.end();
    });
  `,
  'a discord bot, ready once': `
    import { Client, Events } from 'discord.js';
    import { Pool } from 'pg';
    const bot = new Client({ intents: [] });
    bot.once(Events.ClientReady, async () => {
      bot.pool = new Pool(); //! built
    });
  `,
  'app.once, server.once, process.on': `
    import { Client } from 'pg';
    process.on('SIGTERM', async () => {
      const client = new Client(); //! built
      await client.connect();
      await client.query('DELETE FROM leases WHERE host = $1', [host]);
      await client.end();
    });
  `,
  'a feature switch': `
    import { Redis, Cluster } from 'ioredis';
    export const makeRedis = () =>
      process.env.CLUSTER ? new Cluster([{ host: 'a' }]) : new Redis(process.env.REDIS_URL!); //! built, built
  `,
});

testSnippets('receivers that only look like servers', inFile, {
  'map.get, axios.get, cache.get': `
    import axios from 'axios';
    import { Pool } from 'pg';
    const registry = new Map();
    registry.set('pool', () => new Pool()); //! built
    cache.get('pool', () => new Pool()); //! built
    events.on('ready', () => setPool(new Pool())); //! built
  `,
  'supertest and nock': `
    import nock from 'nock';
    import { Pool } from 'pg';
    const pool = new Pool(); //! built
    nock('https://a').get('/x').reply(200, () => ({}));
  `,
  'a plugin system: app.use(plugin)': `
    import { createApp } from 'vue';
    import { Pool } from 'pg';
    const app = createApp({});
    app.use({ install: (vue) => vue.provide('pool', new Pool()) }); //! built
  `,
  'commander action named get': `
    import { program } from 'commander';
    import { Pool } from 'pg';
    program.command('get').action(async () => {
      const pool = new Pool(); //! built
      console.log((await pool.query('SELECT 1')).rows);
      await pool.end();
    });
  `,
  'ctx of another world': `
    import { Pool } from 'pg';
    export const task = async (ctx, next) => {
      ctx.pool = new Pool(); //! built: parameters, likely
      await next();
    };
  `,
  'listr tasks': `
    import { Listr } from 'listr2';
    import { Client } from 'pg';
    await new Listr([
      {
        title: 'connect',
        task: async (ctx, task) => {
          ctx.client = new Client(); //! built
          await ctx.client.connect();
        },
      },
    ]).run();
  `,
});

testSnippets('request data', inFile, {
  'the tenant of the request, without a cache': `
    import express from 'express';
    import { Pool } from 'pg';
    const app = express();
    app.use(async (req, res, next) => {
      req.pool = new Pool({ database: req.headers['x-tenant'] }); //! built: slot
      next();
    });
  `,
  'the URL of the environment under a name of the request': `
    import express from 'express';
    import { Client } from 'pg';
    const app = express();
    app.get('/:region', async (req, res) => {
      const client = new Client(process.env['DB_' + req.params.region]); //! built
      await client.connect();
      res.json((await client.query('SELECT 1')).rows);
      await client.end();
    });
  `,
  'statement_timeout of the request': `
    import express from 'express';
    import { Client } from 'pg';
    const app = express();
    app.get('/report', async (req, res) => {
      const client = new Client({ connectionString: process.env.DB, query_timeout: Number(req.query.timeout) }); //! built: slot
      await client.connect();
      res.json((await client.query('SELECT 1')).rows);
      await client.end();
    });
  `,
  'stored credentials of a user': `
    import express from 'express';
    import mysql from 'mysql2/promise';
    const app = express();
    app.post('/sources/:id/query', async (req, res) => {
      const source = await Source.findById(req.params.id);
      const connection = await mysql.createConnection({ host: source.host, user: source.user, password: source.password }); //! built
      const [rows] = await connection.query(req.body.sql);
      await connection.end();
      res.json(rows);
    });
  `,
  'config of a module is no choice': `
    import express from 'express';
    import mysql from 'mysql2/promise';
    import config from './config.js';
    const app = express();
    app.get('/users', async (req, res) => {
      const { host, user, password } = config.db;
      const connection = await mysql.createConnection({ host, user, password }); //! built: slot
      res.json((await connection.query('SELECT 1'))[0]);
      await connection.end();
    });
  `,
  'config read in the handler is no choice': `
    import { Client } from 'pg';
    import { getSecret } from './secrets.js';
    export const handler = async (event, context) => {
      const secret = await getSecret('db');
      const client = new Client({ host: secret.host, password: secret.password }); //! built: parameters, likely
      await client.connect();
      const { rows } = await client.query('SELECT * FROM users WHERE id = $1', [event.id]);
      await client.end();
      return rows;
    };
  `,
  'config given by a caller in the file is no choice': `
    import express from 'express';
    import { Client } from 'pg';
    const app = express();
    async function query(url, text) {
      const client = new Client(url); //! built: called
      await client.connect();
      const { rows } = await client.query(text);
      await client.end();
      return rows;
    }
    app.get('/users', async (req, res) => res.json(await query(process.env.DATABASE_URL, 'SELECT * FROM users')));
  `,
});
