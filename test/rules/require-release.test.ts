import rule from '../../rules/require-release.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('require-release', rule, {
  valid: [
    {
      name: 'a result without a name: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  return pool.query('SELECT 1');
}
`,
    },
    {
      name: 'overwritten in a loop: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function warmUp() {
  let client;
  for (let i = 0; i < 3; i++) {
    client = await pool.connect();
    client.release();
  }
}
`,
    },
    {
      name: 'a case of a switch: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(kind: string) {
  const client = await pool.connect();
  switch (kind) {
    case 'none':
      client.release();
      return null;
    default:
      client.release();
  }
}
`,
    },
    {
      name: 'nothing that can throw',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
pool.connect((error, client, done) => {
  if (error) throw error;
  console.log('connected');
  done();
});
`,
    },
  ],
  invalid: [
    {
      name: "the page's first example: an early return",
      code: `
import { pool } from './pool.js';

export async function findUser(id: string) {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT * FROM users WHERE id = $1', [id]);
  if (rows.length === 0) return null;
  client.release();
  return rows[0];
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
      output: `
import { pool } from './pool.js';

export async function findUser(id: string) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query('SELECT * FROM users WHERE id = $1', [id]);
    if (rows.length === 0) return null;
    return rows[0];
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'a query that throws',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function count() {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT count(*) FROM users');
  client.release();
  return rows[0].count;
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function count() {
  const client = await pool.connect();
  try {
    const { rows } = await client.query('SELECT count(*) FROM users');
    return rows[0].count;
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'never',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  await client.query('SELECT 1');
}
`,
      errors: [
        {
          messageId: 'never',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'a result without a name',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  return (await pool.connect()).query('SELECT 1');
}
`,
      errors: [
        { messageId: 'unnamed', data: { source: 'pool.connect', harm: 'the pool loses a slot' }, ...at(5, 17, 5, 31) },
      ],
    },
    {
      name: 'one branch',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function check(ok: boolean) {
  const client = await pool.connect();
  if (ok) {
    console.log('fine');
    client.release();
  } else {
    console.log('kept');
  }
}
`,
      errors: [
        {
          messageId: 'path',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            line: '9',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function check(ok: boolean) {
  const client = await pool.connect();
  try {
    if (ok) {
      console.log('fine');
    } else {
      console.log('kept');
    }
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'a catch that forgets',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function save(row: object) {
  const client = await pool.connect();
  try {
    await client.query('INSERT INTO rows VALUES ($1)', [row]);
    client.release();
  } catch (error) {
    console.error(error);
  }
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            line: '7',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function save(row: object) {
  const client = await pool.connect();
  try {
    await client.query('INSERT INTO rows VALUES ($1)', [row]);
  } catch (error) {
    console.error(error);
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'a transaction without rollback',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function move(from: number, to: number) {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE a SET n = n - 1 WHERE id = $1', [from]);
  await client.query('UPDATE a SET n = n + 1 WHERE id = $1', [to]);
  await client.query('COMMIT');
  client.release();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function move(from: number, to: number) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE a SET n = n - 1 WHERE id = $1', [from]);
    await client.query('UPDATE a SET n = n + 1 WHERE id = $1', [to]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
`,
    },
    {
      name: 'a loop that goes on',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function each(rows: string[]) {
  for (const row of rows) {
    const client = await pool.connect();
    if (row === '') continue;
    await client.query(row);
    client.release();
  }
}
`,
      errors: [
        {
          messageId: 'exit',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            line: '7',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(6, 26, 6, 40),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function each(rows: string[]) {
  for (const row of rows) {
    const client = await pool.connect();
    try {
      if (row === '') continue;
      await client.query(row);
    } finally {
      client.release();
    }
  }
}
`,
    },
    {
      name: 'overwritten in a loop',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function warmUp() {
  let client;
  for (let i = 0; i < 3; i++) {
    client = await pool.connect();
  }
  client.release();
}
`,
      errors: [
        {
          messageId: 'overwritten',
          data: {
            name: 'client',
            source: 'pool.connect',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
          },
          ...at(7, 20, 7, 34),
        },
      ],
    },
    {
      name: 'a case of a switch',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(kind: string) {
  const client = await pool.connect();
  switch (kind) {
    case 'none':
      return null;
    default:
      client.release();
  }
}
`,
      errors: [
        {
          messageId: 'exit',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            line: '8',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
    },
  ],
});
