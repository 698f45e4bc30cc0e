import { fails, testSnippets } from './snippets.ts';

const inFile = { of: 'creations' } as const;
const at = (filename: string) => ({ ...inFile, filename });

testSnippets('near to what is right', inFile, {
  'a switch on the method of the request': `
    import http from 'node:http';
    import { Client } from 'pg';
    let served = 0;
    http.createServer(async (req, res) => {
      switch (req.method) {
        case 'GET': {
          const client = new Client(); //! built: slot
          await client.connect();
          served += 1;
          res.end(JSON.stringify((await client.query('SELECT 1')).rows));
          await client.end();
        }
      }
    }).listen(3000);
  `,
  'counting what was served': `
    import express from 'express';
    import { Pool } from 'pg';
    const app = express();
    let count = 0;
    app.get('/', async (req, res) => {
      count = count + 1;
      const pool = new Pool(); //! built: slot
      res.json({ count, rows: (await pool.query('SELECT 1')).rows });
    });
  `,
  'a lock per request': fails(
    'what is taken out again keeps nothing',
    `
    import express from 'express';
    import { Pool } from 'pg';
    const busy = new Set();
    const app = express();
    app.post('/:id', async (req, res) => {
      if (busy.has(req.params.id)) return res.sendStatus(409);
      busy.add(req.params.id);
      const pool = new Pool(); //! built: slot
      await pool.query('SELECT 1');
      busy.delete(req.params.id);
      res.end();
    });
    `,
  ),
  'the last rows, kept': `
    import express from 'express';
    import { Pool } from 'pg';
    let rows;
    const app = express();
    app.get('/', async (req, res) => {
      if (!rows) {
        const pool = new Pool(); //! built
        rows = (await pool.query('SELECT * FROM countries')).rows;
      }
      res.json(rows);
    });
  `,
  'a pool by key that is set under another': `
    import express from 'express';
    import { Pool } from 'pg';
    const pools = new Map();
    const app = express();
    app.get('/', async (req, res) => {
      const pool = new Pool(); //! built: slot
      pools.set(req.id, pool);
      res.json((await pool.query('SELECT 1')).rows);
      pools.delete(req.id);
      await pool.end();
    });
  `,
  'rebuilt for each request, the old one ended': `
    import express from 'express';
    import { Pool } from 'pg';
    let pool;
    const app = express();
    app.get('/', async (req, res) => {
      await pool?.end();
      pool = new Pool(); //! built: slot
      res.json((await pool.query('SELECT 1')).rows);
    });
  `,
  'reset() of an administrator': `
    import express from 'express';
    import { Pool } from 'pg';
    let pool = new Pool(); //! built
    const app = express();
    app.post('/admin/reset', async (req, res) => {
      const old = pool;
      pool = new Pool(); //! built
      await old.end();
      res.end();
    });
  `,
  'set without a guard': `
    import express from 'express';
    import { MongoClient } from 'mongodb';
    let client;
    const app = express();
    app.use(async (req, res, next) => {
      client = await MongoClient.connect(process.env.URI); //! built: slot
      req.db = client.db();
      next();
    });
  `,
  'a service whose connect() is called by each request': `
    import { Controller, Get } from '@nestjs/common';
    import { MongoClient } from 'mongodb';
    @Controller()
    export class Items {
      private client: MongoClient;
      private async connect() {
        this.client = await MongoClient.connect(process.env.URI!); //! built: called
      }
      @Get()
      async list() {
        await this.connect();
        return this.client.db().collection('items').find().toArray();
      }
    }
  `,
  'the config of a module, destructured in the handler': `
    import express from 'express';
    import { Client } from 'pg';
    const { db: { host, user } } = require('./config');
    express().get('/', async (req, res) => {
      const client = new Client({ host, user, password: process.env.PASSWORD }); //! built: slot
      await client.connect();
      res.json((await client.query('SELECT 1')).rows);
      await client.end();
    });
  `,
  'the application name of the request is no address': `
    import express from 'express';
    import { Client } from 'pg';
    express().get('/', async (req, res) => {
      const client = new Client({ connectionString: process.env.DB, application_name: req.get('user-agent') }); //! built: slot
      await client.connect();
      res.json((await client.query('SELECT 1')).rows);
      await client.end();
    });
  `,
  'a handler that takes its options from an outer function': `
    import express from 'express';
    import { Client } from 'pg';
    export function mount(app, config) {
      app.get('/users', async (req, res) => {
        const client = new Client(config.url); //! built: slot
        await client.connect();
        res.json((await client.query('SELECT 1')).rows);
        await client.end();
      });
    }
  `,
  'the event of a Lambda is data, its environment is not': `
    import mysql from 'mysql2/promise';
    export const handler = async (event, context) => {
      const { id } = event;
      const connection = await mysql.createConnection({ host: process.env.HOST, user: process.env.USER }); //! built: parameters, likely
      const [rows] = await connection.query('SELECT * FROM a WHERE id = ?', [id]);
      await connection.end();
      return rows;
    };
  `,
  'a listener inside a handler does not make it later': `
    import express from 'express';
    import { Client } from 'pg';
    express().get('/', async (req, res) => {
      const client = new Client(); //! built: slot
      await client.connect();
      res.on('close', () => client.end());
      res.json((await client.query('SELECT 1')).rows);
    });
  `,
  'sockets that each have a redis for commands': `
    import { WebSocketServer } from 'ws';
    import { Redis } from 'ioredis';
    const wss = new WebSocketServer({ port: 80 });
    wss.on('connection', (ws) => {
      const redis = new Redis(); //! built: slot
      ws.on('message', (data) => redis.lpush('messages', data));
      ws.on('close', () => redis.quit());
    });
  `,
  'once by name, but a route': `
    import express from 'express';
    import { Pool } from 'pg';
    const app = express();
    const init = async (req, res, next) => {
      req.pool = new Pool(); //! built: slot
      next();
    };
    app.use(init);
  `,
  'a probe by name, but a route': `
    import express from 'express';
    import { Client } from 'pg';
    const app = express();
    const checkUser = async (req, res, next) => {
      const client = new Client(); //! built: slot
      await client.connect();
      req.user = (await client.query('SELECT * FROM users WHERE token = $1', [req.get('token')])).rows[0];
      await client.end();
      next();
    };
    app.use(checkUser);
  `,
  'called by main and by a route': `
    import express from 'express';
    import { Client } from 'pg';
    async function load() {
      const client = new Client(); //! built: called
      await client.connect();
      const { rows } = await client.query('SELECT * FROM a');
      await client.end();
      return rows;
    }
    async function main() {
      await load();
      const app = express();
      app.get('/', async (req, res) => res.json(await load()));
      app.listen(3000);
    }
    main();
  `,
  'exported, and called at top level too': `
    import { Client } from 'pg';
    export async function findAll() {
      const client = new Client(); //! built: oneShot, likely
      await client.connect();
      const { rows } = await client.query('SELECT * FROM a');
      await client.end();
      return rows;
    }
    export async function findActive() {
      return (await findAll()).filter((row) => row.active);
    }
  `,
  'a retry that goes on for ever in a worker': `
    import { Client } from 'pg';
    export async function poll() {
      for (;;) {
        const client = new Client(process.env.DATABASE_URL); //! built: loop, likely
        try {
          await client.connect();
          const { rows } = await client.query('SELECT * FROM jobs');
          if (rows.length === 0) continue;
          await work(rows);
        } catch (error) {
          console.error(error);
        } finally {
          await client.end();
        }
        await sleep(1000);
      }
    }
  `,
  'setInterval over a named function': `
    import { Client } from 'pg';
    async function tick() {
      const client = new Client(); //! built: slot
      await client.connect();
      await client.query('SELECT refresh()');
      await client.end();
    }
    setInterval(tick, 5000);
  `,
  'setTimeout that calls itself': fails(
    'a timer that calls itself is a loop',
    `
    import { Client } from 'pg';
    async function tick() {
      const client = new Client(); //! built: oneShot, likely
      await client.connect();
      await client.query('SELECT refresh()');
      await client.end();
      setTimeout(tick, 5000);
    }
    tick();
    `,
  ),
  'memoised around the handler, not around the pool': `
    import express from 'express';
    import { Pool } from 'pg';
    import { withMetrics } from './metrics.js';
    express().get('/', withMetrics(async (req, res) => {
      const pool = new Pool(); //! built: slot
      res.json((await pool.query('SELECT 1')).rows);
    }));
  `,
  'curried controllers: dependencies outside, pool inside': `
    import { Router } from 'express';
    import { Pool } from 'pg';
    const makeList = ({ logger }) => async (req, res) => {
      const pool = new Pool(); //! built: parameters, likely
      res.json((await pool.query('SELECT 1')).rows);
    };
    export const router = Router().get('/', makeList({ logger: console }));
  `,
  'curried controllers: pool outside': `
    import { Router } from 'express';
    import { Pool } from 'pg';
    const makeList = ({ logger }) => {
      const pool = new Pool(); //! built
      return async (req, res) => res.json((await pool.query('SELECT 1')).rows);
    };
    export const router = Router().get('/', makeList({ logger: console }));
  `,
  'a controller instance whose class is in the file': `
    import { Router } from 'express';
    import { Client } from 'pg';
    class Users {
      list = async (req, res) => {
        const client = new Client(); //! built: slot
        await client.connect();
        res.json((await client.query('SELECT 1')).rows);
        await client.end();
      };
    }
    const users = new Users();
    export const router = Router().get('/', users.list).post('/', (req, res) => users.create(req, res));
  `,
  'an array of handlers': `
    import { Router } from 'express';
    import { Client } from 'pg';
    const load = async (req, res, next) => {
      req.client = new Client(); //! built: slot
      await req.client.connect();
      next();
    };
    export const router = Router().get('/', [authenticate, load], list);
  `,
  'a factory that is called once at top level and once per request': `
    import express from 'express';
    import { Pool } from 'pg';
    const make = () => new Pool(); //! built: called
    const shared = make();
    const app = express();
    app.get('/a', async (req, res) => res.json((await shared.query('SELECT 1')).rows));
    app.get('/b', async (req, res) => res.json((await make().query('SELECT 1')).rows));
  `,
  'a factory that is called once at top level only': `
    import express from 'express';
    import { Pool } from 'pg';
    const make = () => new Pool(); //! built
    const shared = make();
    const app = express();
    app.get('/a', async (req, res) => res.json((await shared.query('SELECT 1')).rows));
  `,
  'a destructuring of several from a promise': `
    import express from 'express';
    import mysql from 'mysql2/promise';
    import { Redis } from 'ioredis';
    express().get('/', async (req, res) => {
      const [db, cache] = await Promise.all([mysql.createConnection(process.env.DB!), new Redis()]); //! built: slot, built: slot
      res.json([await db.query('SELECT 1'), await cache.get('a')]);
    });
  `,
  'a server that exits at an error, in the callback style': `
    const http = require('http');
    const mysql = require('mysql');
    process.on('uncaughtException', (error) => {
      console.error(error);
      process.exit(1);
    });
    http.createServer((req, res) => {
      const connection = mysql.createConnection(process.env.DB); //! built: slot
      connection.query('SELECT 1', (error, rows) => {
        connection.end();
        res.end(JSON.stringify(rows));
      });
    }).listen(80);
  `,
});

