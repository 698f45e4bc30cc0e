import rule from '../../rules/no-connect-per-request.ts';
import { testRule } from '../support/rule-tester.ts';
import type { InvalidCase } from '../support/cases.ts';
import { at } from './at.ts';

/** A name, the import, what connects, and after the repair: the import, and the pool that is built with the module. */
const pooled = [
  [
    'pg',
    "import { Client } from 'pg';",
    "new Client({ host: 'db' })",
    "import { Pool } from 'pg';",
    "new Pool({ host: 'db' }).on('error', console.error)",
  ],
  [
    'pg, default import',
    "import pg from 'pg';",
    "new pg.Client({ host: 'db' })",
    "import pg from 'pg';",
    "new pg.Pool({ host: 'db' }).on('error', console.error)",
  ],
  [
    'pg, required',
    "const { Client } = require('pg');",
    "new Client({ host: 'db' })",
    "const { Pool } = require('pg');",
    "new Pool({ host: 'db' }).on('error', console.error)",
  ],
  [
    'neon',
    "import { Client } from '@neondatabase/serverless';",
    "new Client('postgres://db')",
    "import { Pool } from '@neondatabase/serverless';",
    "new Pool({ connectionString: 'postgres://db' }).on('error', console.error)",
  ],
  [
    'mysql2/promise',
    "import mysql from 'mysql2/promise';",
    "await mysql.createConnection({ host: 'db' })",
    "import mysql from 'mysql2/promise';",
    "mysql.createPool({ host: 'db' })",
  ],
  [
    'mysql2/promise, named',
    "import { createConnection } from 'mysql2/promise';",
    "await createConnection('mysql://db')",
    "import { createPool } from 'mysql2/promise';",
    "createPool('mysql://db')",
  ],
  [
    'mariadb',
    "import mariadb from 'mariadb';",
    "await mariadb.createConnection({ host: 'db' })",
    "import mariadb from 'mariadb';",
    "mariadb.createPool({ host: 'db' })",
  ],
] as const;

/** Opened by a call of their own, or awaited: nothing repairs them. The fourth is that call, the fifth the advice. */
const single = [
  ['oracledb', "import oracledb from 'oracledb';", "await oracledb.getConnection({ user: 'app' })", '', 'Use a pool'],
  ['pg-native', "import Native from 'pg-native';", 'new Native()', "store.connectSync('postgres://db');", 'Use a pool'],
  [
    'redis',
    "import { createClient } from 'redis';",
    "createClient({ url: 'redis://db' })",
    'await store.connect();',
    'Share one',
  ],
  [
    'redis, connected',
    "import { createClient } from 'redis';",
    "await createClient({ url: 'redis://db' }).connect()",
    '',
    'Share one',
  ],
  ['amqplib', "import amqp from 'amqplib';", "await amqp.connect('amqp://queue')", '', 'Share one'],
  [
    'tedious',
    "import { Connection } from 'tedious';",
    "new Connection({ server: 'db' })",
    'store.connect();',
    'Use a pool',
  ],
  [
    'snowflake',
    "import snowflake from 'snowflake-sdk';",
    "snowflake.createConnection({ account: 'app' })",
    'await store.connectAsync();',
    'Use a pool',
  ],
  [
    'vercel',
    "import { createClient } from '@vercel/postgres';",
    "createClient({ connectionString: 'postgres://db' })",
    'await store.connect();',
    'Use a pool',
  ],
] as const;

const express = "import express from 'express';\n";
const app = "\n\nconst app = express();\napp.get('/orders', async (req, res) => {\n";
const answer = (store: string): string => `  res.json(await ${store}.query('SELECT * FROM orders'));\n});\n`;

function reported(name: string, imports: string, connects: string, opens: string, remedy: string): InvalidCase {
  const before = `${express}${imports}${app}  const store = `;
  const call = connects.replace('await ', '').replace('.connect()', '');
  const column = '  const store = '.length + 1 + connects.indexOf(call);
  const data = { source: call.slice(0, call.indexOf('(')), what: 'Express route handler', line: 5, remedy };
  return {
    name,
    code: `${before}${connects};\n${opens && `  ${opens}\n`}${answer('store')}`,
    errors: [{ messageId: 'handler', data, ...at(6, column, 6, column + call.length) }],
  };
}

