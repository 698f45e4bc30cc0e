import rule from '../../rules/require-release.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('require-release', rule, {
  valid: [
    {
      name: 'a bare checkout: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function warmUp() {
  const client = await pool.connect();
  client.release();
}
`,
    },
    {
      name: 'handed on after a statement: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export async function take(role: string) {
  const client = await pool.connect();
  try {
    await client.query('SELECT set_config($1, $2, false)', ['role', role]);
    return client;
  } catch (error) {
    client.release();
    throw error;
  }
}
`,
    },
    {
      name: 'a callback that never gives back: repaired',
      code: `
const pool = require('mysql2').createPool({});
exports.ping = (callback) => {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    connection.ping((error) => {
      connection.release();
      callback(error);
    });
  });
};
`,
    },
    {
      name: 'tarn: repaired',
      code: `
import { Pool } from 'tarn';
const pool = new Pool({ create: () => connect(), destroy: () => {}, min: 0, max: 4 });
async function run() {
  const resource = await pool.acquire().promise;
  try {
    await resource.work();
  } finally {
    pool.release(resource);
  }
}
`,
    },
    {
      name: 'knex, a raw connection: repaired',
      code: `
import knex from 'knex';
const db = knex({ client: 'pg' });
async function listen() {
  const connection = await db.client.acquireConnection();
  try {
    await connection.query('LISTEN jobs');
  } finally {
    await db.client.releaseConnection(connection);
  }
}
`,
    },
    {
      name: 'certainty possible: one may come and the other not: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function copy() {
  const from = await pool.connect();
  try {
    const to = await pool.connect();
    try {
      await pipe(from, to);
    } finally {
      to.release();
    }
  } finally {
    from.release();
  }
}
`,
      options: [{ certainty: 'possible' }],
    },
    {
      name: 'one may come and the other not, which is seldom',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function copy() {
  const [from, to] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    await pipe(from, to);
  } finally {
    from.release();
    to.release();
  }
}
`,
    },
    {
      name: 'typeorm: unless released',
      code: `
import type { DataSource } from 'typeorm';
export async function run(source: DataSource) {
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT 1');
  } finally {
    if (!runner.isReleased) await runner.release();
  }
}
`,
    },
    {
      name: 'sequelize: unless finished',
      code: `
import { Sequelize } from 'sequelize';
const sequelize = new Sequelize('');
export async function create(User) {
  const t = await sequelize.transaction();
  try {
    await User.create({}, { transaction: t });
    await t.commit();
  } catch (error) {
    if (!t.finished) await t.rollback();
    throw error;
  }
}
`,
    },
    {
      name: 'knex: unless completed',
      code: `
import knex from 'knex';
const db = knex({});
export async function create() {
  const trx = await db.transaction();
  try {
    await trx('users').insert({});
    await trx.commit();
  } catch (error) {
    if (!trx.isCompleted()) await trx.rollback();
    throw error;
  }
}
`,
    },
    {
      name: 'given to a function whose promise gives back',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  return work(client).finally(() => client.release());
}
`,
    },
    {
      name: 'kept by a class of the file that gives back',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
class Session {
  constructor(private client) {}
  close() {
    this.client.release();
  }
}
export async function run() {
  const session = new Session(await pool.connect());
  try {
    await session.work();
  } finally {
    session.close();
  }
}
`,
    },
    {
      name: 'nothing is held where the checkout failed',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export async function run(next) {
  const client = await pool.connect().catch(next);
  if (!client) return;
  try {
    await client.query('SELECT 1');
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'mysql: a rollback that is returned',
      code: `
import mysql from 'mysql';
const pool = mysql.createPool({});
export function save(row, callback) {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    connection.query('INSERT INTO rows SET ?', row, (error) => {
      if (error) {
        return connection.rollback(() => {
          connection.release();
          callback(error);
        });
      }
      connection.release();
      callback(null);
    });
  });
}
`,
    },
  ],
  invalid: [
    {
      name: 'a bare checkout',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function warmUp() {
  await pool.connect();
}
`,
      errors: [
        { messageId: 'unnamed', data: { source: 'pool.connect', harm: 'the pool loses a slot' }, ...at(5, 9, 5, 23) },
      ],
    },
    {
      name: 'handed on after a statement',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export async function take(role: string) {
  const client = await pool.connect();
  await client.query('SELECT set_config($1, $2, false)', ['role', role]);
  return client;
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
            where: 'in `catch`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
    },
    {
      name: 'a callback that never gives back',
      code: `
const pool = require('mysql2').createPool({});
exports.ping = (callback) => {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    connection.ping(callback);
  });
};
`,
      errors: [
        {
          messageId: 'never',
          data: {
            name: 'connection',
            source: 'pool.getConnection',
            returned: 'given back',
            harm: 'the pool loses a slot',
            release: '`connection.release()`',
            where: 'on every path',
          },
          ...at(4, 3, 4, 21),
        },
      ],
    },
    {
      name: 'tarn',
      code: `
import { Pool } from 'tarn';
const pool = new Pool({ create: () => connect(), destroy: () => {}, min: 0, max: 4 });
async function run() {
  const resource = await pool.acquire().promise;
  await resource.work();
  pool.release(resource);
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'resource',
            source: 'pool.acquire',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`pool.release(resource)`',
            where: 'in `finally`',
          },
          ...at(5, 26, 5, 40),
        },
      ],
    },
    {
      name: 'knex, a raw connection',
      code: `
import knex from 'knex';
const db = knex({ client: 'pg' });
async function listen() {
  const connection = await db.client.acquireConnection();
  await connection.query('LISTEN jobs');
  await db.client.releaseConnection(connection);
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'connection',
            source: '…cquireConnection',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`releaseConnection(connection)`',
            where: 'in `finally`',
          },
          ...at(5, 28, 5, 57),
          suggestions: [
            {
              messageId: 'wrapInFinally',
              data: { name: 'connection' },
              output: `
import knex from 'knex';
const db = knex({ client: 'pg' });
async function listen() {
  const connection = await db.client.acquireConnection();
  try {
    await connection.query('LISTEN jobs');
  } finally {
    await db.client.releaseConnection(connection);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a pool of its own',
      code: `
import { Pool } from 'pg';
export async function migrate() {
  const pool = new Pool();
  await pool.query('CREATE TABLE jobs (id int)');
  await pool.end();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'pool',
            source: 'new Pool',
            returned: 'ended',
            line: '5',
            harm: 'it stays open',
            release: '`pool.end()`',
            where: 'in `finally`',
          },
          ...at(4, 16, 4, 26),
        },
      ],
      output: `
import { Pool } from 'pg';
export async function migrate() {
  const pool = new Pool();
  try {
    await pool.query('CREATE TABLE jobs (id int)');
  } finally {
    await pool.end();
  }
}
`,
    },
    {
      name: 'certainty possible: one may come and the other not',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function copy() {
  const [from, to] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    await pipe(from, to);
  } finally {
    from.release();
    to.release();
  }
}
`,
      options: [{ certainty: 'possible' }],
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'from',
            source: 'pool.connect',
            returned: 'given back',
            line: '5',
            harm: 'the pool loses a slot',
            release: '`from.release()`',
            where: 'in `finally`',
          },
          ...at(5, 41, 5, 55),
        },
        {
          messageId: 'throw',
          data: {
            name: 'to',
            source: 'pool.connect',
            returned: 'given back',
            line: '5',
            harm: 'the pool loses a slot',
            release: '`to.release()`',
            where: 'in `finally`',
          },
          ...at(5, 57, 5, 71),
        },
      ],
    },
  ],
});
