import rule from '../../rules/no-connect-per-request.ts';
import { testRule } from '../support/rule-tester.ts';

testRule('no-connect-per-request', rule, {
  valid: [
    {
      name: 'once: module level',
      code: `
import { Client } from 'pg';
const client = new Client();
await client.connect();
export const list = async (req, res) => res.json(await client.query('SELECT 1'));
`,
    },
    {
      name: 'once: main',
      code: `
import { Client } from 'pg';
async function main() {
  const client = new Client();
  await client.connect();
  await client.query('DELETE FROM sessions');
  await client.end();
}
void main();
`,
    },
    {
      name: 'once: a function that sets the database up',
      code: `
import { Client } from 'pg';
export async function createTables() {
  const client = new Client();
  await client.connect();
  await client.query('INSERT INTO versions VALUES (1)');
  await client.end();
}
`,
    },
    {
      name: 'once: a migration by its name',
      code: `
import { Client } from 'pg';
export async function migrateUsers() {
  const client = new Client();
  await client.connect();
  await client.query('UPDATE users SET active = true');
  await client.end();
}
`,
    },
    {
      name: 'once: a memo',
      code: `
import { createClient } from 'redis';
let client;
async function getClient() {
  if (!client) {
    client = createClient();
    await client.connect();
  }
  return client;
}
export const list = async (req, res) => res.json(await (await getClient()).get('users'));
`,
    },
    {
      name: 'once: a plugin of Fastify',
      code: `
import type { FastifyInstance } from 'fastify';
import Redis from 'ioredis';
export default async function redis(app: FastifyInstance) {
  const client = new Redis();
  app.decorate('redis', client);
  app.get('/count', () => client.get('count'));
}
`,
    },
    {
      name: 'once: a provider of NestJS',
      code: `
import amqp from 'amqplib';
export const providers = [{ provide: 'AMQP', useFactory: () => amqp.connect('amqp://queue') }];
`,
    },
    {
      name: 'once: onModuleInit',
      code: `
import { Injectable } from '@nestjs/common';
import amqp from 'amqplib';
@Injectable()
export class Queue {
  async onModuleInit() {
    this.connection = await amqp.connect('amqp://queue');
    this.channel = await this.connection.createChannel();
  }
}
`,
    },
    {
      name: 'a factory gives it to its caller',
      code: `
import { Client } from 'pg';
export async function connect(url: string) {
  const client = new Client(url);
  await client.connect();
  return client;
}
`,
    },
    {
      name: 'a listener: LISTEN',
      code: `
import { Client } from 'pg';
export async function subscribe(req, res) {
  const client = new Client();
  await client.connect();
  client.on('notification', (message) => res.write(message.payload));
  await client.query('LISTEN orders');
  req.on('close', () => client.end());
}
`,
    },
    {
      name: 'a listener: replication',
      code: `
import { Client } from 'pg';
export async function follow(req, res) {
  const client = new Client({ replication: 'database' });
  await client.connect();
  await client.query('IDENTIFY_SYSTEM');
  await client.end();
}
`,
    },
    {
      name: 'a listener: subscribe to one channel for all',
      code: `
import Redis from 'ioredis';
export function events(req, res) {
  const subscriber = new Redis();
  subscriber.subscribe('events');
  subscriber.on('message', (channel, text) => res.write(text));
  req.on('close', () => subscriber.quit());
}
`,
    },
    {
      name: 'a connection that ends another one',
      code: `
import { Client } from 'pg';
export async function cancelQuery(pid) {
  const client = new Client();
  await client.connect();
  await client.query('SELECT pg_cancel_backend($1)', [pid]);
  await client.end();
}
`,
    },
    {
      name: 'administration: CREATE DATABASE',
      code: `
import { Client } from 'pg';
export async function addTenant(name) {
  const client = new Client({ database: 'postgres' });
  await client.connect();
  await client.query('CREATE DATABASE ' + name);
  await client.end();
}
`,
    },
    {
      name: 'a probe of what a user typed in',
      code: `
import mysql from 'mysql2/promise';
export async function testConnection(options) {
  const connection = await mysql.createConnection(options);
  await connection.query('SELECT * FROM information_schema.tables');
  await connection.end();
}
`,
    },
    {
      name: 'a probe by its statement',
      code: `
import { Client } from 'pg';
export async function databaseStatus(url) {
  const client = new Client(url);
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
}
`,
    },
    {
      name: 'a retry loop',
      code: `
import { Client } from 'pg';
export async function waitForDatabase() {
  for (;;) {
    const client = new Client();
    try {
      await client.connect();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      await client.end();
    }
  }
}
`,
    },
    {
      name: 'shards: one for each, kept',
      code: `
import Redis from 'ioredis';
import { hosts } from './config';
export const shards = hosts.map((host) => new Redis({ host }));
export const byName = new Map();
for (const host of hosts) byName.set(host, new Redis({ host }));
`,
    },
    ...[
      'scripts/report.ts',
      'src/migrations/2024-users.ts',
      'test/users.ts',
      'src/users.test.ts',
      'seed.ts',
      'examples/basic.js',
    ].map((filename) => ({
      name: `a file that runs once: ${filename}`,
      filename,
      code: `
import { Client } from 'pg';
export async function runQuery(text) {
  const client = new Client();
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}
`,
    })),
    {
      name: 'a script by its first line',
      code: `#!/usr/bin/env node
import { Client } from 'pg';
for (const text of process.argv.slice(2)) {
  const client = new Client();
  await client.connect();
  await client.query(text);
  await client.end();
}
`,
    },
    {
      name: 'a program that ends itself',
      code: `
import { Client } from 'pg';
async function load(name) {
  const client = new Client();
  await client.connect();
  await client.query('DELETE FROM users WHERE name = $1', [name]);
  await client.end();
}
load(process.argv[2]).then(() => process.exit(0));
`,
    },
    {
      name: 'the database that a user of the service names',
      code: `
import express from 'express';
import { Client } from 'pg';
const app = express();
app.post('/preview', async (req, res) => {
  const client = new Client({ connectionString: req.body.url });
  await client.connect();
  const { rows } = await client.query('SELECT * FROM pg_tables');
  await client.end();
  res.json(rows);
});
`,
    },
    {
      name: 'a subscriber of one stream of events',
      code: `
import Redis from 'ioredis';
export function follow(docId, listener) {
  const subscriber = new Redis();
  subscriber.subscribe(\`doc-\${docId}\`);
  subscriber.on('message', (channel, text) => listener(text));
}
`,
    },
    {
      name: 'edge: a worker with Hyperdrive',
      code: `
import { Client } from 'pg';
export default {
  async fetch(request, env, context) {
    const client = new Client(env.HYPERDRIVE.connectionString);
    await client.connect();
    const { rows } = await client.query('SELECT * FROM users');
    context.waitUntil(client.end());
    return Response.json(rows);
  },
};
`,
    },
    {
      name: 'edge: what the runtime passes in',
      code: `
import { Hono } from 'hono';
import { Client } from '@neondatabase/serverless';
const app = new Hono<{ Bindings: { DATABASE_URL: string } }>();
app.get('/', async (c) => {
  const client = new Client(c.env.DATABASE_URL);
  await client.connect();
  return c.json(await client.query('SELECT * FROM users'));
});
`,
    },
    {
      name: 'edge: a runtime that Next.js is told of',
      filename: 'src/app/api/users/route.ts',
      code: `
import { Client } from '@neondatabase/serverless';
export const runtime = 'edge';
export async function GET() {
  const client = new Client(process.env.DATABASE_URL);
  await client.connect();
  return Response.json(await client.query('SELECT * FROM users'));
}
`,
    },
    {
      name: 'oracledb: a connection of the default pool',
      code: `
import oracledb from 'oracledb';
export async function list(req, res) {
  const connection = await oracledb.getConnection();
  try {
    res.json((await connection.execute('SELECT * FROM users')).rows);
  } finally {
    await connection.close();
  }
}
`,
    },
    {
      name: 'typeorm: getConnection gives what is there',
      code: `
import { getConnection } from 'typeorm';
export const list = async (req, res) => res.json(await getConnection().query('SELECT 1'));
`,
    },
    {
      name: 'mysql2: a checkout of a pool',
      code: `
import { pool } from './pool';
export async function list(req, res) {
  const connection = await pool.getConnection();
  try {
    res.json(await connection.query('SELECT 1'));
  } finally {
    connection.release();
  }
}
`,
    },
    {
      name: 'a pool is the matter of another rule',
      code: `
import { Pool } from 'pg';
export async function list(req, res) {
  const pool = new Pool();
  res.json(await pool.query('SELECT 1'));
}
`,
    },
    {
      name: 'a mail transport is out of scope',
      code: `
import nodemailer from 'nodemailer';
export async function send(req, res) {
  const transport = nodemailer.createTransport({ host: 'mail' });
  res.json(await transport.sendMail(req.body));
}
`,
    },
    {
      name: 'other things with the same names',
      code: `
import { Client } from 'discord.js';
import { createClient } from '@supabase/supabase-js';
import { createConnection } from 'node:net';
export function list(req, res) {
  const client = new Client({ intents: [] });
  res.json([createClient('https://db'), createConnection(5432), client.login('token')]);
}
`,
    },
  ],
  invalid: [],
});
