import { testSnippets } from './snippets.ts';

const inFile = { of: 'creations' } as const;
const at = (filename: string) => ({ ...inFile, filename });

testSnippets('in a route handler', inFile, {
  'Express: a connection, ended in finally': `
    import express from 'express';
    import { Client } from 'pg';
    const app = express();
    app.get('/users', async (req, res, next) => {
      const client = new Client({ connectionString: process.env.DATABASE_URL }); //! built: slot
      try {
        await client.connect();
        const { rows } = await client.query('SELECT * FROM users');
        res.json(rows);
      } catch (error) {
        next(error);
      } finally {
        await client.end();
      }
    });
  `,
  'Express: a pool that nobody ends': `
    const express = require('express');
    const { Pool } = require('pg');
    const router = express.Router();
    router.post('/orders', async (req, res) => {
      const pool = new Pool(); //! built: slot
      await pool.query('INSERT INTO orders VALUES ($1)', [req.body.id]);
      res.sendStatus(201);
    });
    module.exports = router;
  `,
  'Express: mysql with callbacks': `
    var express = require('express');
    var mysql = require('mysql');
    var app = express();
    app.get('/users', function (req, res) {
      var connection = mysql.createConnection({ host: 'localhost', user: 'me' }); //! built: slot
      connection.connect();
      connection.query('SELECT * FROM users', function (error, results) {
        if (error) throw error;
        res.json(results);
      });
      connection.end();
    });
  `,
  'Express: MongoClient.connect with a callback': `
    const { MongoClient } = require('mongodb');
    const app = require('express')();
    app.get('/items', (req, res) => {
      MongoClient.connect(url, (err, client) => { //! built: slot
        client.db('shop').collection('items').find().toArray((error, items) => {
          res.json(items);
          client.close();
        });
      });
    });
  `,
  'Express: inside a promise chain': `
    import express from 'express';
    import mysql from 'mysql2/promise';
    express().get('/users', (req, res, next) => {
      mysql.createConnection(process.env.DATABASE_URL) //! built: slot
        .then((connection) => connection.query('SELECT 1').finally(() => connection.end()))
        .then(([rows]) => res.json(rows), next);
    });
  `,
  'Express: asyncHandler': `
    import express from 'express';
    import asyncHandler from 'express-async-handler';
    import { PrismaClient } from '@prisma/client';
    const router = express.Router();
    router.get('/', asyncHandler(async (req, res) => {
      const prisma = new PrismaClient(); //! built: slot
      res.json(await prisma.user.findMany());
    }));
  `,
  'Express: a named controller': `
    import { Router } from 'express';
    import { Sequelize } from 'sequelize';
    const list = async (req, res) => {
      const sequelize = new Sequelize(process.env.DATABASE_URL); //! built: slot
      const [rows] = await sequelize.query('SELECT * FROM users');
      res.json(rows);
    };
    const router = Router();
    router.get('/users', authenticate, list);
    export default router;
  `,
  'Express: controllers as an object': `
    import { Router } from 'express';
    import knex from 'knex';
    const users = {
      async list(req, res) {
        const db = knex({ client: 'pg', connection: process.env.DATABASE_URL }); //! built: slot
        res.json(await db('users'));
      },
    };
    const router = Router();
    router.get('/users', users.list);
  `,
  'Express: controllers exported, mounted elsewhere': `
    const { Pool } = require('pg');
    exports.list = async (req, res) => {
      const pool = new Pool(); //! built: parameters, likely
      res.json((await pool.query('SELECT * FROM users')).rows);
    };
  `,
  'Express: a controller class, mounted elsewhere': `
    import type { Request, Response } from 'express';
    import { Client } from 'pg';
    export class UserController {
      static async list(req: Request, res: Response) {
        const client = new Client(); //! built: parameters, likely
        await client.connect();
        res.json((await client.query('SELECT * FROM users')).rows);
        await client.end();
      }
    }
  `,
  'Express: a method bound in the constructor': `
    import { Router } from 'express';
    import { Client } from 'pg';
    export class UserRoutes {
      router = Router();
      constructor() {
        this.router.get('/users', this.list.bind(this));
      }
      async list(req, res) {
        const client = new Client(); //! built: slot
        await client.connect();
        res.json((await client.query('SELECT * FROM users')).rows);
        await client.end();
      }
    }
  `,
  'Express: middleware': `
    const app = require('express')();
    const { createClient } = require('redis');
    app.use(async (req, res, next) => {
      req.redis = createClient(); //! built: slot
      await req.redis.connect();
      next();
    });
  `,
  'Express: a middleware factory, built inside of what it returns': `
    import mysql from 'mysql2/promise';
    export const database = (options) => async (req, res, next) => {
      req.db = await mysql.createConnection(options); //! built: parameters, likely
      res.on('finish', () => req.db.end());
      next();
    };
  `,
  'Express: an error handler': `
    import express from 'express';
    import { Pool } from 'pg';
    const app = express();
    app.use((err, req, res, next) => {
      const pool = new Pool(); //! built: slot
      pool.query('INSERT INTO errors VALUES ($1)', [err.message]).finally(() => pool.end());
      res.sendStatus(500);
    });
  `,
  'Express: route().get().post()': `
    const { Client } = require('pg');
    const router = require('express').Router();
    router.route('/users').get(async (req, res) => {
      const client = new Client(); //! built: slot
      await client.connect();
      res.json(await client.query('SELECT 1'));
      client.end();
    });
  `,
  'Fastify: a route in a plugin': `
    import { Client } from 'pg';
    export default async function routes(fastify, options) {
      fastify.get('/users', async (request, reply) => {
        const client = new Client(options.url); //! built: slot, likely
        await client.connect();
        const { rows } = await client.query('SELECT * FROM users');
        await client.end();
        return rows;
      });
    }
  `,
  'Fastify: preHandler of a route object': `
    import Fastify from 'fastify';
    import { createPool } from 'mysql2/promise';
    const app = Fastify();
    app.route({
      method: 'GET',
      url: '/',
      preHandler: async (request) => {
        request.pool = createPool(process.env.DATABASE_URL); //! built: slot
      },
      handler: async (request) => request.pool.query('SELECT 1'),
    });
  `,
  'Koa: the context': `
    import Koa from 'koa';
    import { MongoClient } from 'mongodb';
    const app = new Koa();
    app.use(async (ctx, next) => {
      ctx.mongo = await MongoClient.connect(process.env.MONGO_URL); //! built: slot
      await next();
      await ctx.mongo.close();
    });
  `,
  'Hono on Node': `
    import { serve } from '@hono/node-server';
    import { Hono } from 'hono';
    import postgres from 'postgres';
    const app = new Hono();
    app.get('/users', async (c) => {
      const sql = postgres(process.env.DATABASE_URL!); //! built: slot
      return c.json(await sql\`SELECT * FROM users\`);
    });
    serve(app);
  `,
  'node:http': `
    import http from 'node:http';
    import { Client } from 'pg';
    http.createServer(async (req, res) => {
      const client = new Client(); //! built: slot
      await client.connect();
      res.end(JSON.stringify((await client.query('SELECT 1')).rows));
      await client.end();
    }).listen(3000);
  `,
  'NestJS: a controller': `
    import { Controller, Get } from '@nestjs/common';
    import { Pool } from 'pg';
    @Controller()
    export class UsersController {
      @Get()
      async list() {
        const pool = new Pool({ connectionString: process.env.DATABASE_URL }); //! built: slot
        return (await pool.query('SELECT * FROM users')).rows;
      }
    }
  `,
  'NestJS: a private method called by a route': `
    import { Controller, Post } from '@nestjs/common';
    import amqp from 'amqplib';
    @Controller('orders')
    export class OrdersController {
      @Post()
      async create() {
        await this.publish('created');
      }
      private async publish(text: string) {
        const connection = await amqp.connect(process.env.AMQP_URL!); //! built: called
        const channel = await connection.createChannel();
        channel.sendToQueue('orders', Buffer.from(text));
        await connection.close();
      }
    }
  `,
  'NestJS: a request-scoped provider': `
    import { Injectable, Scope } from '@nestjs/common';
    import { PrismaClient } from '@prisma/client';
    @Injectable({ scope: Scope.REQUEST })
    export class TenantPrisma {
      readonly client: PrismaClient;
      constructor() {
        this.client = new PrismaClient(); //! built: slot
      }
    }
  `,
  'NestJS: a cron job': `
    import { Injectable } from '@nestjs/common';
    import { Cron } from '@nestjs/schedule';
    import { Client } from 'pg';
    @Injectable()
    export class Cleanup {
      @Cron('0 * * * *')
      async sweep() {
        const client = new Client(); //! built: slot
        await client.connect();
        await client.query('DELETE FROM sessions WHERE expired < now()');
        await client.end();
      }
    }
  `,
  'tRPC: the context': `
    import { initTRPC } from '@trpc/server';
    import { PrismaClient } from '@prisma/client';
    export const createContext = async ({ req }) => {
      const prisma = new PrismaClient(); //! built: slot
      return { prisma, req };
    };
    export type Context = Awaited<ReturnType<typeof createContext>>;
    const t = initTRPC.context<Context>().create();
  `,
  'Apollo: the context': `
    import { ApolloServer } from '@apollo/server';
    import { startStandaloneServer } from '@apollo/server/standalone';
    import { Pool } from 'pg';
    const server = new ApolloServer({ typeDefs, resolvers });
    await startStandaloneServer(server, {
      context: async () => ({ pool: new Pool() }), //! built: slot
    });
  `,
  'a resolver': `
    import { ApolloServer } from '@apollo/server';
    import { Client } from 'pg';
    const resolvers = {
      Query: {
        users: async () => {
          const client = new Client(); //! built: slot
          await client.connect();
          const { rows } = await client.query('SELECT * FROM users');
          await client.end();
          return rows;
        },
      },
    };
    new ApolloServer({ typeDefs, resolvers });
  `,
  'AWS Lambda': `
    import type { APIGatewayProxyHandler } from 'aws-lambda';
    import { Client } from 'pg';
    export const handler: APIGatewayProxyHandler = async (event) => {
      const client = new Client(); //! built: slot
      await client.connect();
      const { rows } = await client.query('SELECT 1');
      await client.end();
      return { statusCode: 200, body: JSON.stringify(rows) };
    };
  `,
  'AWS Lambda, CommonJS': `
    const mysql = require('mysql2/promise');
    exports.handler = async (event, context) => {
      const connection = await mysql.createConnection(process.env.DB); //! built: parameters, likely
      const [rows] = await connection.execute('SELECT 1');
      await connection.end();
      return rows;
    };
  `,
  'AWS Lambda: a pool in a helper': `
    const { Pool } = require('pg');
    const getUsers = async () => {
      const pool = new Pool(); //! built: parameters, likely
      return (await pool.query('SELECT * FROM users')).rows;
    };
    exports.handler = async (event, context) => ({ statusCode: 200, body: JSON.stringify(await getUsers()) });
  `,
  middy: `
    import middy from '@middy/core';
    import { createClient } from 'redis';
    const lambdaHandler = async (event) => {
      const client = await createClient().connect(); //! built: slot
      return client.get(event.key);
    };
    export const handler = middy(lambdaHandler).use(httpErrorHandler());
  `,
  Firebase: `
    const functions = require('firebase-functions');
    const mysql = require('mysql2/promise');
    exports.users = functions.https.onRequest(async (req, res) => {
      const pool = mysql.createPool({ socketPath: '/cloudsql/x' }); //! built: slot
      res.json((await pool.query('SELECT 1'))[0]);
    });
  `,
  'an Azure function of the old model': `
    const { Client } = require('pg');
    module.exports = async function (context, req) {
      const client = new Client(); //! built: parameters, likely
      await client.connect();
      context.res = { body: (await client.query('SELECT 1')).rows };
      await client.end();
    };
  `,
  'socket.io: in an event of a socket': `
    import { Server } from 'socket.io';
    import { Redis } from 'ioredis';
    const io = new Server(server);
    io.on('connection', (socket) => {
      socket.on('message', async (text) => {
        const redis = new Redis(); //! built: slot
        await redis.rpush('messages', text);
        redis.disconnect();
      });
    });
  `,
  ws: `
    import { WebSocketServer } from 'ws';
    import { Client } from 'pg';
    const wss = new WebSocketServer({ port: 8080 });
    wss.on('connection', async (ws) => {
      const client = new Client(); //! built: slot
      await client.connect();
      ws.send(JSON.stringify((await client.query('SELECT 1')).rows));
      await client.end();
    });
  `,
  'a queue worker': `
    import { Worker } from 'bullmq';
    import { Client } from 'pg';
    export const worker = new Worker('mails', async (job) => { //! built
      const client = new Client(process.env.DATABASE_URL); //! built: slot
      await client.connect();
      await client.query('UPDATE users SET mailed = true WHERE id = $1', [job.data.id]);
      await client.end();
    }, { connection });
  `,
  'a Kafka consumer': `
    import { Kafka } from 'kafkajs';
    import mysql from 'mysql2/promise';
    const kafka = new Kafka({ brokers: ['kafka:9092'] });
    const consumer = kafka.consumer({ groupId: 'a' });
    await consumer.run({
      eachMessage: async ({ message }) => {
        const connection = await mysql.createConnection(process.env.DB!); //! built: slot
        await connection.execute('INSERT INTO events VALUES (?)', [message.value]);
        await connection.end();
      },
    });
  `,
  'node-cron': `
    const cron = require('node-cron');
    const { Client } = require('pg');
    cron.schedule('* * * * *', async () => {
      const client = new Client(); //! built: slot
      await client.connect();
      await client.query('CALL tidy()');
      await client.end();
    });
  `,
  setInterval: `
    import { createClient } from 'redis';
    setInterval(async () => {
      const client = await createClient().connect(); //! built: slot
      await client.set('beat', Date.now());
      await client.quit();
    }, 1000);
  `,
  'undici and http agents': `
    import express from 'express';
    import https from 'node:https';
    import axios from 'axios';
    import { Agent, Pool, fetch } from 'undici';
    const app = express();
    app.get('/a', async (req, res) => {
      const dispatcher = new Agent({ connections: 10 }); //! built: slot
      res.json(await (await fetch('https://a', { dispatcher })).json());
    });
    app.get('/b', async (req, res) => {
      const pool = new Pool('https://b'); //! built: slot
      res.json(await (await pool.request({ path: '/', method: 'GET' })).body.json());
    });
    app.get('/c', async (req, res) => {
      const http = axios.create({ httpsAgent: new https.Agent({ keepAlive: true }) }); //! built: slot
      res.json((await http.get('https://c')).data);
    });
  `,
  'kysely with a fresh dialect and drizzle with a url': `
    import express from 'express';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { Kysely, PostgresDialect } from 'kysely';
    import { Pool } from 'pg';
    const app = express();
    app.get('/a', async (req, res) => {
      const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool() }) }); //! built: slot
      res.json(await db.selectFrom('users').selectAll().execute());
    });
    app.get('/b', async (req, res) => {
      const db = drizzle(process.env.DATABASE_URL!); //! built: slot
      res.json(await db.select().from(users));
    });
    app.get('/c', async (req, res) => {
      const db = drizzle(new Pool()); //! built: slot
      res.json(await db.select().from(users));
    });
  `,
  'prisma with an adapter of its own': `
    import express from 'express';
    import { PrismaPg } from '@prisma/adapter-pg';
    import { PrismaClient } from '../generated/prisma/client.js';
    const app = express();
    app.get('/users', async (req, res) => {
      const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });
      const prisma = new PrismaClient({ adapter }); //! built: slot
      res.json(await prisma.user.findMany());
      await prisma.$disconnect();
    });
  `,
  'typeorm, mongoose, slonik, pg-promise, mssql': `
    import express from 'express';
    import { DataSource } from 'typeorm';
    import mongoose from 'mongoose';
    import { createPool } from 'slonik';
    import pgPromise from 'pg-promise';
    import sql from 'mssql';
    const app = express();
    const pgp = pgPromise();
    app.get('/a', async (req, res) => {
      const source = new DataSource({ type: 'postgres', url: process.env.DB }); //! built: slot
      await source.initialize();
      res.json(await source.query('SELECT 1'));
    });
    app.get('/b', async (req, res) => {
      const connection = mongoose.createConnection(process.env.MONGO!); //! built: slot
      res.json(await connection.model('User', schema).find());
    });
    app.get('/c', async (req, res) => {
      const pool = await createPool(process.env.DB!); //! built: slot
      res.json(await pool.any(query));
    });
    app.get('/d', async (req, res) => {
      const db = pgp(process.env.DB!); //! built: slot
      res.json(await db.any('SELECT 1'));
    });
    app.get('/e', async (req, res) => {
      const pool = new sql.ConnectionPool(config); //! built: slot
      await pool.connect();
      res.json(await pool.request().query('SELECT 1'));
    });
  `,
  'a file that also shuts down': `
    import express from 'express';
    import { Client } from 'pg';
    const app = express();
    app.get('/users', async (req, res) => {
      const client = new Client(); //! built: slot
      await client.connect();
      res.json((await client.query('SELECT * FROM users')).rows);
      await client.end();
    });
    const server = app.listen(3000);
    process.on('SIGTERM', () => server.close(() => process.exit(0)));
  `,
  'a result cache is no memo': `
    import express from 'express';
    import { Client } from 'pg';
    const cache = new Map();
    const app = express();
    app.get('/report/:id', async (req, res) => {
      const hit = cache.get(req.params.id);
      if (hit) return res.json(hit);
      const client = new Client(); //! built: slot
      await client.connect();
      const { rows } = await client.query('SELECT * FROM report WHERE id = $1', [req.params.id]);
      await client.end();
      cache.set(req.params.id, rows);
      res.json(rows);
    });
  `,
  'a rate limit is no memo': `
    import express from 'express';
    import { Client } from 'pg';
    let hits = 0;
    const app = express();
    app.get('/report', async (req, res) => {
      hits++;
      if (hits > 100) return res.sendStatus(429);
      const client = new Client(); //! built: slot
      await client.connect();
      res.json((await client.query('SELECT 1')).rows);
      await client.end();
    });
  `,
  'a guard that never keeps it': `
    import express from 'express';
    import { Pool } from 'pg';
    let pool;
    const app = express();
    app.get('/users', async (req, res) => {
      if (!pool) {
        const pool = new Pool(); //! built: slot
        return res.json((await pool.query('SELECT 1')).rows);
      }
    });
  `,
  'a guard on a local': `
    import express from 'express';
    import { Pool } from 'pg';
    const app = express();
    app.get('/users', async (req, res) => {
      let pool;
      if (!pool) pool = new Pool(); //! built: slot
      res.json((await pool.query('SELECT 1')).rows);
    });
  `,
  'a guard on the request': `
    import express from 'express';
    import { Pool } from 'pg';
    const app = express();
    app.use((req, res, next) => {
      if (!req.pool) req.pool = new Pool(); //! built: slot
      next();
    });
  `,
  'a service of the same file, constructed per request': `
    import express from 'express';
    import { Pool } from 'pg';
    class UserService {
      constructor() {
        this.pool = new Pool(); //! built: called
      }
      list() { return this.pool.query('SELECT * FROM users'); }
    }
    const app = express();
    app.get('/users', async (req, res) => {
      const service = new UserService();
      res.json(await service.list());
    });
  `,
  'a method of an instance, called by a handler': `
    import express from 'express';
    import { Client } from 'pg';
    class UserService {
      async list() {
        const client = new Client(); //! built: called
        await client.connect();
        const { rows } = await client.query('SELECT * FROM users');
        await client.end();
        return rows;
      }
    }
    const service = new UserService();
    const app = express();
    app.get('/users', async (req, res) => res.json(await service.list()));
  `,
  'a factory of the same file, called per request': `
    import express from 'express';
    import mysql from 'mysql2/promise';
    const connect = () => mysql.createConnection(process.env.DATABASE_URL); //! built: called
    const app = express();
    app.get('/users', async (req, res) => {
      const connection = await connect();
      res.json((await connection.query('SELECT 1'))[0]);
      await connection.end();
    });
  `,
  'two calls deep': `
    import { Hono } from 'hono';
    import { MongoClient } from 'mongodb';
    async function connect() {
      const client = new MongoClient(process.env.URI!); //! built: called
      return client.connect();
    }
    async function users() {
      const client = await connect();
      return client.db().collection('users');
    }
    const app = new Hono();
    app.get('/users', async (c) => c.json(await (await users()).find().toArray()));
  `,
  'a callback of something else inside a handler': `
    import express from 'express';
    import jwt from 'jsonwebtoken';
    import { Pool } from 'pg';
    const app = express();
    app.use((req, res, next) => {
      jwt.verify(req.token, secret, async (error, user) => {
        const pool = new Pool(); //! built: called
        req.user = (await pool.query('SELECT * FROM users WHERE id = $1', [user.id])).rows[0];
        next();
      });
    });
  `,
});

