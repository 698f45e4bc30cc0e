import { describe, expect, it } from 'vitest';
import { factsOf } from './snippets.ts';

/** Every driver in every handler is reported; every way to keep it makes it silent, in every handler. */

const makers: Readonly<Record<string, readonly [imports: string, makes: string]>> = {
  'pg.Pool': [`import { Pool } from 'pg';`, 'new Pool({ max: 5 })'],
  'pg.Client': [`import pg from 'pg';`, 'new pg.Client(process.env.DATABASE_URL)'],
  'pg, CommonJS': [`const { Pool } = require('pg');`, 'new Pool()'],
  neon: [
    `import { Pool } from '@neondatabase/serverless';`,
    'new Pool({ connectionString: process.env.DATABASE_URL })',
  ],
  mysql: [`import mysql from 'mysql';`, 'mysql.createConnection(process.env.DB)'],
  mysql2: [`import { createPool } from 'mysql2';`, 'createPool(process.env.DB)'],
  'mysql2/promise': [`import mysql from 'mysql2/promise';`, 'await mysql.createConnection(process.env.DB)'],
  mariadb: [`import * as mariadb from 'mariadb';`, 'mariadb.createPool({ host: process.env.DB })'],
  mssql: [`import sql from 'mssql';`, 'new sql.ConnectionPool(process.env.DB)'],
  oracledb: [`import oracledb from 'oracledb';`, 'await oracledb.createPool({ user: "hr" })'],
  postgres: [`import postgres from 'postgres';`, 'postgres(process.env.DATABASE_URL)'],
  'pg-promise': [`import pgPromise from 'pg-promise';\nconst pgp = pgPromise();`, 'pgp(process.env.DATABASE_URL)'],
  slonik: [`import { createPool } from 'slonik';`, 'await createPool(process.env.DATABASE_URL)'],
  prisma: [`import { PrismaClient } from '@prisma/client';`, 'new PrismaClient()'],
  'prisma, generated': [`import { PrismaClient } from '@/generated/prisma';`, 'new PrismaClient({ log: ["error"] })'],
  knex: [`import knex from 'knex';`, 'knex({ client: "pg" })'],
  sequelize: [`import { Sequelize } from 'sequelize';`, 'new Sequelize(process.env.DATABASE_URL)'],
  typeorm: [`import { DataSource } from 'typeorm';`, 'new DataSource({ type: "postgres" })'],
  'mikro-orm': [`import { MikroORM } from '@mikro-orm/postgresql';`, 'await MikroORM.init(config)'],
  drizzle: [`import { drizzle } from 'drizzle-orm/node-postgres';`, 'drizzle(process.env.DATABASE_URL)'],
  mongodb: [`import { MongoClient } from 'mongodb';`, 'new MongoClient(process.env.URI)'],
  'MongoClient.connect': [`import { MongoClient } from 'mongodb';`, 'await MongoClient.connect(process.env.URI)'],
  mongoose: [`import mongoose from 'mongoose';`, 'mongoose.createConnection(process.env.URI)'],
  ioredis: [`import Redis from 'ioredis';`, 'new Redis(process.env.REDIS_URL)'],
  redis: [`import { createClient } from 'redis';`, 'createClient({ url: process.env.REDIS_URL })'],
  amqplib: [`import amqp from 'amqplib';`, 'await amqp.connect(process.env.AMQP_URL)'],
  cassandra: [`import { Client } from 'cassandra-driver';`, 'new Client({ contactPoints: ["a"] })'],
  undici: [`import { Pool } from 'undici';`, 'new Pool("https://a")'],
  'http.Agent': [`import http from 'node:http';`, 'new http.Agent({ keepAlive: true })'],
};

const handlers: Readonly<Record<string, readonly [before: string, after: string, filename?: string]>> = {
  express: [`import express from 'express';\nconst app = express();\napp.get('/', async (req, res) => {`, '});'],
  'express, CommonJS, named': [
    `const router = require('express').Router();\nrouter.use(load);\nasync function load(req, res, next) {`,
    '}',
  ],
  fastify: [`import Fastify from 'fastify';\nconst app = Fastify();\napp.post('/', async (request, reply) => {`, '});'],
  koa: [`import Koa from 'koa';\nnew Koa().use(async (ctx, next) => {`, '});'],
  hono: [`import { Hono } from 'hono';\nnew Hono().get('/', async (c) => {`, '});'],
  nest: [`import { Controller, Get } from '@nestjs/common';\n@Controller()\nclass A {\n@Get()\nasync list() {`, '}\n}'],
  'next app': [`export async function GET(request) {`, '}', 'src/app/api/users/route.ts'],
  'next pages': [`export default async function handler(req, res) {`, '}', 'pages/api/users.ts'],
  lambda: [
    `import type { Handler } from 'aws-lambda';\nexport const handler: Handler = async (event, context) => {`,
    '};',
  ],
  remix: [`export const loader = async ({ request }) => {`, '};', 'app/routes/users.tsx'],
  sveltekit: [`export const load = async ({ params }) => {`, '};', 'src/routes/users/+page.server.ts'],
  'a helper of a handler': [
    `import express from 'express';\nexpress().get('/', async (req, res) => res.json(await load()));\nasync function load() {`,
    '}',
  ],
  bullmq: [
    `import { Worker } from 'bullmq';\nexport const worker = new Worker('mails', async (job) => {`,
    '}, { connection });',
  ],
};