testSnippets('a tool of an MCP server', at('src/tools/query.ts'), {
  'a handler of a tool': fails(
    'tools/ of an MCP server holds handlers',
    `
    import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
    import { Client } from 'pg';
    export function register(server: McpServer) {
      server.tool('query', { sql: z.string() }, async ({ sql }) => {
        const client = new Client(process.env.DATABASE_URL); //! built
        await client.connect();
        const { rows } = await client.query(sql);
        await client.end();
        return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
      });
    }
    `,
  ),
});

testSnippets('an app that lives in a folder of a telling name', at('apps/docs/src/app/api/users/route.ts'), {
  'a verb': `
    import { Pool } from 'pg';
    export async function GET() {
      const pool = new Pool(); //! built: slot
      return Response.json((await pool.query('SELECT 1')).rows);
    }
  `,
});
testSnippets('a route called seed', at('src/app/api/seed/route.ts'), {
  'a verb of a demonstration': `
    import postgres from 'postgres';
    export async function GET() {
      const sql = postgres(process.env.POSTGRES_URL!); //! built: slot
      await sql\`INSERT INTO users VALUES (1)\`;
      return Response.json({ ok: true });
    }
  `,
});
testSnippets('a route about tests', at('server/api/tests/index.get.ts'), {
  'an event handler': fails(
    'a route is no test',
    `
    import { Pool } from 'pg';
    export default defineEventHandler(async (event) => {
      const pool = new Pool(); //! built: slot
      return (await pool.query('SELECT * FROM tests')).rows;
    });
    `,
  ),
});