testSnippets('Next.js: a route', at('src/app/api/users/route.ts'), {
  'a verb': `
    import { NextResponse } from 'next/server';
    import mysql from 'mysql2/promise';
    export async function GET() {
      const connection = await mysql.createConnection(process.env.DATABASE_URL!); //! built: slot
      const [rows] = await connection.query('SELECT * FROM users');
      await connection.end();
      return NextResponse.json(rows);
    }
  `,
  'a wrapped verb': `
    import { Pool } from 'pg';
    import { withAuth } from '@/lib/auth';
    export const POST = withAuth(async (request: Request) => {
      const pool = new Pool(); //! built: slot
      await pool.query('INSERT INTO users VALUES ($1)', [await request.text()]);
      return new Response(null, { status: 201 });
    });
  `,
  'a helper of the file': `
    import { createClient } from 'redis';
    async function getRedis() {
      const client = createClient({ url: process.env.REDIS_URL }); //! built: called
      await client.connect();
      return client;
    }
    export async function GET() {
      const redis = await getRedis();
      return Response.json(await redis.get('a'));
    }
  `,
});

testSnippets('Next.js: pages/api', at('pages/api/users.js'), {
  'the default export': `
    import { MongoClient } from 'mongodb';
    export default async function handler(req, res) {
      const client = await MongoClient.connect(process.env.MONGODB_URI); //! built: slot
      res.json(await client.db().collection('users').find().toArray());
      client.close();
    }
  `,
  'an arrow exported at the end': `
    import { PrismaClient } from '@prisma/client';
    const handler = async (req, res) => {
      const prisma = new PrismaClient(); //! built: slot
      res.json(await prisma.user.findMany());
    };
    export default handler;
  `,
  'Apollo in Next, whose server is built once': `
    import { ApolloServer } from '@apollo/server';
    import { startServerAndCreateNextHandler } from '@as-integrations/next';
    import { PrismaClient } from '@prisma/client';
    const server = new ApolloServer({ typeDefs, resolvers });
    export default startServerAndCreateNextHandler(server, {
      context: async (req) => ({ req, prisma: new PrismaClient() }), //! built: slot
    });
  `,
});

