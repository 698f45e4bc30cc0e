import rule from '../../rules/no-pool-in-handler.ts';
import { testRule } from '../support/rule-tester.ts';
import type { InvalidCase } from '../support/cases.ts';
import { at } from './at.ts';

/** A name, the import, and what builds the pool. */
type Family = readonly [name: string, imports: string, builds: string];
/** Also what stands at module level after the repair, and in the handler; and the call, where it is only a part. */
type Repaired = readonly [...Family, declared: string, taken: string, call?: string];

/** Constants: the repair builds them with the module. */
const constants: readonly Family[] = [
  ['postgres.js', "import postgres from 'postgres';", "postgres('postgres://db')"],
  ['mysql', "import mysql from 'mysql';", "mysql.createPool({ host: 'db' })"],
  ['mysql2', "import mysql from 'mysql2';", "mysql.createPool({ host: 'db' })"],
  ['mysql2/promise', "import { createPool } from 'mysql2/promise';", "createPool({ host: 'db' })"],
  ['mariadb', "import mariadb from 'mariadb';", "mariadb.createPool({ host: 'db' })"],
  ['mssql', "import sql from 'mssql';", "new sql.ConnectionPool({ server: 'db' })"],
  ['drizzle, postgres.js', "import { drizzle } from 'drizzle-orm/postgres-js';", "drizzle('postgres://db')"],
  ['drizzle, mysql2', "import { drizzle } from 'drizzle-orm/mysql2';", "drizzle('mysql://db')"],
  ['sequelize', "import { Sequelize } from 'sequelize';", "new Sequelize('postgres://db')"],
  ['mongodb', "import { MongoClient } from 'mongodb';", "new MongoClient('mongodb://db')"],
  ['mongoose', "import mongoose from 'mongoose';", "mongoose.createConnection('mongodb://db')"],
  ['cassandra', "import { Client } from 'cassandra-driver';", "new Client({ contactPoints: ['db'] })"],
  ['clickhouse', "import { createClient } from '@clickhouse/client';", "createClient({ url: 'http://db' })"],
  ['elasticsearch', "import { Client } from '@elastic/elasticsearch';", "new Client({ node: 'http://db' })"],
  ['memcached', "import Memcached from 'memcached';", "new Memcached('db:11211')"],
  ['bullmq, queue', "import { Queue } from 'bullmq';", "new Queue('mails', { connection: { host: 'db' } })"],
  ['undici, pool', "import { Pool } from 'undici';", "new Pool('http://api')"],
  ['undici, agent', "import { Agent } from 'undici';", 'new Agent({ connections: 10 })'],
  ['http', "import http from 'node:http';", 'new http.Agent({ keepAlive: true })'],
  ['https', "import { Agent } from 'https';", 'new Agent({ keepAlive: true })'],
  ['agentkeepalive', "import Agent from 'agentkeepalive';", 'new Agent({ maxSockets: 10 })'],
];

/** The same, of drivers whose pools end the process when nobody listens: the repair listens. */
const heard: readonly Family[] = [
  ['pg', "import { Pool } from 'pg';", "new Pool({ host: 'db' })"],
  ['pg, default import', "import pg from 'pg';", "new pg.Pool({ host: 'db' })"],
  ['pg, required', "const { Pool } = require('pg');", "new Pool({ host: 'db' })"],
  ['pg-pool', "import Pool from 'pg-pool';", "new Pool({ host: 'db' })"],
  ['neon', "import { Pool } from '@neondatabase/serverless';", "new Pool({ connectionString: 'postgres://db' })"],
  ['vercel', "import { createPool } from '@vercel/postgres';", "createPool({ connectionString: 'postgres://db' })"],
  ['redis, pool', "import { createClientPool } from 'redis';", "createClientPool({ url: 'redis://db' })"],
];

