import rule from '../../rules/no-pool-in-handler.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('no-pool-in-handler', rule, {
  valid: [
    {
      name: 'given to the function: repaired',
      code: `
import type { Pool } from 'pg';
export async function runQuery(pool: Pool, text: string) {
  return await pool.query(text);
}
`,
    },
  ],
  invalid: [
    {
      name: 'loop: over the rows',
      code: `import { Pool } from 'pg';
export async function importAll(files: string[]) {
  for (const file of files) {
    const pool = new Pool({ host: 'db' });
    await pool.query('INSERT INTO files VALUES ($1)', [file]);
    await pool.end();
  }
}
`,
      errors: [{ messageId: 'loop', data: { source: 'new Pool', what: 'loop', line: 3 }, ...at(4, 18, 4, 42) }],
      output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export async function importAll(files: string[]) {
  for (const file of files) {
    await pool.query('INSERT INTO files VALUES ($1)', [file]);
  }
}
`,
    },
    {
      name: 'loop: in an array callback',
      code: `import { Pool } from 'pg';
export async function importAll(files: string[]) {
  await Promise.all(
    files.map(async (file) => {
      const pool = new Pool({ host: 'db' });
      await pool.query('INSERT INTO files VALUES ($1)', [file]);
      await pool.end();
    }),
  );
}
`,
      errors: [
        { messageId: 'loop', data: { source: 'new Pool', what: 'array callback', line: 4 }, ...at(5, 20, 5, 44) },
      ],
      output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export async function importAll(files: string[]) {
  await Promise.all(
    files.map(async (file) => {
      await pool.query('INSERT INTO files VALUES ($1)', [file]);
    }),
  );
}
`,
    },
    {
      name: 'a timer',
      code: `import { Pool } from 'pg';
setInterval(async () => {
  const pool = new Pool({ host: 'db' });
  await pool.query('DELETE FROM sessions WHERE expires < now()');
  await pool.end();
}, 60_000);
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'setInterval callback', line: 2 },
          ...at(3, 16, 3, 40),
        },
      ],
      output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

setInterval(async () => {
  await pool.query('DELETE FROM sessions WHERE expires < now()');
}, 60_000);
`,
    },
    {
      name: 'oneShot: built, used and ended by an exported function',
      code: `import { Pool } from 'pg';
export async function runQuery(text: string) {
  const pool = new Pool({ host: 'db' });
  try {
    return await pool.query(text);
  } finally {
    await pool.end();
  }
}
`,
      errors: [
        {
          messageId: 'oneShot',
          data: { source: 'new Pool', what: '`runQuery`' },
          ...at(3, 16, 3, 40),
          suggestions: [
            {
              messageId: 'hoist',
              output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export async function runQuery(text: string) {
  return await pool.query(text);
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'oneShot: built, used and forgotten',
      code: `import postgres from 'postgres';
export async function listUsers() {
  const sql = postgres('postgres://db');
  return await sql\`SELECT * FROM users\`;
}
`,
      errors: [{ messageId: 'oneShot', data: { source: 'postgres', what: '`listUsers`' }, ...at(3, 15, 3, 40) }],
      output: `import postgres from 'postgres';

const sql = postgres('postgres://db');

export async function listUsers() {
  return await sql\`SELECT * FROM users\`;
}
`,
    },
    {
      name: 'oneShot: a client that is used through its models',
      code: `import { PrismaClient } from '@prisma/client';
export async function listUsers() {
  const prisma = new PrismaClient();
  const users = await prisma.user.findMany();
  await prisma.$disconnect();
  return users;
}
`,
      errors: [
        {
          messageId: 'oneShot',
          data: { source: 'new PrismaClient', what: '`listUsers`' },
          ...at(3, 18, 3, 36),
          suggestions: [
            {
              messageId: 'hoist',
              output: `import { PrismaClient } from '@prisma/client';

let prisma: PrismaClient | undefined;

export async function listUsers() {
  prisma ??= new PrismaClient();
  const users = await prisma.user.findMany();
  return users;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'oneShot: a function in a variable',
      code: `const mysql = require('mysql2/promise');
const runQuery = async (text) => {
  const pool = mysql.createPool({ host: 'db' });
  const [rows] = await pool.query(text);
  return rows;
};
module.exports = { runQuery };
`,
      errors: [{ messageId: 'oneShot', data: { source: 'mysql.createPool', what: '`runQuery`' }, ...at(3, 16, 3, 48) }],
      output: `const mysql = require('mysql2/promise');

const pool = mysql.createPool({ host: 'db' });

const runQuery = async (text) => {
  const [rows] = await pool.query(text);
  return rows;
};
module.exports = { runQuery };
`,
    },
    {
      name: 'oneShot: a method of a service',
      code: `import { MongoClient } from 'mongodb';
export class Orders {
  async count() {
    const client = new MongoClient('mongodb://localhost');
    const count = await client.db().collection('orders').countDocuments();
    await client.close();
    return count;
  }
}
`,
      errors: [
        {
          messageId: 'oneShot',
          data: { source: 'new MongoClient', what: '`count`' },
          ...at(4, 20, 4, 58),
          suggestions: [
            {
              messageId: 'hoist',
              output: `import { MongoClient } from 'mongodb';

const client = new MongoClient('mongodb://localhost');

export class Orders {
  async count() {
    const count = await client.db().collection('orders').countDocuments();
    return count;
  }
}
`,
            },
          ],
        },
      ],
    },
  ],
});