testSnippets('Next.js: pages and actions', at('src/app/users/page.tsx'), {
  'a server component': `
    import { Client } from 'pg';
    export default async function Page() {
      const client = new Client(); //! built: slot
      await client.connect();
      const { rows } = await client.query('SELECT * FROM users');
      await client.end();
      return <ul>{rows.map((row) => <li key={row.id}>{row.name}</li>)}</ul>;
    }
  `,
  'an action inside of a component': `
    import { Pool } from 'pg';
    export default function Page() {
      async function save(data: FormData) {
        'use server';
        const pool = new Pool(); //! built: slot
        await pool.query('INSERT INTO users VALUES ($1)', [data.get('name')]);
      }
      return <form action={save} />;
    }
  `,
});

testSnippets('Next.js: a file of actions', at('src/actions/users.ts'), {
  "'use server' at the top": `
    'use server';
    import { Pool } from 'pg';
    export async function saveUser(name: string) {
      const pool = new Pool(); //! built: slot
      await pool.query('INSERT INTO users VALUES ($1)', [name]);
      await pool.end();
    }
  `,
});

testSnippets('a service that connects at each call', at('src/services/users.ts'), {
  'an exported function': `
    import { Client } from 'pg';
    export async function findUser(id: number) {
      const client = new Client({ connectionString: process.env.DATABASE_URL }); //! built: oneShot, likely
      await client.connect();
      try {
        return (await client.query('SELECT * FROM users WHERE id = $1', [id])).rows[0];
      } finally {
        await client.end();
      }
    }
  `,
  'a generic query helper': `
    const mysql = require('mysql2/promise');
    const config = require('./config');
    async function query(sql, params) {
      const connection = await mysql.createConnection(config.db); //! built: oneShot, likely
      const [results] = await connection.execute(sql, params);
      return results;
    }
    module.exports = { query };
  `,
  'a helper around a connection of the environment': `
    import { Client } from 'pg';
    export async function withClient(fn) {
      const client = new Client(process.env.DATABASE_URL); //! built: oneShot, likely
      await client.connect();
      try {
        return await fn(client);
      } finally {
        await client.end();
      }
    }
  `,
  'a method of a service': `
    import { Injectable } from '@nestjs/common';
    import amqp from 'amqplib';
    @Injectable()
    export class Publisher {
      async publish(queue: string, message: string) {
        const connection = await amqp.connect(process.env.AMQP_URL!); //! built: oneShot, likely
        const channel = await connection.createChannel();
        channel.sendToQueue(queue, Buffer.from(message));
        await channel.close();
        await connection.close();
      }
    }
  `,
  'a function in an object': `
    import { createClient } from 'redis';
    export const cache = {
      async get(key: string) {
        const client = await createClient().connect(); //! built: oneShot, likely
        const value = await client.get(key);
        await client.quit();
        return value;
      },
    };
  `,
  'a name with script in it': `
    import { Client } from 'pg';
    export async function getSubscriptions(id: number) {
      const client = new Client(); //! built: oneShot, likely
      await client.connect();
      const { rows } = await client.query('SELECT * FROM subscriptions WHERE user_id = $1', [id]);
      await client.end();
      return rows;
    }
  `,
  'a check of the business, not of the connection': `
    import mysql from 'mysql2/promise';
    export async function isEmailTaken(email: string) {
      const connection = await mysql.createConnection(process.env.DB!); //! built: oneShot, likely
      const [rows] = await connection.execute('SELECT id FROM users WHERE email = ?', [email]);
      await connection.end();
      return rows.length > 0;
    }
  `,
  'ended in a callback': `
    const mysql = require('mysql');
    exports.findAll = (callback) => {
      const connection = mysql.createConnection(process.env.DATABASE_URL); //! built: oneShot, likely
      connection.query('SELECT * FROM users', (error, rows) => {
        connection.end();
        callback(error, rows);
      });
    };
  `,
  'a promise made by hand': `
    const mysql = require('mysql');
    const query = (sql) =>
      new Promise((resolve, reject) => {
        const connection = mysql.createConnection(process.env.DATABASE_URL); //! built: oneShot, likely
        connection.query(sql, (error, rows) => {
          connection.end();
          error ? reject(error) : resolve(rows);
        });
      });
    module.exports = query;
  `,
  'an ORM at each call': `
    import { PrismaClient } from '@prisma/client';
    export const getUsers = async () => {
      const prisma = new PrismaClient(); //! built: oneShot, likely
      try {
        return await prisma.user.findMany();
      } finally {
        await prisma.$disconnect();
      }
    };
  `,
});

