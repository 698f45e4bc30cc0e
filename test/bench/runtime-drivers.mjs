import { EventEmitter } from 'node:events';
import { startMariadb, startMongodb, startMysql, startPostgres, startRedis } from './runtime-servers.mjs';

/**
 * The drivers whose checkouts are measured: the pool is the driver's own code; what it lends is a fake that costs nothing, or is connected to a server that says yes to everything.
 * A row: `packages` are loaded anew for each side; `make` builds a pool with what the first of them exports; `checkouts`
 * and `queries` are single operations, all of which must be over when their promise is.
 */

/** What pg-pool asks of a client. */
class PgClient extends EventEmitter {
  _queryable = true;
  _ending = false;
  connect(callback) {
    process.nextTick(callback);
  }
  query(_text, _values, callback) {
    return callback ? callback(undefined, RESULT) : Promise.resolve(RESULT);
  }
  getTransactionStatus() {
    return 'I';
  }
  end(callback) {
    callback();
  }
}

const RESULT = { rows: [] };

const pg = {
  driver: 'pg',
  packages: ['pg', 'pg-pool'],
  make: ({ Pool }, options) => new Pool({ Client: PgClient, ...options }),
  checkouts: {
    'connect()': async (pool) => {
      const client = await pool.connect();
      client.release();
    },
    'connect(callback)': (pool) =>
      new Promise((resolve) => {
        pool.connect((_error, _client, release) => {
          release();
          resolve();
        });
      }),
  },
  queries: { 'query()': (pool) => pool.query('SELECT 1') },
  /** What `enforce` writes by the policy of the bench. */
  stated: { connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000, maxLifetimeSeconds: 1800 },
};

const factory = { create: async () => ({}), destroy: async () => {}, validate: () => true };

const acquireAndRelease = {
  'acquire()': async (pool) => {
    pool.release(await pool.acquire());
  },
};

const genericPool = {
  driver: 'generic-pool',
  packages: ['generic-pool'],
  make: ({ createPool }) => createPool(factory, { max: 10 }),
  checkouts: acquireAndRelease,
};

const ioredis = {
  driver: 'ioredis',
  packages: ['ioredis'],
  make: async ({ Redis }) => new Redis(await startRedis()),
  queries: { 'get()': (redis) => redis.get('key') },
};

const mariadb = {
  driver: 'mariadb',
  packages: ['mariadb'],
  make: async ({ createPool }) => createPool({ ...(await startMariadb()), connectionLimit: 10 }),
  checkouts: {
    'getConnection()': async (pool) => {
      const connection = await pool.getConnection();
      await connection.release();
    },
  },
  queries: { 'query()': (pool) => pool.query('SELECT 1') },
  wrap: wrapSource,
};

/** Its statements check out by themselves: what they ask its pool for is the checkout, and without them the whole of it. */
const mongodb = {
  driver: 'mongodb',
  packages: ['mongodb'],
  async make({ MongoClient }) {
    const client = await new MongoClient(await startMongodb()).connect();
    await client.db().command({ ping: 1 });
    const [{ pool }] = client.topology.s.servers.values();
    return { client, pool };
  },
  checkouts: {
    'checkOut()': async ({ pool }) => {
      pool.checkIn(await pool.checkOut(NO_TIMEOUT));
    },
  },
  queries: { ping: ({ client }) => client.db().command({ ping: 1 }) },
};

const NO_TIMEOUT = { timeoutContext: { connectionCheckoutTimeout: null, csotEnabled: () => false } };

const mysql2 = {
  driver: 'mysql2',
  packages: ['mysql2'],
  make: async ({ createPool }) => createPool({ ...(await startMysql()), connectionLimit: 10 }),
  checkouts: {
    'getConnection()': (pool) =>
      new Promise((resolve) => {
        pool.getConnection((_error, connection) => {
          connection.release();
          resolve();
        });
      }),
    'promise()': async (pool) => {
      const connection = await (pool.promised ??= pool.promise()).getConnection();
      connection.release();
    },
  },
  queries: { 'query()': (pool) => new Promise((resolve) => pool.query('SELECT 1', resolve)) },
};

const postgres = {
  driver: 'postgres',
  packages: ['postgres'],
  async make(open) {
    const sql = open({ ...(await startPostgres()), max: 10, fetch_types: false });
    // A reservation waits for ever when nothing was asked before and there are no types to fetch.
    await sql.unsafe('SELECT 1').simple();
    return sql;
  },
  checkouts: {
    'reserve()': async (sql) => {
      const reserved = await sql.reserve();
      reserved.release();
    },
  },
  queries: { 'simple()': (sql) => sql.unsafe('SELECT 1').simple() },
  wrap: wrapSource,
};

/** Its adapter guards what the module exports. */
function wrapSource({ source }, exported) {
  return source.wrap(exported);
}

const redis = {
  driver: 'redis',
  packages: ['redis', '@redis/client'],
  async make({ createClientPool }) {
    const pool = createClientPool({ socket: await startRedis() }, { minimum: 1, maximum: 10 });
    return pool.on('error', () => {}).connect();
  },
  checkouts: { 'execute()': (pool) => pool.execute(nothing) },
  queries: { 'get()': (pool) => pool.get('key') },
};

async function nothing() {}

const sequelizePool = {
  driver: 'sequelize-pool',
  packages: ['sequelize-pool'],
  make: ({ Pool }) => new Pool({ ...factory, min: 0, max: 10 }),
  checkouts: acquireAndRelease,
};

const tarn = {
  driver: 'tarn',
  packages: ['tarn'],
  make: ({ Pool }) => new Pool({ ...factory, min: 0, max: 10 }),
  checkouts: {
    'acquire()': async (pool) => {
      pool.release(await pool.acquire().promise);
    },
  },
};

export const rows = [genericPool, ioredis, mariadb, mongodb, mysql2, pg, postgres, redis, sequelizePool, tarn];