/** Repaired in another way: built when first needed, or where the pool is a part of what is built. */
const others: readonly Repaired[] = [
  [
    'mysql2, cluster',
    "import mysql from 'mysql2';",
    'mysql.createPoolCluster()',
    'let store: ReturnType<typeof mysql.createPoolCluster> | undefined;',
    '  store ??= mysql.createPoolCluster();',
  ],
  [
    'prisma',
    "import { PrismaClient } from '@prisma/client';",
    'new PrismaClient()',
    'let store: PrismaClient | undefined;',
    '  store ??= new PrismaClient();',
  ],
  [
    'prisma, generated',
    "import { PrismaClient } from '../generated/prisma/client';",
    'new PrismaClient()',
    'let store: PrismaClient | undefined;',
    '  store ??= new PrismaClient();',
  ],
  [
    'prisma, adapter',
    "import { PrismaPg } from '@prisma/adapter-pg';\nimport { PrismaClient } from '@prisma/client';",
    "new PrismaClient({ adapter: new PrismaPg({ connectionString: 'postgres://db' }) })",
    'let store: PrismaClient | undefined;',
    "  store ??= new PrismaClient({ adapter: new PrismaPg({ connectionString: 'postgres://db' }) });",
  ],
  [
    'knex',
    "import knex from 'knex';",
    "knex({ client: 'pg' })",
    "const makeStore = () => knex({ client: 'pg' });\nlet store: ReturnType<typeof makeStore> | undefined;",
    '  store ??= makeStore();',
  ],
  [
    'typeorm',
    "import { DataSource } from 'typeorm';",
    "new DataSource({ type: 'postgres' })",
    'let store: DataSource | undefined;',
    "  store ??= new DataSource({ type: 'postgres' });",
  ],
  [
    'kysely',
    "import { Kysely, PostgresDialect } from 'kysely';\nimport { Pool } from 'pg';",
    "new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ host: 'db' }) }) })",
    "const pool = new Pool({ host: 'db' })\n  .on('error', console.error)\n  .on('connect', (each) => each.on('error', console.error));",
    '  const store = new Kysely({ dialect: new PostgresDialect({ pool }) });',
    "new Pool({ host: 'db' })",
  ],
  [
    'ioredis, cluster',
    "import { Cluster } from 'ioredis';",
    "new Cluster([{ host: 'db' }])",
    'let store: Cluster | undefined;',
    "  store ??= new Cluster([{ host: 'db' }]);",
  ],
  [
    'redis, cluster',
    "import { createCluster } from 'redis';",
    "createCluster({ rootNodes: [{ url: 'redis://db' }] })",
    "const makeStore = () => createCluster({ rootNodes: [{ url: 'redis://db' }] });\nlet store: ReturnType<typeof makeStore> | undefined;",
    '  store ??= makeStore();',
  ],
  [
    'axios with an agent',
    "import axios from 'axios';\nimport https from 'node:https';",
    'axios.create({ httpsAgent: new https.Agent({ keepAlive: true }) })',
    'const httpsAgent = new https.Agent({ keepAlive: true });',
    '  const store = axios.create({ httpsAgent });',
    'new https.Agent({ keepAlive: true })',
  ],
  [
    'got with an agent',
    "import got from 'got';\nimport { Agent } from 'node:https';",
    'got.extend({ agent: { https: new Agent({ keepAlive: true }) } })',
    'const agent = new Agent({ keepAlive: true });',
    '  const store = got.extend({ agent: { https: agent } });',
    'new Agent({ keepAlive: true })',
  ],
  [
    'generic-pool',
    "import { createPool } from 'generic-pool';\nimport { factory } from './factory.js';",
    'createPool(factory, { max: 10 })',
    'const makeStore = () => createPool(factory, { max: 10 });\nlet store: ReturnType<typeof makeStore> | undefined;',
    '  store ??= makeStore();',
  ],
  [
    'tarn',
    "import { Pool } from 'tarn';\nimport { factory } from './factory.js';",
    'new Pool(factory)',
    'const makeStore = () => new Pool(factory);\nlet store: ReturnType<typeof makeStore> | undefined;',
    '  store ??= makeStore();',
  ],
];

/** Nothing repairs these: they are awaited, or what emits their errors is a part of them. */
const unrepaired: readonly Family[] = [
  ['slonik', "import { createPool } from 'slonik';", "await createPool('postgres://db')"],
  ['oracledb', "import oracledb from 'oracledb';", "await oracledb.createPool({ user: 'app' })"],
  ['drizzle', "import { drizzle } from 'drizzle-orm/node-postgres';", "drizzle('postgres://db')"],
  ['mikro-orm', "import { MikroORM } from '@mikro-orm/postgresql';", "await MikroORM.init({ dbName: 'app' })"],
  ['mongodb, connected', "import { MongoClient } from 'mongodb';", "await MongoClient.connect('mongodb://db')"],
];

const express = "import express from 'express';\n";
const app = "\n\nconst app = express();\napp.get('/orders', async (req, res) => {\n";
const answer = "  res.json(await store.load('orders'));\n});\n";

function reported([name, imports, builds]: Family, output?: string, call = builds.replace('await ', '')): InvalidCase {
  const before = `${express}${imports}${app}  const store = `;
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n') + builds.indexOf(call);
  const data = { source: call.slice(0, call.indexOf('(')), what: 'Express route handler', line: line - 1 };
  const errors = [{ messageId: 'handler', data, ...at(line, column, line, column + call.length) }];
  const code = `${before}${builds};\n${answer}`;
  return output === undefined ? { name, code, errors } : { name, code, errors, output };
}

const hoisted = (family: Family, listening = ''): InvalidCase => {
  const [, imports, builds] = family;
  return reported(family, `${express}${imports}\n\nconst store = ${builds}${listening};${app}${answer}`);
};

testRule('no-pool-in-handler', rule, {
  valid: [...constants, ...heard, ...others, ...unrepaired].map(([name, imports, builds]) => ({
    name: `${name}, at module level: repaired`,
    code: `${express}${imports}\nconst store = ${builds};${app}${answer}`,
  })),
  invalid: [
    ...constants.map((family) => hoisted(family)),
    ...heard.map((family) => hoisted(family, ".on('error', console.error)")),
    ...others.map(([name, imports, builds, declared, taken, call]) =>
      reported([name, imports, builds], `${express}${imports}\n\n${declared}${app}${taken}\n${answer}`, call),
    ),
    ...unrepaired.map((family) => reported(family)),
    {
      name: 'pg-promise: behind the constant that builds it',
      code: `import express from 'express';
import pgPromise from 'pg-promise';
const pgp = pgPromise();
const app = express();
app.get('/orders', async (req, res) => {
  const db = pgp('postgres://db');
  res.json(await db.any('SELECT * FROM orders'));
});
`,
      errors: [
        { messageId: 'handler', data: { source: 'pgp', what: 'Express route handler', line: 5 }, ...at(6, 14, 6, 34) },
      ],
      output: `import express from 'express';
import pgPromise from 'pg-promise';
const pgp = pgPromise();
const db = pgp('postgres://db');

const app = express();
app.get('/orders', async (req, res) => {
  res.json(await db.any('SELECT * FROM orders'));
});
`,
    },
  ],
});
