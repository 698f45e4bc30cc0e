import rule from '../../rules/require-release.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('require-release', rule, {
  valid: [
    {
      name: 'pg, two at once, one forgotten: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function copy() {
  const from = await pool.connect();
  try {
    const to = await pool.connect();
    try {
      await transfer(from, to);
    } finally {
      to.release();
    }
  } finally {
    from.release();
  }
}
`,
    },
    {
      name: 'slonik gives back by itself',
      code: `
import { createPool, sql } from 'slonik';
const pool = await createPool('postgres://');
export const read = () => pool.connect((connection) => connection.any(sql.unsafe\`SELECT 1\`));
`,
    },
    {
      name: 'mssql: connect() gives the pool itself',
      code: `
import sql from 'mssql';
export async function read() {
  const pool = await sql.connect('mssql://localhost');
  return pool.request().query('SELECT 1');
}
`,
    },
    {
      name: 'a query runner that holds nothing yet',
      code: `
import type { DataSource } from 'typeorm';
export function describe(source: DataSource) {
  const runner = source.createQueryRunner();
  return runner.hasOwnProperty('manager');
}
`,
    },
    {
      name: 'a client of its own that lives on',
      code: `
import { Client } from 'pg';
export async function open() {
  const client = new Client();
  await client.connect();
  return client;
}
`,
    },
  ],
  invalid: [
    {
      name: 'pg, callback',
      code: `
const { Pool } = require('pg');
const pool = new Pool();
exports.count = (callback) => {
  pool.connect((error, client, done) => {
    if (error) return callback(error);
    client.query('SELECT 1', (error, result) => {
      if (error) return callback(error);
      done();
      callback(null, result);
    });
  });
};
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
            release: '`done()`',
            where: 'on every path',
          },
          ...at(5, 3, 5, 15),
        },
      ],
      output: `
const { Pool } = require('pg');
const pool = new Pool();
exports.count = (callback) => {
  pool.connect((error, client, done) => {
    if (error) return callback(error);
    client.query('SELECT 1', (error, result) => {
      if (error) {
        done();
        return callback(error);
      }
      done();
      callback(null, result);
    });
  });
};
`,
    },
    {
      name: 'pg, promise chain',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
const read = () =>
  pool.connect().then((client) => {
    return client.query('SELECT 1').then((result) => {
      client.release();
      return result;
    });
  });
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
          ...at(5, 3, 5, 15),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
const read = () =>
  pool.connect().then((client) => {
    return client.query('SELECT 1').then((result) => {
      return result;
    }).finally(() => client.release());
  });
`,
    },
    {
      name: 'pg, two at once, one forgotten',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function copy() {
  const [from, to] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    await transfer(from, to);
  } finally {
    from.release();
  }
}
`,
      errors: [
        {
          messageId: 'never',
          data: {
            name: 'to',
            source: 'pool.connect',
            returned: 'given back',
            harm: 'the pool loses a slot',
            release: '`to.release()`',
            where: 'in `finally`',
          },
          ...at(5, 57, 5, 71),
        },
      ],
    },
    {
      name: 'pg, a client of its own',
      code: `
import { Client } from 'pg';
async function migrate() {
  const client = new Client();
  await client.connect();
  await client.query('CREATE TABLE t (id int)');
  await client.end();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'client',
            source: 'new Client',
            returned: 'ended',
            line: '6',
            harm: 'it stays open',
            release: '`client.end()`',
            where: 'in `finally`',
          },
          ...at(4, 18, 4, 30),
        },
      ],
      output: `
import { Client } from 'pg';
async function migrate() {
  const client = new Client();
  try {
    await client.connect();
    await client.query('CREATE TABLE t (id int)');
  } finally {
    await client.end();
  }
}
`,
    },
    {
      name: 'mysql2, promise',
      code: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function list() {
  const connection = await pool.getConnection();
  const [rows] = await connection.query('SELECT 1');
  connection.release();
  return rows;
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'connection',
            source: 'pool.getConnection',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`connection.release()`',
            where: 'in `finally`',
          },
          ...at(5, 28, 5, 48),
          suggestions: [
            {
              messageId: 'useUsing',
              data: { name: 'connection' },
              output: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function list() {
  await using connection = await pool.getConnection();
  const [rows] = await connection.query('SELECT 1');
  return rows;
}
`,
            },
          ],
        },
      ],
      output: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function list() {
  const connection = await pool.getConnection();
  try {
    const [rows] = await connection.query('SELECT 1');
    return rows;
  } finally {
    connection.release();
  }
}
`,
    },
    {
      name: 'mysql2, promise, with a transaction',
      code: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function rename(id: number, name: string) {
  const connection = await pool.getConnection();
  await connection.beginTransaction();
  await connection.execute('UPDATE users SET name = ? WHERE id = ?', [name, id]);
  await connection.commit();
  connection.release();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'connection',
            source: 'pool.getConnection',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`connection.release()`',
            where: 'in `finally`',
          },
          ...at(5, 28, 5, 48),
        },
      ],
      output: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function rename(id: number, name: string) {
  const connection = await pool.getConnection();
  let broken = false;
  try {
    await connection.beginTransaction();
    await connection.execute('UPDATE users SET name = ? WHERE id = ?', [name, id]);
    await connection.commit();
  } catch (error) {
    await connection.rollback().catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    if (broken) connection.destroy();
    else connection.release();
  }
}
`,
    },
    {
      name: 'mysql, callback',
      code: `
const mysql = require('mysql');
const pool = mysql.createPool({});
exports.list = (callback) => {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    connection.query('SELECT 1', (error, rows) => {
      if (error) {
        return callback(error);
      }
      connection.release();
      callback(null, rows);
    });
  });
};
`,
      errors: [
        {
          messageId: 'exit',
          data: {
            name: 'connection',
            source: 'pool.getConnection',
            returned: 'given back',
            line: '9',
            harm: 'the pool loses a slot',
            release: '`connection.release()`',
            where: 'on every path',
          },
          ...at(5, 3, 5, 21),
        },
      ],
      output: `
const mysql = require('mysql');
const pool = mysql.createPool({});
exports.list = (callback) => {
  pool.getConnection((error, connection) => {
    if (error) return callback(error);
    connection.query('SELECT 1', (error, rows) => {
      if (error) {
        connection.release();
        return callback(error);
      }
      connection.release();
      callback(null, rows);
    });
  });
};
`,
    },
    {
      name: 'typeorm, query runner',
      code: `
import type { DataSource } from 'typeorm';
async function save(source: DataSource, user: object) {
  const runner = source.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    await runner.manager.save(user);
    await runner.commitTransaction();
    await runner.release();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'runner',
            source: 'source.createQueryRunner',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`runner.release()`',
            where: 'in `finally`',
          },
          ...at(4, 18, 4, 44),
        },
      ],
      output: `
import type { DataSource } from 'typeorm';
async function save(source: DataSource, user: object) {
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    await runner.startTransaction();
    try {
      await runner.manager.save(user);
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  } finally {
    await runner.release();
  }
}
`,
    },
  ],
});