testRule('no-connect-per-request', rule, {
  valid: [
    ...pooled.map(([name, , , imports, pool]) => ({
      name: `${name}, a pool: repaired`,
      code: `${express}${imports}\nconst pool = ${pool};${app}${answer('pool')}`,
    })),
    ...single.map(([name, imports, connects, opens]) => ({
      name: `${name}, at module level: repaired`,
      code: `${express}${imports}\nconst store = ${connects};\n${opens}${app}${answer('store')}`,
    })),
  ],
  invalid: [
    ...pooled.map(([name, imports, connects, repaired, pool]) => ({
      ...reported(name, imports, connects, '', 'Use a pool'),
      output: `${express}${repaired}\n\nconst pool = ${pool};${app}${answer('pool')}`,
    })),
    ...single.map(([name, imports, connects, opens, remedy]) => reported(name, imports, connects, opens, remedy)),
    {
      name: 'mysql, callback',
      code: `const express = require('express');
const mysql = require('mysql');
const app = express();
app.get('/orders', (req, res) => {
  const connection = mysql.createConnection({ host: 'db' });
  connection.connect();
  connection.query('SELECT * FROM orders', (error, rows) => {
    connection.end();
    if (error) return res.status(500).end();
    res.json(rows);
  });
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'mysql.createConnection', what: 'Express route handler', line: 4, remedy: 'Use a pool' },
          ...at(5, 22, 5, 60),
        },
      ],
      output: `const express = require('express');
const mysql = require('mysql');

const pool = mysql.createPool({ host: 'db' });

const app = express();
app.get('/orders', (req, res) => {
  pool.query('SELECT * FROM orders', (error, rows) => {
    if (error) return res.status(500).end();
    res.json(rows);
  });
});
`,
    },
    {
      name: 'mysql2, callback',
      code: `const express = require('express');
const mysql = require('mysql2');
const app = express();
app.get('/orders', (req, res) => {
  const connection = mysql.createConnection({ host: 'db' });
  connection.execute('SELECT * FROM orders', (error, rows) => {
    connection.end();
    res.json(rows);
  });
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'mysql.createConnection', what: 'Express route handler', line: 4, remedy: 'Use a pool' },
          ...at(5, 22, 5, 60),
        },
      ],
      output: `const express = require('express');
const mysql = require('mysql2');

const pool = mysql.createPool({ host: 'db' });

const app = express();
app.get('/orders', (req, res) => {
  pool.execute('SELECT * FROM orders', (error, rows) => {
    res.json(rows);
  });
});
`,
    },
    {
      name: 'ioredis connects by itself',
      code: `import express from 'express';
import Redis from 'ioredis';
const app = express();
app.get('/count', async (req, res) => {
  const redis = new Redis({ host: 'db' });
  const count = await redis.incr('count');
  await redis.quit();
  res.json(count);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Redis', what: 'Express route handler', line: 4, remedy: 'Share one' },
          ...at(5, 17, 5, 42),
        },
      ],
      output: `import express from 'express';
import Redis from 'ioredis';

let redis: Redis | undefined;

const app = express();
app.get('/count', async (req, res) => {
  redis ??= new Redis({ host: 'db' });
  const count = await redis.incr('count');
  res.json(count);
});
`,
    },
    {
      name: 'undici, one socket',
      code: `import express from 'express';
import { Client } from 'undici';
const app = express();
app.get('/count', async (req, res) => {
  const client = new Client('http://api');
  const { body } = await client.request({ path: '/count', method: 'GET' });
  res.json(await body.json());
});
`,
      output: `import express from 'express';
import { Client } from 'undici';

let client: Client | undefined;

const app = express();
app.get('/count', async (req, res) => {
  client ??= new Client('http://api');
  const { body } = await client.request({ path: '/count', method: 'GET' });
  res.json(await body.json());
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Client', what: 'Express route handler', line: 4, remedy: 'Share one' },
          ...at(5, 18, 5, 42),
        },
      ],
    },
  ],
});
