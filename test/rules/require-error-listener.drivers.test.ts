import rule from '../../rules/require-error-listener.ts';
import { testRule } from '../support/rule-tester.ts';
import type { InvalidCase } from '../support/cases.ts';
import { at } from './at.ts';

const idle = 'an idle connection that breaks';
const quiet = 'a connection that breaks while no query runs';
const broken = 'a connection that breaks';

interface Row {
  readonly name: string;
  readonly imports: string;
  readonly declares: string;
  readonly value: string;
  /** What ends the process. */
  readonly when: string;
  /** Who emits, where that is not the variable. */
  readonly emitter?: string;
  readonly behind?: string;
}

const rows: readonly Row[] = [
  {
    name: 'drizzle builds the pool itself',
    imports: "import { drizzle } from 'drizzle-orm/node-postgres';",
    declares: 'export const db',
    value: "drizzle('postgres://db')",
    when: idle,
    emitter: 'db.$client',
  },
  {
    name: 'neon',
    imports: "import { Pool } from '@neondatabase/serverless';",
    declares: 'export const pool',
    value: "new Pool({ connectionString: 'postgres://db' })",
    when: idle,
  },
  {
    name: 'vercel',
    imports: "import { createPool } from '@vercel/postgres';",
    declares: 'export const pool',
    value: 'createPool()',
    when: idle,
  },
  {
    name: 'redis',
    imports: "import { createClient } from 'redis';",
    declares: 'export const client',
    value: "createClient({ url: 'redis://db' })",
    when: broken,
    behind: 'await client.connect();\n',
  },
  {
    name: 'mysql2, a connection',
    imports: "import mysql from 'mysql2';",
    declares: 'export const connection',
    value: "mysql.createConnection({ host: 'db' })",
    when: quiet,
  },
  {
    name: 'mysql, a connection',
    imports: "const mysql = require('mysql');",
    declares: 'const connection',
    value: "mysql.createConnection({ host: 'db' })",
    when: quiet,
    behind: 'connection.connect();\nexports.query = (text, done) => connection.query(text, done);\n',
  },
  {
    name: 'mariadb, a connection',
    imports: "import { createConnection } from 'mariadb';",
    declares: 'export const connection',
    value: "await createConnection({ host: 'db' })",
    when: quiet,
  },
  {
    name: 'amqplib',
    imports: "import amqp from 'amqplib';",
    declares: 'export const connection',
    value: "await amqp.connect('amqp://queue')",
    when: broken,
  },
  {
    name: 'tedious',
    imports: "import { Connection } from 'tedious';",
    declares: 'export const connection',
    value: "new Connection({ server: 'db' })",
    when: broken,
    behind: 'connection.connect();\n',
  },
];

function reported({ name, imports, declares, value, when, emitter, behind = '' }: Row): InvalidCase {
  const variable = declares.replace(/^.* /, '');
  const head = `${imports}\n${declares} = ${value};\n`;
  const column = `${declares} = `.length + 1 + (value.startsWith('await ') ? 'await '.length : 0);
  const listener = `${emitter ?? variable}.on('error', (error) => {\n  console.error(error);\n});\n`;
  const suggestion = { messageId: 'addErrorListener', data: { name: variable }, output: head + listener + behind };
  return {
    name,
    code: head + behind,
    errors: [
      {
        messageId: 'built',
        data: { name: variable, when },
        ...at(2, column, 2, declares.length + ' = '.length + value.length + 1),
        suggestions: [suggestion],
      },
    ],
  };
}

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
    ...rows.map(reported),
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
  ],
});
