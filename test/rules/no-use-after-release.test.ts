import rule from '../../rules/no-use-after-release.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('no-use-after-release', rule, {
  valid: [
    {
      name: 'mysql2, a statement after the release: repaired',
      code: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function save(order: object) {
  const connection = await pool.getConnection();
  try {
    await connection.query('INSERT INTO orders SET ?', [order]);
    return await connection.query('SELECT LAST_INSERT_ID()');
  } finally {
    connection.release();
  }
}
`,
    },
    {
      name: 'pg, callback: repaired',
      code: `
const { Pool } = require('pg');
const pool = new Pool();
exports.ping = (callback) => {
  pool.connect((error, client, done) => {
    if (error) return callback(error);
    client.query('SELECT 1', (error) => {
      done();
      callback(error);
    });
  });
};
`,
    },
    {
      name: 'typeorm: repaired',
      code: `
import type { DataSource } from 'typeorm';
async function read(source: DataSource) {
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    return await runner.query('SELECT 1');
  } finally {
    await runner.release();
  }
}
`,
    },
    {
      name: 'oracledb: repaired',
      code: `
import oracledb from 'oracledb';
async function today() {
  const connection = await oracledb.getConnection();
  await connection.execute('SELECT sysdate FROM dual');
  await connection.close();
}
`,
    },
    {
      name: 'postgres.js: repaired',
      code: `
import postgres from 'postgres';
const sql = postgres();
async function read() {
  const reserved = await sql.reserve();
  await reserved.unsafe('SELECT 1');
  reserved.release();
}
`,
    },
    {
      name: 'a listener removed after the release',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(onError) {
  const client = await pool.connect();
  client.on('error', onError);
  client.release();
  client.removeListener('error', onError);
}
`,
    },
    {
      name: 'a property read after the release',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  client.release();
  console.log(client.processID);
}
`,
    },
    {
      name: 'on some ways only',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(early: boolean) {
  const client = await pool.connect();
  if (early) client.release();
  await client.query('SELECT 1');
  if (!early) client.release();
}
`,
    },
    {
      name: 'a new one in the same variable',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  let client = await pool.connect();
  client.release();
  client = await pool.connect();
  await client.query('SELECT 1');
  client.release();
}
`,
    },
    {
      name: 'another one in the next round',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(rows: string[]) {
  for (const row of rows) {
    const client = await pool.connect();
    try {
      await client.query(row);
    } finally {
      client.release();
    }
  }
}
`,
    },
    {
      name: 'mysql: a rollback that is returned, and gives back when it is done',
      code: `
import mysql from 'mysql';
const pool = mysql.createPool({});
export function begin(callback) {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    return connection.rollback(() => {
      connection.release();
      callback(null);
    });
  });
}
`,
    },
    {
      name: 'a return that leaves the inner function only',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(rows: string[]) {
  const client = await pool.connect();
  try {
    return await Promise.all(rows.map((row) => client.query(row)));
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'a return whose chain gives back',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  return client.query('SELECT 1').finally(() => client.release());
}
`,
    },
    {
      name: 'a return in a try whose finally does something else',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  try {
    try {
      await client.query('SELECT 1');
    } finally {
      console.log('done');
    }
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'released in catch, used in try',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
  } catch (error) {
    client.release(error);
    throw error;
  }
  await client.query('SELECT 2');
  client.release();
}
`,
    },
  ],
  invalid: [
    {
      name: "the page's first example: returned without await",
      code: `
import { pool } from './pool.js';

export async function listUsers() {
  const client = await pool.connect();
  try {
    return client.query('SELECT * FROM users');
  } finally {
    client.release();
  }
}
`,
      errors: [{ messageId: 'returnedWithoutAwait', data: { name: 'client' }, ...at(7, 12, 7, 47) }],
      output: `
import { pool } from './pool.js';

export async function listUsers() {
  const client = await pool.connect();
  try {
    return await client.query('SELECT * FROM users');
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'a chain returned without await',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function listUsers() {
  const client = await pool.connect();
  try {
    return client.query('SELECT * FROM users').then((result) => result.rows);
  } finally {
    client.release();
  }
}
`,
      errors: [{ messageId: 'returnedWithoutAwait', data: { name: 'client' }, ...at(7, 12, 7, 47) }],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function listUsers() {
  const client = await pool.connect();
  try {
    return await client.query('SELECT * FROM users').then((result) => result.rows);
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'returned from a catch',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function listUsers() {
  const client = await pool.connect();
  try {
    return await client.query('SELECT * FROM users');
  } catch {
    return client.query('SELECT * FROM old_users');
  } finally {
    client.release();
  }
}
`,
      errors: [{ messageId: 'returnedWithoutAwait', data: { name: 'client' }, ...at(9, 12, 9, 51) }],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function listUsers() {
  const client = await pool.connect();
  try {
    return await client.query('SELECT * FROM users');
  } catch {
    return await client.query('SELECT * FROM old_users');
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'mysql2, a statement after the release',
      code: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function save(order: object) {
  const connection = await pool.getConnection();
  try {
    await connection.query('INSERT INTO orders SET ?', [order]);
  } finally {
    connection.release();
  }
  return await connection.query('SELECT LAST_INSERT_ID()');
}
`,
      errors: [{ messageId: 'usedAfterRelease', data: { name: 'connection' }, ...at(11, 16, 11, 59) }],
    },
    {
      name: 'pg, callback',
      code: `
const { Pool } = require('pg');
const pool = new Pool();
exports.ping = (callback) => {
  pool.connect((error, client, done) => {
    if (error) return callback(error);
    done();
    client.query('SELECT 1', callback);
  });
};
`,
      errors: [{ messageId: 'usedAfterRelease', data: { name: 'client' }, ...at(8, 5, 8, 39) }],
    },
    {
      name: 'typeorm',
      code: `
import type { DataSource } from 'typeorm';
async function read(source: DataSource) {
  const runner = source.createQueryRunner();
  await runner.connect();
  await runner.release();
  return await runner.query('SELECT 1');
}
`,
      errors: [
        {
          messageId: 'usedAfterRelease',
          data: { name: 'runner' },
          ...at(7, 16, 7, 40),
          suggestions: [
            {
              messageId: 'moveRelease',
              data: { name: 'runner' },
              output: `
import type { DataSource } from 'typeorm';
async function read(source: DataSource) {
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    return await runner.query('SELECT 1');
  } finally {
    await runner.release();
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'mongodb, session',
      code: `
import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://localhost');
async function pay() {
  const session = client.startSession();
  try {
    return session.withTransaction(work);
  } finally {
    await session.endSession();
  }
}
`,
      errors: [{ messageId: 'returnedWithoutAwait', data: { name: 'session' }, ...at(7, 12, 7, 41) }],
      output: `
import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://localhost');
async function pay() {
  const session = client.startSession();
  try {
    return await session.withTransaction(work);
  } finally {
    await session.endSession();
  }
}
`,
    },
    {
      name: 'oracledb',
      code: `
import oracledb from 'oracledb';
async function today() {
  const connection = await oracledb.getConnection();
  await connection.close();
  await connection.execute('SELECT sysdate FROM dual');
}
`,
      errors: [
        {
          messageId: 'usedAfterRelease',
          data: { name: 'connection' },
          ...at(6, 9, 6, 55),
          suggestions: [
            {
              messageId: 'moveRelease',
              data: { name: 'connection' },
              output: `
import oracledb from 'oracledb';
async function today() {
  const connection = await oracledb.getConnection();
  try {
    await connection.execute('SELECT sysdate FROM dual');
  } finally {
    await connection.close();
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'postgres.js',
      code: `
import postgres from 'postgres';
const sql = postgres();
async function read() {
  const reserved = await sql.reserve();
  reserved.release();
  await reserved.unsafe('SELECT 1');
}
`,
      errors: [
        {
          messageId: 'usedAfterRelease',
          data: { name: 'reserved' },
          ...at(7, 9, 7, 36),
          suggestions: [
            {
              messageId: 'moveRelease',
              data: { name: 'reserved' },
              output: `
import postgres from 'postgres';
const sql = postgres();
async function read() {
  const reserved = await sql.reserve();
  try {
    await reserved.unsafe('SELECT 1');
  } finally {
    reserved.release();
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
