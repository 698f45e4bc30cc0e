import rule from '../../rules/require-error-listener.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('require-error-listener', rule, {
  valid: [
    {
      name: 'redis with a listener: repaired',
      code: `
import { createClient } from 'redis';
export const client = await createClient().on('error', console.error).connect();
`,
    },
    {
      name: 'drizzle, a listener for its pool: repaired',
      code: `
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle('postgres://db');
db.$client.on('error', console.error);
`,
    },
    {
      name: 'mysql2: the pool ends the connection and goes on',
      code: `
import mysql from 'mysql2/promise';
export const pool = mysql.createPool({ host: 'db' });
`,
    },
    {
      name: 'mysql2/promise: the connection keeps the listener of its connecting',
      code: `
import mysql from 'mysql2/promise';
export const connection = await mysql.createConnection({ host: 'db' });
`,
    },
    {
      name: 'ioredis logs what nobody hears',
      code: `
import Redis from 'ioredis';
export const redis = new Redis();
`,
    },
    {
      name: 'postgres.js, Prisma, MongoDB, knex and mssql do not emit',
      code: `
import { PrismaClient } from '@prisma/client';
import knex from 'knex';
import { MongoClient } from 'mongodb';
import sql from 'mssql';
import postgres from 'postgres';
export const all = [];
export const prisma = new PrismaClient();
export const db = knex({ client: 'pg' });
export const mongo = new MongoClient('mongodb://db');
export const mssql = new sql.ConnectionPool({ server: 'db' });
export const query = postgres('postgres://db');
`,
    },
  ],
  invalid: [
    {
      name: 'drizzle builds the pool itself',
      code: `import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle('postgres://db');
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'db', when: 'an idle connection that breaks' },
          ...at(2, 19, 2, 43),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'db' },
              output: `import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle('postgres://db');
db.$client.on('error', (error) => {
  console.error(error);
});
`,
            },
          ],
        },
      ],
    },
    {
      name: 'neon',
      code: `import { Pool } from '@neondatabase/serverless';
export const pool = new Pool({ connectionString: 'postgres://db' });
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'pool', when: 'an idle connection that breaks' },
          ...at(2, 21, 2, 68),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { Pool } from '@neondatabase/serverless';
export const pool = new Pool({ connectionString: 'postgres://db' });
pool.on('error', (error) => {
  console.error(error);
});
`,
            },
          ],
        },
      ],
    },
    {
      name: 'vercel',
      code: `import { createPool } from '@vercel/postgres';
export const pool = createPool();
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'pool', when: 'an idle connection that breaks' },
          ...at(2, 21, 2, 33),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { createPool } from '@vercel/postgres';
export const pool = createPool();
pool.on('error', (error) => {
  console.error(error);
});
`,
            },
          ],
        },
      ],
    },
    {
      name: 'redis',
      code: `import { createClient } from 'redis';
export const client = createClient({ url: 'redis://db' });
await client.connect();
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'client', when: 'a connection that breaks' },
          ...at(2, 23, 2, 58),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'client' },
              output: `import { createClient } from 'redis';
export const client = createClient({ url: 'redis://db' });
client.on('error', (error) => {
  console.error(error);
});
await client.connect();
`,
            },
          ],
        },
      ],
    },
    {
      name: 'redis, connected at once',
      code: `import { createClient } from 'redis';
export const client = await createClient({ url: 'redis://db' }).connect();
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'client', when: 'a connection that breaks' },
          ...at(2, 29, 2, 64),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'client' },
              output: `import { createClient } from 'redis';
export const client = await createClient({ url: 'redis://db' }).on('error', (error) => {
  console.error(error);
}).connect();
`,
            },
          ],
        },
      ],
    },
    {
      name: 'mysql2, a connection',
      code: `import mysql from 'mysql2';
export const connection = mysql.createConnection({ host: 'db' });
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'connection', when: 'a connection that breaks while no query runs' },
          ...at(2, 27, 2, 65),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'connection' },
              output: `import mysql from 'mysql2';
export const connection = mysql.createConnection({ host: 'db' });
connection.on('error', (error) => {
  console.error(error);
});
`,
            },
          ],
        },
      ],
    },
    {
      name: 'mysql, a connection',
      code: `const mysql = require('mysql');
const connection = mysql.createConnection({ host: 'db' });
connection.connect();
exports.query = (text, done) => connection.query(text, done);
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'connection', when: 'a connection that breaks while no query runs' },
          ...at(2, 20, 2, 58),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'connection' },
              output: `const mysql = require('mysql');
const connection = mysql.createConnection({ host: 'db' });
connection.on('error', (error) => {
  console.error(error);
});
connection.connect();
exports.query = (text, done) => connection.query(text, done);
`,
            },
          ],
        },
      ],
    },
    {
      name: 'mariadb, a connection',
      code: `import { createConnection } from 'mariadb';
export const connection = await createConnection({ host: 'db' });
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'connection', when: 'a connection that breaks while no query runs' },
          ...at(2, 33, 2, 65),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'connection' },
              output: `import { createConnection } from 'mariadb';
export const connection = await createConnection({ host: 'db' });
connection.on('error', (error) => {
  console.error(error);
});
`,
            },
          ],
        },
      ],
    },
    {
      name: 'amqplib',
      code: `import amqp from 'amqplib';
export const connection = await amqp.connect('amqp://queue');
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'connection', when: 'a connection that breaks' },
          ...at(2, 33, 2, 61),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'connection' },
              output: `import amqp from 'amqplib';
export const connection = await amqp.connect('amqp://queue');
connection.on('error', (error) => {
  console.error(error);
});
`,
            },
          ],
        },
      ],
    },
    {
      name: 'tedious',
      code: `import { Connection } from 'tedious';
export const connection = new Connection({ server: 'db' });
connection.connect();
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'connection', when: 'a connection that breaks' },
          ...at(2, 27, 2, 59),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'connection' },
              output: `import { Connection } from 'tedious';
export const connection = new Connection({ server: 'db' });
connection.on('error', (error) => {
  console.error(error);
});
connection.connect();
`,
            },
          ],
        },
      ],
    },
  ],
});
