import { testSnippets } from './snippets.ts';

testSnippets(
  'mysql2 and mysql',
  {},
  {
    promises: `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool({});
    export async function run() {
      const connection = await pool.getConnection(); //! taken
      const [rows] = await connection.query('SELECT 1'); //! throw
      connection.release();
      return rows;
    }
  `,
    'a pool from a named import': `
    import { createPool } from 'mysql2/promise';
    const db = createPool({});
    export async function run() {
      const connection = await db.getConnection(); //! taken
      try {
        return await connection.execute('SELECT 1');
      } finally {
        connection.release();
      }
    }
  `,
    'promise() of a callback pool': `
    const mysql = require('mysql2');
    const pool = mysql.createPool({}).promise();
    exports.run = async () => {
      const c = await pool.getConnection(); //! taken, never
      await c.query('SELECT 1');
    };
  `,
    callbacks: `
    const mysql = require('mysql');
    const pool = mysql.createPool({});
    exports.run = (callback) => {
      pool.getConnection((err, connection) => { //! taken
        if (err) return callback(err);
        connection.query('SELECT 1', (err, rows) => {
          connection.release();
          callback(err, rows);
        });
      });
    };
  `,
    'callbacks with a transaction, one way forgotten': `
    const mysql = require('mysql');
    const pool = mysql.createPool({});
    exports.run = (callback) => {
      pool.getConnection((err, connection) => { //! taken
        if (err) return callback(err);
        connection.beginTransaction((err) => {
          if (err) return callback(err); //! exit
          connection.commit((err) => {
            connection.release();
            callback(err);
          });
        });
      });
    };
  `,
    'thrown away with destroy': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool({});
    export async function run() {
      const connection = await pool.getConnection(); //! taken
      try {
        await connection.ping();
        connection.release();
      } catch (error) {
        connection.destroy();
        throw error;
      }
    }
  `,
    'through the pool': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool({});
    export async function run() {
      const connection = await pool.getConnection(); //! taken
      try {
        await connection.ping();
      } finally {
        pool.releaseConnection(connection);
      }
    }
  `,
    'await using': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool({});
    export async function run() {
      await using connection = await pool.getConnection();
      await connection.ping();
    }
  `,
    'a cluster': `
    const mysql = require('mysql2');
    const cluster = mysql.createPoolCluster();
    exports.run = (callback) => {
      cluster.getConnection((err, connection) => { //! taken, never
        if (err) return callback(err);
        connection.query('SELECT 1', callback);
      });
    };
  `,
    'execute of the callback interface checks its parameters at once': `
    const mysql = require('mysql2');
    const pool = mysql.createPool({});
    exports.run = (sql, values, callback) => {
      pool.getConnection((err, connection) => { //! taken
        if (err) return callback(err);
        connection.execute(sql, values, (err, rows) => { //! throw
          connection.release();
          callback(err, rows);
        });
      });
    };
  `,
    'a connection of its own that is ended': `
    import mysql from 'mysql2/promise';
    export async function run() {
      const connection = await mysql.createConnection({}); //! taken
      try {
        await connection.ping();
      } finally {
        await connection.end();
      }
    }
  `,
    'a connection of its own that is ended on one way': `
    import mysql from 'mysql2/promise';
    export async function run() {
      const connection = await mysql.createConnection({}); //! taken
      await connection.ping(); //! throw
      await connection.end();
    }
  `,
    'a connection of its own for good': `
    import mysql from 'mysql2/promise';
    export async function run() {
      const connection = await mysql.createConnection({});
      await connection.ping();
    }
  `,
  },
);

testSnippets(
  'pg: clients of their own',
  {},
  {
    'ended in finally': `
    import { Client } from 'pg';
    export async function run() {
      const client = new Client(); //! taken
      await client.connect();
      try {
        await client.query('SELECT 1');
      } finally {
        await client.end();
      }
    }
  `,
    'ended on one way': `
    import pg from 'pg';
    export async function run() {
      const client = new pg.Client(); //! taken
      await client.connect();
      await client.query('SELECT 1'); //! throw
      await client.end();
    }
  `,
    'made and not connected on one way': `
    import { Client } from 'pg';
    export async function run(ready) {
      const client = new Client(); //! taken
      if (!ready) return;
      await client.connect();
      await client.end();
    }
  `,
  },
);

testSnippets(
  'typeorm',
  {
    frame: `import { DataSource } from 'typeorm';
export async function run(source: DataSource, id, user) {
…
}`,
  },
  {
    'the documented form': `
    const runner = source.createQueryRunner(); //! taken
    await runner.connect();
    await runner.startTransaction(); //! throw
    try {
      await runner.manager.save(user);
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
    } finally {
      await runner.release();
    }
  `,
    'everything inside the try': `
    const runner = source.createQueryRunner(); //! taken
    try {
      await runner.connect();
      await runner.startTransaction();
      await runner.manager.save(user);
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  `,
    'release forgotten in catch': `
    const runner = source.createQueryRunner(); //! taken
    await runner.connect();
    try {
      await runner.manager.save(user); //! throw
      await runner.release();
    } catch (error) {
      console.error(error);
    }
  `,
    'never connected: holds nothing': `
    const runner = source.createQueryRunner(); //! taken
    if (id) return null;
    await runner.connect();
    await runner.release();
  `,
    'a query without connect': `
    const runner = source.createQueryRunner(); //! taken
    await runner.query('SELECT 1'); //! throw
    await runner.release();
    `,
    'given to a query builder': `
    const runner = source.createQueryRunner(); //! taken
    await runner.connect();
    const rows = await source.createQueryBuilder(runner).getMany(); //! throw
    await runner.release();
    return rows;
  `,
    'never given back': `
    const runner = source.createQueryRunner(); //! taken, never
    await runner.startTransaction();
    await runner.manager.save(user);
    await runner.commitTransaction();
  `,
    disposed: `
    await using runner = source.createQueryRunner();
    await runner.query('SELECT 1');
  `,
    'a repository of the runner': `
    const runner = source.createQueryRunner(); //! taken
    try {
      const users = runner.manager.getRepository('user');
      return await users.find();
    } finally {
      await runner.release();
    }
  `,
    'through the manager of a repository': `
    const runner = user.manager.connection.createQueryRunner(); //! taken, likely
    await runner.connect();
    await runner.query('SELECT 1'); //! throw
    await runner.release();
  `,
    'a default parameter': `
    const save = async (runner = source.createQueryRunner()) => { //! taken
      await runner.connect();
      await runner.manager.save(user); //! throw
      await runner.release();
    };
    await save();
  `,
  },
);

testSnippets(
  'mongodb and mongoose',
  {},
  {
    'ended in finally': `
    import { MongoClient } from 'mongodb';
    const client = new MongoClient('mongodb://localhost');
    export async function run() {
      const session = client.startSession(); //! taken
      try {
        await session.withTransaction(async () => {});
      } finally {
        await session.endSession();
      }
    }
  `,
    'ended on one way': `
    import { MongoClient } from 'mongodb';
    const client = new MongoClient('mongodb://localhost');
    export async function run() {
      const session = client.startSession(); //! taken
      session.startTransaction();
      await client.db().collection('a').insertOne({}, { session }); //! throw
      await session.commitTransaction();
      await session.endSession();
    }
  `,
    'mongoose, ended on one way': `
    import mongoose from 'mongoose';
    export async function run(User) {
      const session = await mongoose.startSession(); //! taken
      session.startTransaction();
      await User.create([{}], { session }); //! throw
      await session.commitTransaction();
      session.endSession();
    }
  `,
    'mongoose, abort and end in catch': `
    import mongoose from 'mongoose';
    export async function run(User) {
      const session = await mongoose.startSession(); //! taken
      try {
        session.startTransaction();
        await User.create([{}], { session });
        await session.commitTransaction();
        session.endSession();
      } catch (error) {
        await session.abortTransaction();
        session.endSession();
        throw error;
      }
    }
  `,
    'withSession gives back by itself': `
    import { MongoClient } from 'mongodb';
    const client = new MongoClient('mongodb://localhost');
    export const run = () => client.withSession(async (session) => session.withTransaction(async () => {}));
  `,
    'await using': `
    import { MongoClient } from 'mongodb';
    const client = new MongoClient('mongodb://localhost');
    export async function run() {
      await using session = client.startSession();
      await session.withTransaction(async () => {});
    }
  `,
  },
);

testSnippets(
  'sequelize and knex',
  {},
  {
    'commit and rollback': `
    import { Sequelize } from 'sequelize';
    const sequelize = new Sequelize('');
    export async function run(User) {
      const t = await sequelize.transaction(); //! taken
      try {
        await User.create({}, { transaction: t });
        await t.commit();
      } catch (error) {
        await t.rollback();
        throw error;
      }
    }
  `,
    'no rollback': `
    import { Sequelize } from 'sequelize';
    const sequelize = new Sequelize('');
    export async function run(User) {
      const t = await sequelize.transaction(); //! taken
      await User.create({}, { transaction: t }); //! throw
      await t.commit();
    }
  `,
    'an early return': `
    import { Sequelize } from 'sequelize';
    const sequelize = new Sequelize('');
    export async function run(User) {
      const t = await sequelize.transaction(); //! taken
      try {
        const user = await User.findOne({ transaction: t });
        if (!user) return null; //! exit
        await t.commit();
      } catch (error) {
        await t.rollback();
      }
    }
  `,
    'managed by sequelize': `
    import { Sequelize } from 'sequelize';
    const sequelize = new Sequelize('');
    export const run = (User) => sequelize.transaction(async (t) => User.create({}, { transaction: t }));
  `,
    'managed, with options': `
    import { Sequelize } from 'sequelize';
    const sequelize = new Sequelize('');
    export const run = (User) => sequelize.transaction({ readOnly: true }, async (t) => User.create({}, { transaction: t }));
  `,
    'knex, commit and rollback': `
    import knex from 'knex';
    const db = knex({});
    export async function run() {
      const trx = await db.transaction(); //! taken
      try {
        await trx('users').insert({});
        await trx.commit();
      } catch (error) {
        await trx.rollback(error);
        throw error;
      }
    }
  `,
    'knex, no rollback': `
    import knex from 'knex';
    const db = knex({});
    export async function run() {
      const trx = await db.transaction(); //! taken
      await trx('users').insert({}); //! throw
      await trx.commit();
    }
  `,
    'knex, managed': `
    import knex from 'knex';
    const db = knex({});
    export const run = () => db.transaction(async (trx) => trx('users').insert({}));
  `,
    'knex, a connection of its client': `
    import knex from 'knex';
    const db = knex({});
    export async function run() {
      const connection = await db.client.acquireConnection(); //! taken
      try {
        await work(connection);
      } finally {
        await db.client.releaseConnection(connection);
      }
    }
  `,
  },
);

testSnippets(
  'others',
  {},
  {
    'generic-pool': `
    import genericPool from 'generic-pool';
    const pool = genericPool.createPool(factory);
    export async function run() {
      const browser = await pool.acquire(); //! taken
      try {
        await browser.newPage();
      } finally {
        await pool.release(browser);
      }
    }
  `,
    'generic-pool, one way forgotten': `
    import { createPool } from 'generic-pool';
    const pool = createPool(factory);
    export async function run() {
      const browser = await pool.acquire(); //! taken
      await browser.newPage(); //! throw
      await pool.release(browser);
    }
  `,
    'generic-pool, thrown away when broken': `
    import { createPool } from 'generic-pool';
    const pool = createPool(factory);
    export async function run() {
      const browser = await pool.acquire(); //! taken
      try {
        await browser.newPage();
        await pool.release(browser);
      } catch (error) {
        await pool.destroy(browser);
        throw error;
      }
    }
  `,
    oracledb: `
    import oracledb from 'oracledb';
    export async function run() {
      let connection;
      try {
        connection = await oracledb.getConnection(); //! taken
        await connection.execute('SELECT 1 FROM dual');
      } finally {
        if (connection) await connection.close();
      }
    }
  `,
    'oracledb, one way forgotten': `
    import oracledb from 'oracledb';
    export async function run() {
      const connection = await oracledb.getConnection(); //! taken
      await connection.execute('SELECT 1 FROM dual'); //! throw
      await connection.close();
    }
  `,
    'oracledb, close guarded by a try': `
    import oracledb from 'oracledb';
    export async function run() {
      let connection;
      try {
        connection = await oracledb.getConnection(); //! taken
        await connection.execute('SELECT 1 FROM dual');
      } catch (error) {
        console.error(error);
      } finally {
        if (connection) {
          try {
            await connection.close();
          } catch (error) {
            console.error(error);
          }
        }
      }
    }
  `,
    'postgres.js': `
    import postgres from 'postgres';
    const sql = postgres();
    export async function run() {
      const reserved = await sql.reserve(); //! taken
      try {
        return await reserved\`SELECT 1\`;
      } finally {
        reserved.release();
      }
    }
  `,
    'postgres.js, one way forgotten': `
    import postgres from 'postgres';
    const sql = postgres();
    export async function run() {
      const reserved = await sql.reserve(); //! taken
      await reserved\`SELECT 1\`; //! throw
      reserved.release();
    }
  `,
    mariadb: `
    import mariadb from 'mariadb';
    const pool = mariadb.createPool({});
    export async function run() {
      let conn;
      try {
        conn = await pool.getConnection(); //! taken
        return await conn.query('SELECT 1');
      } finally {
        if (conn) conn.end();
      }
    }
  `,
    'pg-promise': `
    import pgPromise from 'pg-promise';
    const db = pgPromise()('postgres://');
    export async function run() {
      const obj = await db.connect(); //! taken
      await obj.any('SELECT 1'); //! throw
      obj.done();
    }
  `,
    tarn: `
    import { Pool } from 'tarn';
    const pool = new Pool({});
    export async function run() {
      const resource = await pool.acquire().promise; //! taken
      await work(resource); //! throw
      pool.release(resource);
    }
  `,
    'kysely, a controlled transaction': `
    import { Kysely } from 'kysely';
    export async function run(db: Kysely<any>) {
      const trx = await db.startTransaction().execute(); //! taken
      try {
        await trx.insertInto('a').values({}).execute();
        await trx.commit().execute();
      } catch (error) {
        await trx.rollback().execute();
        throw error;
      }
    }
  `,
    'kysely, no rollback': `
    import { Kysely } from 'kysely';
    export async function run(db: Kysely<any>) {
      const trx = await db.startTransaction().execute(); //! taken
      await trx.insertInto('a').values({}).execute(); //! throw
      await trx.commit().execute();
    }
  `,
    'drizzle around a pooled client': `
    import { Pool } from 'pg';
    import { drizzle } from 'drizzle-orm/node-postgres';
    const pool = new Pool();
    export async function run() {
      const client = await pool.connect(); //! taken
      try {
        const db = drizzle(client);
        return await db.select().from('users');
      } finally {
        client.release();
      }
    }
  `,
    'the pool of neon': `
    import { Pool } from '@neondatabase/serverless';
    const pool = new Pool();
    export async function run() {
      const client = await pool.connect(); //! taken
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
    'mssql: a transaction holds its connection': `
    import sql from 'mssql';
    export async function run(pool: sql.ConnectionPool) {
      const transaction = new sql.Transaction(pool); //! taken
      await transaction.begin();
      await new sql.Request(transaction).query('SELECT 1'); //! throw
      await transaction.commit();
    }
    `,
  },
);