const keeps: Readonly<Record<string, readonly [outside: string, inside: string]>> = {
  'if (!it)': ['let it;', 'if (!it) { it = MAKE; }'],
  'if (!it) in TypeScript': ['let it: any | undefined = undefined;', 'if (it === undefined) it = (MAKE) as any;'],
  '??=': ['let it;', 'it ??= MAKE;'],
  '||=': ['let it;', 'it ||= MAKE;'],
  'it = it || make': ['let it = null;', 'it = it || MAKE;'],
  'it && it': ['let it = null;', 'it = it ? it : MAKE;'],
  'early return': ['let it;', 'if (it) return it;\nit = MAKE;'],
  'a const, then kept': ['let it;', 'if (it) return it;\nconst made = MAKE;\nit = made;'],
  globalThis: ['', 'globalThis.it ??= MAKE;'],
  'global, if': ['', 'if (!global.it) {\nglobal.it = MAKE;\n}'],
  'globalThis through an alias': ['const g = globalThis as unknown as { it: any };', 'if (!g.it) g.it = MAKE;'],
  'a Map': ['const all = new Map();', `if (!all.has('a')) all.set('a', MAKE);`],
  'a Map, read first': [
    'const all = new Map();',
    `let it = all.get('a');\nif (!it) {\nit = MAKE;\nall.set('a', it);\n}`,
  ],
  'an object by key': ['const all = {};', `all['a'] ??= MAKE;`],
  'a state object': ['const state = { it: null };', 'if (!state.it) state.it = MAKE;'],
  'a flag': ['let ready = false;\nlet it;', 'if (!ready) {\nit = MAKE;\nready = true;\n}'],
  'a static field': ['class Db { static it; }', 'Db.it ??= MAKE;'],
  typeof: ['var it;', `if (typeof it === 'undefined') it = MAKE;`],
  'a lazy function': ['let it;\nasync function get() {\nif (!it) it = MAKE;\nreturn it;\n}', 'await get();'],
  'a lazy arrow': ['let it;\nconst get = async () => (it ??= MAKE);', 'const it2 = await get();'],
  'a promise': ['let it;\nconst make = async () => MAKE;', 'it ??= make();\nawait it;'],
  once: ['const get = once(async () => MAKE);', 'await get();'],
  'a class with getInstance': [
    'class Db {\nstatic #it;\nstatic async get() {\nif (!Db.#it) Db.#it = MAKE;\nreturn Db.#it;\n}\n}',
    'await Db.get();',
  ],
  'module level': ['const it = MAKE;', 'await it.query("SELECT 1");'],
};

const fill = (text: string, makes: string): string => text.replaceAll('MAKE', makes);

function repetitionsOf(code: string, filename?: string): (string | undefined)[] {
  return factsOf(code, { filename: filename ?? 'src/file.ts' })
    .creations.filter(({ driver }) => driver.name !== 'bullmq')
    .map(({ repeats }) => repeats?.reason);
}

/** A different driver for each way to keep it and each handler, in turn. Prisma's, at module level, is the matter of reloads. */
const inTurn = Object.values(makers).filter(([, makes]) => !makes.includes('Prisma'));

describe.each(Object.entries(handlers))('%s', (name, [before, after, filename]) => {
  const turn = Object.keys(handlers).indexOf(name);

  it.each(Object.entries(makers))('reports %s', (_, [imports, makes]) => {
    const code = `${imports}\n${before}\nconst it = ${makes};\nawait it.query('SELECT * FROM users');\n${after}`;
    const reason = name === 'a helper of a handler' ? 'called' : 'slot';
    expect(repetitionsOf(code, filename), code).toEqual([reason]);
  });

  it.each(Object.keys(keeps).map((keep, index) => [keep, index] as const))('is silent about %s', (keep, index) => {
    const [outside, inside] = keeps[keep] ?? ['', ''];
    const [imports, makes] = inTurn[(index * 5 + turn) % inTurn.length] ?? ['', ''];
    const code = `${imports}\n${fill(outside, makes)}\n${before}\n${fill(inside, makes)}\n${after}`;
    expect(repetitionsOf(code, filename), code).toEqual([undefined]);
  });
});