testSnippets('in loops', at('src/jobs.ts'), {
  'for each row': `
    import { Client } from 'pg';
    export async function syncAll(rows: Row[]) {
      for (const row of rows) {
        const client = new Client(process.env.DATABASE_URL); //! built: loop, likely
        await client.connect();
        await client.query('INSERT INTO copy VALUES ($1)', [row.id]);
        await client.end();
      }
    }
  `,
  'map over ids': `
    import mysql from 'mysql2/promise';
    export const loadAll = (ids: number[]) =>
      Promise.all(ids.map(async (id) => {
        const connection = await mysql.createConnection(process.env.DB!); //! built: loop, likely
        const [rows] = await connection.query('SELECT * FROM a WHERE id = ?', [id]);
        await connection.end();
        return rows;
      }));
  `,
  'a helper called in a loop': `
    import { Client } from 'pg';
    async function save(row: Row) {
      const client = new Client(process.env.DATABASE_URL); //! built: loop, likely
      await client.connect();
      await client.query('INSERT INTO copy VALUES ($1)', [row.id]);
      await client.end();
    }
    export async function saveAll(rows: Row[]) {
      for (const row of rows) await save(row);
    }
  `,
  'a worker that polls, and stops when it is told to': `
    import { Client } from 'pg';
    import { queue } from './queue.js';
    export async function work(signal: AbortSignal) {
      while (true) {
        if (signal.aborted) break;
        const job = await queue.next();
        const client = new Client(process.env.DATABASE_URL); //! built: loop, likely
        await client.connect();
        await client.query('UPDATE jobs SET done = true WHERE id = $1', [job.id]);
        await client.end();
      }
    }
  `,
});

