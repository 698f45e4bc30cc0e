import rule from '../../rules/require-error-listener.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('require-error-listener', rule, {
  valid: [
    {
      name: 'a listener: repaired',
      code: `
import { Pool } from 'pg';
export const pool = new Pool();
pool.on('error', (error) => {
  console.error(error);
});
`,
    },
    {
      name: 'a listener for the pool and one for its connections: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
pool.on('error', console.error);
pool.on('connect', (client) => {
  client.on('error', console.error);
});
export async function save(rows) {
  const client = await pool.connect();
  try {
    for (const row of rows) await client.query('INSERT INTO rows VALUES ($1)', [row]);
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'a client with a listener: repaired',
      code: `
import { Client } from 'pg';
export const client = new Client();
client.on('error', console.error);
await client.connect();
`,
    },
  ],
  invalid: [
    {
      name: "the page's first example: a pool of pg",
      code: `import { Pool } from 'pg';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'pool', when: 'an idle connection that breaks' },
          ...at(3, 21, 3, 77),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { Pool } from 'pg';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
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
      name: 'a client of pg',
      code: `import { Client } from 'pg';
export const client = new Client();
await client.connect();
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'client', when: 'a connection that breaks' },
          ...at(2, 23, 2, 35),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'client' },
              output: `import { Client } from 'pg';
export const client = new Client();
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
      name: 'pg, required',
      filename: 'db.js',
      code: `const { Pool } = require('pg')
const pool = new Pool()
module.exports = { query: (text) => pool.query(text) }
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'pool', when: 'an idle connection that breaks' },
          ...at(2, 14, 2, 24),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `const { Pool } = require('pg')
const pool = new Pool()
pool.on('error', (error) => {
  console.error(error)
})
module.exports = { query: (text) => pool.query(text) }
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a field',
      code: `import { Pool } from 'pg';
export class Database {
  constructor(url) {
    this.pool = new Pool({ connectionString: url });
  }
  query(text) {
    return this.pool.query(text);
  }
}
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'this.pool', when: 'an idle connection that breaks' },
          ...at(4, 17, 4, 52),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'this.pool' },
              output: `import { Pool } from 'pg';
export class Database {
  constructor(url) {
    this.pool = new Pool({ connectionString: url });
    this.pool.on('error', (error) => {
      console.error(error);
    });
  }
  query(text) {
    return this.pool.query(text);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a variable of the module, built when first needed',
      code: `import { Pool } from 'pg';
let pool: Pool | undefined;
export function getPool() {
  if (!pool) {
    pool = new Pool();
  }
  return pool;
}
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'pool', when: 'an idle connection that breaks' },
          ...at(5, 12, 5, 22),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { Pool } from 'pg';
let pool: Pool | undefined;
export function getPool() {
  if (!pool) {
    pool = new Pool();
    pool.on('error', (error) => {
      console.error(error);
    });
  }
  return pool;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'another event',
      code: `import { Pool } from 'pg';
export const pool = new Pool();
pool.on('connect', () => console.log('connected'));
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'pool', when: 'an idle connection that breaks' },
          ...at(2, 21, 2, 31),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { Pool } from 'pg';
export const pool = new Pool();
pool.on('error', (error) => {
  console.error(error);
});
pool.on('connect', () => console.log('connected'));
`,
            },
          ],
        },
      ],
    },
    {
      name: 'given to a query builder, which is deaf',
      code: `import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
const pool = new Pool();
export const db = drizzle(pool);
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'pool', when: 'an idle connection that breaks' },
          ...at(3, 14, 3, 24),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
const pool = new Pool();
pool.on('error', (error) => {
  console.error(error);
});
export const db = drizzle(pool);
`,
            },
          ],
        },
      ],
    },
    {
      name: 'built in the argument of a query builder',
      code: `import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
export const db = drizzle(new Pool());
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'Pool', when: 'an idle connection that breaks' },
          ...at(3, 27, 3, 37),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'Pool' },
              output: `import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
export const db = drizzle(new Pool().on('error', (error) => {
  console.error(error);
}));
`,
            },
          ],
        },
      ],
    },
    {
      name: 'held: a listener for the pool does not hear what is checked out',
      code: `import { Pool } from 'pg';
const pool = new Pool();
pool.on('error', console.error);
export async function save(rows) {
  const client = await pool.connect();
  try {
    for (const row of rows) await client.query('INSERT INTO rows VALUES ($1)', [row]);
  } finally {
    client.release();
  }
}
`,
      errors: [
        {
          messageId: 'held',
          data: { name: 'pool' },
          ...at(2, 14, 2, 24),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { Pool } from 'pg';
const pool = new Pool();
pool.on('connect', (client) => {
  client.on('error', (error) => {
    console.error(error);
  });
});
pool.on('error', console.error);
export async function save(rows) {
  const client = await pool.connect();
  try {
    for (const row of rows) await client.query('INSERT INTO rows VALUES ($1)', [row]);
  } finally {
    client.release();
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'held, and built',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function save(row) {
  const client = await pool.connect();
  try {
    await client.query('INSERT INTO rows VALUES ($1)', [row]);
  } finally {
    client.release();
  }
}
`,
      errors: [
        {
          messageId: 'built',
          data: { name: 'pool', when: 'an idle connection that breaks' },
          ...at(2, 14, 2, 24),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { Pool } from 'pg';
const pool = new Pool();
pool.on('error', (error) => {
  console.error(error);
});
export async function save(row) {
  const client = await pool.connect();
  try {
    await client.query('INSERT INTO rows VALUES ($1)', [row]);
  } finally {
    client.release();
  }
}
`,
            },
          ],
        },
        {
          messageId: 'held',
          data: { name: 'pool' },
          ...at(2, 14, 2, 24),
          suggestions: [
            {
              messageId: 'addErrorListener',
              data: { name: 'pool' },
              output: `import { Pool } from 'pg';
const pool = new Pool();
pool.on('connect', (client) => {
  client.on('error', (error) => {
    console.error(error);
  });
});
export async function save(row) {
  const client = await pool.connect();
  try {
    await client.query('INSERT INTO rows VALUES ($1)', [row]);
  } finally {
    client.release();
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
