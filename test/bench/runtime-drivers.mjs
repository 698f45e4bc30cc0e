import { EventEmitter } from 'node:events';

/**
 * The drivers whose checkouts are measured: the pool is the driver's own code, what it lends is a fake that costs nothing.
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
    callback(undefined, RESULT);
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

export const rows = [pg];
