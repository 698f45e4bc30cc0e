import rule from '../../rules/no-double-release.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('no-double-release', rule, {
  valid: [
    {
      name: 'in catch and in finally: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  let failure;
  try {
    await client.query('SELECT 1');
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    client.release(failure);
  }
}
`,
    },
    {
      name: 'mysql, callback without a return: repaired',
      code: `
const mysql = require('mysql');
const pool = mysql.createPool({});
exports.list = (callback) => {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    connection.query('SELECT 1', (error, rows) => {
      connection.release();
      if (error) {
        return callback(error);
      }
      callback(null, rows);
    });
  });
};
`,
    },
    {
      name: 'sequelize, committed and rolled back: repaired',
      code: `
import { Sequelize } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
async function archive() {
  const transaction = await sequelize.transaction();
  await transaction.commit();
}
`,
    },
    {
      name: 'through a helper of the file: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
function put(client) {
  client.release();
}
async function ping() {
  const client = await pool.connect();
  put(client);
}
`,
    },
    {
      name: 'in each branch',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping(ok: boolean) {
  const client = await pool.connect();
  if (ok) {
    client.release();
  } else {
    client.release(true);
  }
}
`,
    },
    {
      name: 'in try and in catch',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
    client.release();
  } catch (error) {
    client.release(error);
  }
}
`,
    },
    {
      name: 'a catch that may come after the release',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
    client.release();
    await audit();
  } catch (error) {
    client.release(error);
  }
}
`,
    },
    {
      name: 'behind a flag',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  let released = false;
  try {
    client.release();
    released = true;
  } finally {
    if (!released) client.release();
  }
}
`,
    },
    {
      name: 'set to null after the first',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  let client = await pool.connect();
  try {
    client.release();
    client = null;
  } finally {
    client?.release();
  }
}
`,
    },
    {
      name: 'another one in each round of a loop',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  for (let i = 0; i < 3; i++) {
    const client = await pool.connect();
    client.release();
  }
}
`,
    },
    {
      name: 'a new one in the same variable',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  let client = await pool.connect();
  client.release();
  client = await pool.connect();
  client.release();
}
`,
    },
    {
      name: 'typeorm ignores the second one',
      code: `
import type { DataSource } from 'typeorm';
async function ping(source: DataSource) {
  const runner = source.createQueryRunner();
  await runner.connect();
  await runner.release();
  await runner.release();
}
`,
    },
    {
      name: 'mongodb ignores the second one',
      code: `
import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://localhost');
async function ping() {
  const session = client.startSession();
  await session.endSession();
  await session.endSession();
}
`,
    },
    {
      name: 'knex: rollback after a failed commit',
      code: `
import knex from 'knex';
const db = knex({});
async function ping() {
  const trx = await db.transaction();
  try {
    await trx.commit();
  } catch (error) {
    await trx.rollback();
    throw error;
  }
}
`,
    },
  ],
  invalid: [
    {
      name: "the page's first example: in try and in finally",
      code: `
import { pool } from './pool.js';

export async function countUsers() {
  const client = await pool.connect();
  try {
    const { rows } = await client.query('SELECT count(*) FROM users');
    client.release();
    return Number(rows[0].count);
  } finally {
    client.release();
  }
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'client' }, ...at(11, 5, 11, 21) }],
      output: `
import { pool } from './pool.js';

export async function countUsers() {
  const client = await pool.connect();
  try {
    const { rows } = await client.query('SELECT count(*) FROM users');
    return Number(rows[0].count);
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'one after the other',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  client.release();
  client.release();
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'client' }, ...at(7, 3, 7, 19) }],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  client.release();
}
`,
    },
    {
      name: 'in catch and in finally',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
  } catch (error) {
    client.release(error);
    throw error;
  } finally {
    client.release();
  }
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'client' }, ...at(12, 5, 12, 21) }],
    },
    {
      name: 'done and release',
      code: `
const { Pool } = require('pg');
const pool = new Pool();
pool.connect((error, client, done) => {
  if (error) throw error;
  done();
  client.release();
});
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'client' }, ...at(7, 3, 7, 19) }],
      output: `
const { Pool } = require('pg');
const pool = new Pool();
pool.connect((error, client, done) => {
  if (error) throw error;
  done();
});
`,
    },
    {
      name: 'mysql, callback without a return',
      code: `
const mysql = require('mysql');
const pool = mysql.createPool({});
exports.list = (callback) => {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    connection.query('SELECT 1', (error, rows) => {
      connection.release();
      if (error) {
        connection.release();
        return callback(error);
      }
      callback(null, rows);
    });
  });
};
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'connection' }, ...at(10, 9, 10, 29) }],
    },
    {
      name: 'mysql2, released and handed to the pool',
      code: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function ping() {
  const connection = await pool.getConnection();
  connection.release();
  pool.releaseConnection(connection);
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'connection' }, ...at(7, 3, 7, 37) }],
      output: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function ping() {
  const connection = await pool.getConnection();
  connection.release();
}
`,
    },
    {
      name: 'sequelize, committed and rolled back',
      code: `
import { Sequelize } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
async function archive() {
  const transaction = await sequelize.transaction();
  await transaction.commit();
  await transaction.rollback();
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'transaction' }, ...at(7, 9, 7, 31) }],
    },
    {
      name: 'generic-pool',
      code: `
import { createPool } from 'generic-pool';
const pool = createPool(factory);
async function print() {
  const browser = await pool.acquire();
  await pool.release(browser);
  await pool.destroy(browser);
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'browser' }, ...at(7, 9, 7, 30) }],
      output: `
import { createPool } from 'generic-pool';
const pool = createPool(factory);
async function print() {
  const browser = await pool.acquire();
  await pool.release(browser);
}
`,
    },
    {
      name: 'oracledb',
      code: `
import oracledb from 'oracledb';
async function ping() {
  const connection = await oracledb.getConnection();
  await connection.close();
  await connection.close();
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'connection' }, ...at(6, 9, 6, 27) }],
      output: `
import oracledb from 'oracledb';
async function ping() {
  const connection = await oracledb.getConnection();
  await connection.close();
}
`,
    },
    {
      name: 'postgres.js',
      code: `
import postgres from 'postgres';
const sql = postgres();
async function ping() {
  const reserved = await sql.reserve();
  reserved.release();
  reserved.release();
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'reserved' }, ...at(7, 3, 7, 21) }],
      output: `
import postgres from 'postgres';
const sql = postgres();
async function ping() {
  const reserved = await sql.reserve();
  reserved.release();
}
`,
    },
    {
      name: 'through a helper of the file',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
function put(client) {
  client.release();
}
async function ping() {
  const client = await pool.connect();
  put(client);
  client.release();
}
`,
      errors: [{ messageId: 'releasedTwice', data: { name: 'client' }, ...at(10, 3, 10, 19) }],
    },
  ],
});