testSnippets('hot reload', at('src/lib/prisma.ts'), {
  'the singleton of the docs': `
    import { PrismaClient } from '@prisma/client';
    const globalForPrisma = globalThis as unknown as { prisma: PrismaClient | undefined };
    export const prisma = globalForPrisma.prisma ?? new PrismaClient(); //! built
    if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;
  `,
  'the singleton with a function': `
    import { PrismaClient } from '@prisma/client';
    const prismaClientSingleton = () => new PrismaClient(); //! built
    declare const globalThis: { prismaGlobal: ReturnType<typeof prismaClientSingleton> } & typeof global;
    const prisma = globalThis.prismaGlobal ?? prismaClientSingleton();
    export default prisma;
    if (process.env.NODE_ENV !== 'production') globalThis.prismaGlobal = prisma;
  `,
  'the singleton with a function, never set': `
    import { PrismaClient } from '@prisma/client';
    const prismaClientSingleton = () => new PrismaClient(); //! built: forgotten
    const prisma = globalThis.prismaGlobal ?? prismaClientSingleton();
    export default prisma;
  `,
  'the singleton of old with if and else': `
    import { PrismaClient } from '@prisma/client';
    let prisma;
    if (process.env.NODE_ENV === 'production') {
      prisma = new PrismaClient(); //! built
    } else {
      if (!global.prisma) {
        global.prisma = new PrismaClient(); //! built
      }
      prisma = global.prisma;
    }
    export default prisma;
  `,
  'with ||': `
    import { PrismaClient } from '@prisma/client';
    export const db = global.prisma || new PrismaClient(); //! built
    if (process.env.NODE_ENV !== 'production') global.prisma = db;
  `,
  'with ??= alone': `
    import { PrismaClient } from '@prisma/client';
    export const db = (globalThis.db ??= new PrismaClient()); //! built
  `,
  'kept by Object.assign or defineProperty': `
    import { PrismaClient } from '@prisma/client';
    export const db = globalThis.db ?? new PrismaClient(); //! built
    Object.assign(globalThis, { db });
  `,
  'under a computed key': `
    import { PrismaClient } from '@prisma/client';
    const KEY = 'prisma';
    export const db = globalThis[KEY] ?? new PrismaClient(); //! built
    globalThis[KEY] = db;
  `,
  'never set': `
    import { PrismaClient } from '@prisma/client';
    const globalForPrisma = globalThis as unknown as { prisma: PrismaClient | undefined };
    export const prisma = globalForPrisma.prisma ?? new PrismaClient(); //! built: forgotten
  `,
  'set in production only': `
    import { PrismaClient } from '@prisma/client';
    const globalForPrisma = global as any;
    export const prisma = globalForPrisma.prisma || new PrismaClient(); //! built: forgotten
    if (process.env.NODE_ENV === 'production') globalForPrisma.prisma = prisma;
  `,
  'set under another name': `
    import { PrismaClient } from '@prisma/client';
    export const prisma = globalThis.prisma ?? new PrismaClient(); //! built: forgotten
    if (process.env.NODE_ENV !== 'production') globalThis.prismaClient = prisma;
  `,
  'not in production, through a constant': `
    import { PrismaClient } from '@prisma/client';
    const isProduction = process.env.NODE_ENV === 'production';
    export const prisma = globalThis.prisma ?? new PrismaClient(); //! built
    if (!isProduction) globalThis.prisma = prisma;
  `,
  'without Next.js around': `
    import { PrismaClient } from '@prisma/client';
    export const prisma = new PrismaClient(); //! built
  `,
});
