import rule from '../../rules/no-transaction-on-pool.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('no-transaction-on-pool', rule, {
  valid: [
    {
      name: "the page's first example: repaired",
      code: `
import { Pool } from 'pg';
const pool = new Pool();

export async function transfer(from: string, to: string) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET balance = balance - 1 WHERE id = $1', [from]);
    await client.query('UPDATE accounts SET balance = balance + 1 WHERE id = $1', [to]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'with a rollback: repaired',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  await pool.query('INSERT INTO a VALUES (1)');
}
`,
    },
    {
      name: 'mysql2, query and execute: repaired',
      code: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function run() {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    await connection.execute('INSERT INTO a VALUES (1)');
    await connection.commit();
  } finally {
    connection.release();
  }
}
`,
    },
    {
      name: 'typeorm, the data source: repaired',
      code: `
import type { DataSource } from 'typeorm';
async function run(source: DataSource) {
  await source.transaction((manager) => manager.query('SELECT 1'));
}
`,
    },
    {
      name: 'sequelize: repaired',
      code: `
import { Sequelize } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
async function run() {
  await sequelize.transaction(() => work());
}
`,
    },
    {
      name: 'knex: repaired',
      code: `
import knex from 'knex';
const db = knex({});
async function run() {
  await db.transaction((trx) => trx.raw('SELECT 1'));
}
`,
    },
    {
      name: 'postgres.js, unsafe: repaired',
      code: `
import postgres from 'postgres';
const sql = postgres();
const begin = () => sql.begin((sql) => [sql\`SELECT 1\`]);
`,
    },
    {
      name: 'likely: an imported pool: repaired',
      code: `
import { pool } from './db.js';
export const begin = () => pool.query('SELECT 1');
`,
    },
    {
      name: 'a field of a class: repaired',
      code: `
import type { PoolClient } from 'pg';
class Store {
  constructor(private readonly db: PoolClient) {}
  begin() {
    return this.db.query('BEGIN');
  }
}
`,
    },
    {
      name: 'one text stays on one connection',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export const move = () => pool.query('BEGIN; UPDATE a SET n = 1; COMMIT');
`,
    },
    {
      name: 'a savepoint',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export const back = () => pool.query('ROLLBACK TO SAVEPOINT a');
`,
    },
    {
      name: 'a column of that name',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export const read = () => pool.query('SELECT begin, commit FROM log');
`,
    },
    {
      name: 'a database that may be one connection',
      code: `
import { db } from './db.js';
export const begin = () => db.query('BEGIN');
`,
    },
    {
      name: 'SQLite',
      code: `
import Database from 'better-sqlite3';
const db = new Database('x.db');
db.exec('BEGIN');
db.exec('COMMIT');
`,
    },
    {
      name: 'a client of its own',
      code: `
import { Client } from 'pg';
const client = new Client();
client.query('BEGIN');
`,
    },
    {
      name: 'a transaction of postgres.js',
      code: `
import postgres from 'postgres';
const sql = postgres();
await sql.begin((sql) => [sql.unsafe('SELECT 1')]);
`,
    },
    {
      name: 'statements that are built elsewhere',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export const run = (text: string) => pool.query(text);
`,
    },
  ],
  invalid: [
    {
      name: "the page's first example",
      code: `
import { Pool } from 'pg';
const pool = new Pool();

export async function transfer(from: string, to: string) {
  await pool.query('BEGIN');
  await pool.query('UPDATE accounts SET balance = balance - 1 WHERE id = $1', [from]);
  await pool.query('UPDATE accounts SET balance = balance + 1 WHERE id = $1', [to]);
  await pool.query('COMMIT');
}
`,
      errors: [
        {
          messageId: 'transactionOnPool',
          data: { statement: 'BEGIN', pool: 'pool' },
          ...at(6, 9, 6, 28),
          suggestions: [
            {
              messageId: 'checkOut',
              output: `
import { Pool } from 'pg';
const pool = new Pool();

export async function transfer(from: string, to: string) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET balance = balance - 1 WHERE id = $1', [from]);
    await client.query('UPDATE accounts SET balance = balance + 1 WHERE id = $1', [to]);
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
          ],
        },
        { messageId: 'transactionOnPool', data: { statement: 'COMMIT', pool: 'pool' }, ...at(9, 9, 9, 29) },
      ],
    },
    {
      name: 'with a rollback',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  try {
    await pool.query('begin');
    await pool.query('INSERT INTO a VALUES (1)');
    await pool.query('commit;');
  } catch (error) {
    await pool.query('rollback');
    throw error;
  }
}
`,
      errors: [
        {
          messageId: 'transactionOnPool',
          data: { statement: 'BEGIN', pool: 'pool' },
          ...at(6, 11, 6, 30),
          suggestions: [
            {
              messageId: 'checkOut',
              output: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await client.query('INSERT INTO a VALUES (1)');
    await client.query('commit;');
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
`,
            },
          ],
        },
        { messageId: 'transactionOnPool', data: { statement: 'COMMIT', pool: 'pool' }, ...at(8, 11, 8, 32) },
        { messageId: 'transactionOnPool', data: { statement: 'ROLLBACK', pool: 'pool' }, ...at(10, 11, 10, 33) },
      ],
    },
    {
      name: 'in a template',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
const begin = (level: string) => pool.query(\`BEGIN ISOLATION LEVEL \${level}\`);
`,
      errors: [{ messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'pool' }, ...at(4, 34, 4, 78) }],
    },
    {
      name: 'callback',
      code: `
const { Pool } = require('pg');
const pool = new Pool();
pool.query('BEGIN', (error) => {
  if (error) throw error;
});
`,
      errors: [{ messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'pool' }, ...at(4, 1, 6, 3) }],
    },
    {
      name: 'mysql2, query and execute',
      code: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function run() {
  await pool.query('START TRANSACTION');
  await pool.execute('INSERT INTO a VALUES (1)');
  await pool.execute('COMMIT');
}
`,
      errors: [
        {
          messageId: 'transactionOnPool',
          data: { statement: 'START TRANSACTION', pool: 'pool' },
          ...at(5, 9, 5, 40),
          suggestions: [
            {
              messageId: 'checkOut',
              output: `
import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
async function run() {
  const connection = await pool.getConnection();
  let broken = false;
  try {
    await connection.query('START TRANSACTION');
    await connection.execute('INSERT INTO a VALUES (1)');
    await connection.execute('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => {
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
          ],
        },
        { messageId: 'transactionOnPool', data: { statement: 'COMMIT', pool: 'pool' }, ...at(7, 9, 7, 31) },
      ],
    },
    {
      name: 'mysql, callback',
      code: `
const mysql = require('mysql');
const pool = mysql.createPool({});
pool.query('START TRANSACTION', () => {});
`,
      errors: [
        { messageId: 'transactionOnPool', data: { statement: 'START TRANSACTION', pool: 'pool' }, ...at(4, 1, 4, 42) },
      ],
    },
    {
      name: 'typeorm, the data source',
      code: `
import type { DataSource } from 'typeorm';
async function run(source: DataSource) {
  await source.query('BEGIN');
  await source.query('COMMIT');
}
`,
      errors: [
        { messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'source' }, ...at(4, 9, 4, 30) },
        { messageId: 'transactionOnPool', data: { statement: 'COMMIT', pool: 'source' }, ...at(5, 9, 5, 31) },
      ],
    },
    {
      name: 'sequelize',
      code: `
import { Sequelize } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
async function run() {
  await sequelize.query('BEGIN');
  await sequelize.query('COMMIT');
}
`,
      errors: [
        { messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'sequelize' }, ...at(5, 9, 5, 33) },
        { messageId: 'transactionOnPool', data: { statement: 'COMMIT', pool: 'sequelize' }, ...at(6, 9, 6, 34) },
      ],
    },
    {
      name: 'knex',
      code: `
import knex from 'knex';
const db = knex({});
async function run() {
  await db.raw('BEGIN');
  await db.raw('COMMIT');
}
`,
      errors: [
        { messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'db' }, ...at(5, 9, 5, 24) },
        { messageId: 'transactionOnPool', data: { statement: 'COMMIT', pool: 'db' }, ...at(6, 9, 6, 25) },
      ],
    },
    {
      name: 'postgres.js, unsafe',
      code: `
import postgres from 'postgres';
const sql = postgres();
const begin = () => sql.unsafe('BEGIN');
`,
      errors: [{ messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'sql' }, ...at(4, 21, 4, 40) }],
    },
    {
      name: 'likely: an imported pool',
      code: `
import { pool } from './db.js';
export const begin = () => pool.query('BEGIN');
`,
      errors: [{ messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'pool' }, ...at(3, 28, 3, 47) }],
    },
    {
      name: 'a field of a class',
      code: `
import { Pool } from 'pg';
class Store {
  constructor(private readonly db: Pool) {}
  begin() {
    return this.db.query('BEGIN');
  }
}
`,
      errors: [{ messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'this.db' }, ...at(6, 12, 6, 34) }],
    },
    {
      name: 'a pool named in the settings',
      code: `
import { database } from './database.js';
export const begin = () => database.query('BEGIN');
`,
      settings: { pool: { pools: [{ module: '**/database', export: 'database', driver: 'pg' }] } },
      errors: [{ messageId: 'transactionOnPool', data: { statement: 'BEGIN', pool: 'database' }, ...at(3, 28, 3, 51) }],
    },
  ],
});
