import { testSnippets } from './snippets.ts';

/** The body of every function here loses its connection when the query throws, so what is seen is also labelled. */

testSnippets(
  'imports',
  {},
  {
    'a named import': `
    import { Pool } from 'pg';
    const pool = new Pool();
    async function run() {
      const client = await pool.connect(); //! taken
      client.release();
    }
  `,
    'a renamed import': `
    import { Pool as Postgres } from 'pg';
    const db = new Postgres();
    async function run() {
      const c = await db.connect(); //! taken
      c.release();
    }
  `,
    'the default import': `
    import pg from 'pg';
    const store = new pg.Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'destructured from the default import': `
    import pg from 'pg';
    const { Pool } = pg;
    const store = new Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
    `,
    'a namespace import': `
    import * as pg from 'pg';
    const store = new pg.Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'require, destructured': `
    const { Pool } = require('pg');
    const store = new Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'require of the module': `
    const pg = require('pg');
    const store = new pg.Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'require and member': `
    const Pool = require('pg').Pool;
    const store = new Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'require of the native binding': `
    const { Pool } = require('pg').native;
    const store = new Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
    `,
    'import with require': `
    import pg = require('pg');
    const store = new pg.Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'a dynamic import': `
    async function run() {
      const { Pool } = await import('pg');
      const store = new Pool();
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'an assignment instead of an initialiser': `
    import { Pool } from 'pg';
    let store;
    store = new Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'a global kept over reloads': `
    import { Pool } from 'pg';
    const store = globalThis.store ?? new Pool();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'a pool of this function': `
    import { Pool } from 'pg';
    async function run() {
      const store = new Pool();
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'new and connect at once': `
    import { Pool } from 'pg';
    async function run() {
      const c = await new Pool().connect(); //! taken
      c.release();
    }
  `,
    'a subclass of the pool': `
    import { Pool } from 'pg';
    class Store extends Pool {}
    const store = new Store();
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
    `,
    'in a subclass of the pool': `
    import { Pool } from 'pg';
    class Store extends Pool {
      async read() {
        const c = await this.connect(); //! taken
        c.release();
      }
    }
    `,
  },
);

testSnippets(
  'annotations',
  {},
  {
    'a type import on a parameter': `
    import type { Pool } from 'pg';
    export async function run(store: Pool) {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'a namespace type on a parameter': `
    import type * as pg from 'pg';
    export async function run(store: pg.Pool) {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'an optional parameter': `
    import { Pool } from 'pg';
    export async function run(store?: Pool) {
      const c = await store!.connect(); //! taken
      c.release();
    }
  `,
    'a union with undefined': `
    import { Pool } from 'pg';
    export async function run(store: Pool | undefined) {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'a parameter property': `
    import { Pool } from 'pg';
    export class Store {
      constructor(private readonly db: Pool) {}
      async read() {
        const c = await this.db.connect(); //! taken
        c.release();
      }
    }
  `,
    'a decorated parameter property': `
    import { Pool } from 'pg';
    @Injectable()
    export class Store {
      constructor(@Inject('PG') private readonly db: Pool) {}
      async read() {
        const c = await this.db.connect(); //! taken
        c.release();
      }
    }
  `,
    'a declared field': `
    import { Pool } from 'pg';
    export class Store {
      private db: Pool;
      async read() {
        const c = await this.db.connect(); //! taken
        c.release();
      }
    }
  `,
    'a field with an initialiser': `
    import { Pool } from 'pg';
    export class Store {
      #db = new Pool();
      async read() {
        const c = await this.#db.connect(); //! taken
        c.release();
      }
    }
  `,
    'a field that the constructor fills': `
    import { Pool } from 'pg';
    export class Store {
      constructor(options) {
        this.db = new Pool(options);
      }
      async read() {
        const c = await this.db.connect(); //! taken
        c.release();
      }
    }
  `,
    'a destructured parameter with a type': `
    import type { Pool } from 'pg';
    export async function run({ store }: { store: Pool }) {
      const c = await store.connect(); //! taken
      c.release();
    }
    `,
    'a parameter that is already a client': `
    import type { PoolClient } from 'pg';
    export async function run(db: PoolClient) {
      await db.query('SELECT 1');
    }
  `,
    'a variable annotation': `
    import type { Pool } from 'pg';
    declare const store: Pool;
    async function run() {
      const c = await store.connect(); //! taken
      c.release();
    }
  `,
    'an assertion': `
    import type { Pool } from 'pg';
    async function run(container) {
      const store = container.get('db') as Pool;
      const c = await store.connect(); //! taken
      c.release();
    }
    `,
    'a function of this file that returns the pool': `
    import { Pool } from 'pg';
    let store: Pool;
    function database() {
      return (store ??= new Pool());
    }
    async function run() {
      const c = await database().connect(); //! taken
      c.release();
    }
  `,
    'a function with a return type': `
    import { Pool } from 'pg';
    declare function database(): Pool;
    async function run() {
      const c = await database().connect(); //! taken
      c.release();
    }
    `,
    'a getter of the class': `
    import { Pool } from 'pg';
    export class Store {
      private options = {};
      get db(): Pool {
        return new Pool(this.options);
      }
      async read() {
        const c = await this.db.connect(); //! taken
        c.release();
      }
    }
    `,
  },
);

testSnippets(
  'evidence from use',
  {},
  {
    'an imported pool': `
    import { pool } from './db.js';
    export async function run() {
      const client = await pool.connect(); //! taken, likely
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
    'an imported pool, never given back': `
    import pool from '../db';
    export async function run() {
      const client = await pool.connect(); //! taken, likely, never
      await client.query('SELECT 1');
    }
  `,
    'a required pool': `
    const pool = require('./db');
    exports.run = async () => {
      const client = await pool.connect(); //! taken, likely
      await client.query('SELECT 1'); //! throw
      client.release();
    };
  `,
    'db.connect, released': `
    import db from './db.js';
    export async function run() {
      const client = await db.connect(); //! taken, likely
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
    'a deep member': `
    export async function run(req) {
      const client = await req.app.locals.pool.connect(); //! taken, likely
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
    'app.pg of a plugin': `
    export async function run(app) {
      const client = await app.pg.connect(); //! taken, likely
      try {
        return await client.query('SELECT 1');
      } finally {
        client.release();
      }
    }
  `,
    'getPool()': `
    import { getPool } from './db.js';
    export async function run() {
      const client = await getPool().connect(); //! taken, likely
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
    'await getPool()': `
    import { getPool } from './db.js';
    export async function run() {
      const client = await (await getPool()).connect(); //! taken, likely
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
    'a field nobody declares': `
    export class Store {
      async read() {
        const client = await this.pool.connect(); //! taken, likely
        await client.query('SELECT 1'); //! throw
        client.release();
      }
    }
  `,
    'getConnection of an imported pool': `
    import pool from './db.js';
    export async function run() {
      const connection = await pool.getConnection(); //! taken, likely
      await connection.query('SELECT 1'); //! throw
      connection.release();
    }
  `,
    'getConnection of an imported pool with a callback': `
    import pool from './db.js';
    export function run(callback) {
      pool.getConnection((err, connection) => { //! taken, likely
        if (err) return callback(err);
        connection.query('SELECT 1', (err, rows) => {
          if (err) return callback(err); //! exit
          connection.release();
          callback(null, rows);
        });
      });
    }
  `,
    'connect of an imported pool with a callback': `
    import { pool } from './db.js';
    export function run(callback) {
      pool.connect((err, client, done) => { //! taken, likely
        if (err) return callback(err);
        client.query('SELECT 1', (err, result) => {
          done();
          callback(err, result);
        });
      });
    }
  `,
    'createQueryRunner of anything': `
    export async function run(source) {
      const runner = source.createQueryRunner(); //! taken, likely
      await runner.connect();
      await runner.query('SELECT 1'); //! throw
      await runner.release();
    }
  `,
    'the way back of a driver we do not know: released through the pool': `
    import pool from './db.js';
    export async function run() {
      const connection = await pool.getConnection(); //! taken, likely
      try {
        await connection.query('SELECT 1');
      } finally {
        pool.releaseConnection(connection);
      }
    }
  `,
    'closed, as mariadb and oracledb say': `
    import pool from './db.js';
    export async function run() {
      const connection = await pool.getConnection(); //! taken, likely
      try {
        await connection.execute('SELECT 1');
      } finally {
        await connection.close();
      }
    }
  `,
    'a helper of another file, by its name and use': `
    import { getConnection } from './db.js';
    export async function run() {
      const connection = await getConnection(); //! taken, likely
      await connection.query('SELECT 1'); //! throw
      connection.release();
    }
  `,
    'a helper of another file that gives a client': `
    import { getDbClient } from './db.js';
    export async function run() {
      const client = await getDbClient(); //! taken, likely
      try {
        await client.query('SELECT 1');
      } finally {
        client.release();
      }
    }
  `,
    'a helper of another file whose result is not given back': `
    import { getClient } from './db.js';
    export async function run() {
      const client = await getClient();
      return client.query('SELECT 1');
    }
  `,
  },
);

testSnippets(
  'settings',
  {
    settings: {
      pools: [{ module: '**/store', export: 'store', driver: 'pg' }],
      acquire: ['borrow'],
      release: ['handIn'],
    },
  },
  {
    'a pool of the settings': `
    import { store } from './store.js';
    export async function run() {
      const c = await store.connect(); //! taken
      await work(c); //! throw
      c.release();
    }
  `,
    'another module of the same name is not meant': `
    import { store } from './store/redux.js';
    export async function run() {
      const c = await store.connect();
      await work(c);
    }
  `,
    'another export is not meant': `
    import { other } from './store.js';
    export async function run() {
      const c = await other.connect();
      await work(c);
    }
  `,
    'an own acquire function': `
    import { borrow } from './mine.js';
    export async function run() {
      const c = await borrow(); //! taken
      await work(c); //! throw
      c.release();
    }
  `,
    'an own acquire function with a parameter of ours as its argument': `
      import { borrow } from './mine.js';
      export async function run(tenant) {
        const c = await borrow(tenant); //! taken
        await work(c); //! throw
        c.release();
      }
    `,
    'an own acquire function with a property as its argument': `
      import { borrow } from './mine.js';
      export async function run(req) {
        const c = await borrow(req.tenant); //! taken
        await work(c); //! throw
        c.release();
      }
    `,
    'an own acquire method': `
    export async function run(mine) {
      const c = await mine.borrow(); //! taken, never
      await work(c);
    }
  `,
    'an own release function': `
    import { borrow, handIn } from './mine.js';
    export async function run() {
      const c = await borrow(); //! taken
      try {
        await work(c);
      } finally {
        handIn(c);
      }
    }
  `,
    'an own release method': `
    export async function run(mine) {
      const c = await mine.borrow(); //! taken
      await work(c); //! throw
      await mine.handIn(c);
    }
  `,
  },
);

testSnippets(
  'settings: packages, default exports and kinds',
  {
    settings: {
      pools: [
        { module: '@app/db', export: 'default', driver: 'mysql2/promise' },
        { module: '@app/orm', export: 'source', driver: 'typeorm', kind: 'dataSource' },
      ],
    },
  },
  {
    'the default export of a package': `
    import db from '@app/db';
    export async function run() {
      const c = await db.getConnection(); //! taken
      await work(c); //! throw
      c.release();
    }
  `,
    'a value of another kind': `
    import { source } from '@app/orm';
    export async function run() {
      const r = source.createQueryRunner(); //! taken
      await r.query('SELECT 1'); //! throw
      await r.release();
    }
    `,
  },
);

testSnippets(
  'look-alikes',
  {},
  {
    'socket.connect': `
    export async function run(socket) {
      const session = await socket.connect();
      await session.write('x');
      session.end();
    }
  `,
    'the net module': `
    import net from 'node:net';
    export function run() {
      const socket = net.connect(80);
      socket.end();
    }
  `,
    amqp: `
    import amqp from 'amqplib';
    export async function run() {
      const connection = await amqp.connect('amqp://localhost');
      const channel = await connection.createChannel();
      await channel.close();
    }
  `,
    'redis: connect of the client itself': `
    import { createClient } from 'redis';
    export async function run() {
      const client = createClient();
      await client.connect();
      return client;
    }
  `,
    'mssql: pool.connect() gives the pool': `
    import sql from 'mssql';
    const pool = new sql.ConnectionPool({});
    export async function run() {
      const connected = await pool.connect();
      await connected.request().query('SELECT 1');
    }
  `,
    'mssql: sql.connect() is the global pool': `
    import sql from 'mssql';
    export async function run() {
      const pool = await sql.connect('mssql://localhost');
      return pool.request().query('SELECT 1');
    }
  `,
    'slonik: connect(fn) gives back by itself': `
    import { createPool } from 'slonik';
    export async function run() {
      const pool = await createPool('postgres://');
      return pool.connect(async (connection) => connection.query(sql));
    }
  `,
    'slonik: an unresolved pool': `
    export async function run(pool) {
      return pool.connect(async (connection) => connection.query(sql));
    }
  `,
    'mongoose.connect': `
    import mongoose from 'mongoose';
    export async function run() {
      await mongoose.connect('mongodb://localhost');
    }
  `,
    'map.get': `
    export async function run(map) {
      const client = map.get('client');
      await client.query('SELECT 1');
    }
  `,
    'fs.open': `
    import fs from 'node:fs/promises';
    export async function run() {
      const file = await fs.open('x');
      await file.close();
    }
  `,
    'a stream reader': `
    export async function run(stream) {
      const reader = stream.getReader();
      await reader.read();
      reader.releaseLock();
    }
  `,
    'a mutex': `
    export async function run(mutex) {
      const release = await mutex.acquire();
      try {
        await work();
      } finally {
        release();
      }
    }
  `,
    'a semaphore with a value': `
    export async function run(semaphore) {
      const [value, release] = await semaphore.acquire();
      release();
    }
  `,
    'a web wallet': `
    export async function run(wallet) {
      const account = await wallet.connect();
      await account.sign('x');
    }
  `,
    'a mail client': `
    export async function run() {
      const client = new ImapFlow({});
      await client.connect();
      const lock = await client.getMailboxLock('INBOX');
      lock.release();
      await client.logout();
    }
  `,
    'connectedness of a React store': `
    import { connect } from 'react-redux';
    export default connect(mapState)(Component);
  `,
    'typeorm getConnection() is a data source': `
    import { getConnection } from 'typeorm';
    export async function run() {
      const connection = getConnection();
      await connection.query('SELECT 1');
    }
  `,
    'pg Client is not a pool': `
    import { Client } from 'pg';
    export async function run() {
      const client = new Client();
      await client.connect();
      return client;
    }
  `,
    'reserve of a shop': `
    export async function run(shop) {
      const item = await shop.reserve('book');
      await item.pay();
    }
  `,
    'startSession of an application': `
    export async function run(app) {
      const session = await app.startSession('user');
      session.set('a', 1);
    }
  `,
    'transaction of an IndexedDB': `
    export function run(db) {
      const tx = db.transaction(['books'], 'readwrite');
      tx.objectStore('books').put({});
    }
  `,
    'a Web Lock': `
    export async function run() {
      await navigator.locks.request('x', async (lock) => work(lock));
    }
  `,
    'a cluster of the cloud': `
    export async function run(aws) {
      const cluster = await aws.connect();
      await cluster.describe();
    }
  `,
  },
);

testSnippets(
  'transactions through a pool',
  {},
  {
    'pool.query': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export async function run() {
      await pool.query('BEGIN'); //! BEGIN
      await pool.query('INSERT INTO t VALUES (1)');
      await pool.query('COMMIT'); //! COMMIT
    }
  `,
    'in lower case, with options': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export async function run() {
      await pool.query('begin isolation level serializable'); //! BEGIN
      await pool.query({ text: 'rollback' }); //! ROLLBACK
    }
    `,
    'START TRANSACTION': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool({});
    export async function run() {
      await pool.query('START TRANSACTION'); //! BEGIN
      await pool.execute('COMMIT'); //! COMMIT
    }
  `,
    'an imported pool': `
    import { pool } from './db.js';
    export const begin = () => pool.query('BEGIN'); //! BEGIN
  `,
    'an imported db may be anything': `
    import { db } from './db.js';
    export const begin = () => db.query('BEGIN');
  `,
    'a client is right': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export async function run() {
      const client = await pool.connect(); //! taken
      try {
        await client.query('BEGIN');
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    }
  `,
    'all in one text stays on one connection': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const move = () => pool.query('BEGIN; UPDATE t SET a = 1; COMMIT');
  `,
    'a savepoint is not ended': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const back = () => pool.query('ROLLBACK TO SAVEPOINT a');
  `,
    'other words': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const end = () => pool.query('SELECT begin FROM t');
  `,
    'an SQLite database is one connection': `
    import { Database } from 'sqlite3';
    const db = new Database('x');
    export const begin = () => db.run('BEGIN');
  `,
  },
);
