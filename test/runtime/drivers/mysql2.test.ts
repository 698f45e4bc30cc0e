import { once } from 'node:events';
import type mysql from 'mysql2';
import type promises from 'mysql2/promise';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { startMariadb } from '../../support/mariadb.ts';
import { collectEvents } from '../support/events.ts';
import { endLater, enforce, loadGuardedMysql, loadMysql, strict } from '../support/mysql2.ts';
import type { Copy } from '../support/mysql2.ts';

const server = await startMariadb();
afterAll(() => server?.stop());
const address = { host: server?.host, port: server?.port, user: server?.user, database: server?.database };

type Options = mysql.PoolOptions;

const open = ({ promises }: Copy, options: Options = {}): promises.Pool =>
  endLater(promises.createPool({ ...address, ...options }));
const openCallbacks = ({ mysql }: Copy, options: Options = {}): mysql.Pool =>
  endLater(mysql.createPool({ ...address, ...options }));

interface Releasable {
  release(): void;
}

const heldIn = (pool: object): number => guardOf(pool)!.held;

const take = (pool: mysql.Pool): Promise<mysql.PoolConnection> =>
  new Promise((resolve, reject) =>
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection))),
  );

async function threadOf(connection: promises.PoolConnection | promises.Pool): Promise<number> {
  const [rows] = await connection.query<promises.RowDataPacket[]>('SELECT CONNECTION_ID() AS id');
  return rows[0]!['id'] as number;
}

/** Somebody else, who looks at the server. */
async function openAdmin(): Promise<promises.Connection> {
  const admin = await loadMysql().promises.createConnection({ ...address, user: 'root' });
  onTestFinished(() => admin.end());
  return admin;
}

async function countConnections(admin: promises.Connection): Promise<number> {
  const sql = "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE user = 'app'";
  const [rows] = await admin.query<promises.RowDataPacket[]>(sql);
  return Number(rows[0]!['n']);
}

/** The connections of the tests before are gone. */
async function settle(admin: promises.Connection): Promise<void> {
  await eventually(async () => expect(await countConnections(admin)).toBe(0));
}

describe.skipIf(!server)('a lease of mysql2', () => {
  it('begins with the connection and ends with its release, as a promise', async () => {
    const pool = open(loadGuardedMysql());
    const connection = await pool.getConnection();
    expect(heldIn(pool)).toBe(1);
    connection.release();
    expect(heldIn(pool)).toBe(0);
  });

  it('begins with the connection and ends with its release, as a callback', async () => {
    const pool = openCallbacks(loadGuardedMysql());
    const connection = await take(pool);
    expect(heldIn(pool)).toBe(1);
    connection.release();
    expect(heldIn(pool)).toBe(0);
  });

  it('is one for the promise view of a pool for callbacks', async () => {
    const pool = openCallbacks(loadGuardedMysql());
    const connection = await pool.promise().getConnection();
    expect([heldIn(pool), guardOf(pool)!.taken]).toEqual([1, 1]);
    connection.release();
    expect([heldIn(pool), guardOf(pool)!.taken]).toEqual([0, 1]);
  });

  it.for<[string, (connection: mysql.PoolConnection, pool: mysql.Pool) => unknown]>([
    ['pool.releaseConnection', (connection, pool) => pool.releaseConnection(connection)],
    ['end, which gives back here', (connection) => connection.end()],
    ['destroy', (connection) => connection.destroy()],
    ['the release of its promise view', (connection) => (connection.promise() as unknown as Releasable).release()],
    ['Symbol.dispose', (connection) => (connection as unknown as Disposable)[Symbol.dispose]()],
    ['a bound release', (connection) => connection.release.bind(connection)()],
  ])('ends with %s', async ([, giveBack]) => {
    const events = collectEvents();
    vi.spyOn(console, 'warn').mockReturnValue();
    onTestFinished(() => void vi.restoreAllMocks());
    const pool = openCallbacks(loadGuardedMysql(), { connectionLimit: 1 });
    const connection = await take(pool);
    giveBack(connection, pool);
    expect(heldIn(pool)).toBe(0);
    // Its slot is free, and the next lease is one of its own.
    const next = await take(pool);
    expect(heldIn(pool)).toBe(1);
    next.release();
    expect([heldIn(pool), events.ids]).toEqual([0, []]);
  });

  it.for<[string, (connection: promises.PoolConnection, pool: promises.Pool) => unknown]>([
    ['pool.releaseConnection', (connection, pool) => pool.releaseConnection(connection)],
    ['destroy', (connection) => connection.destroy()],
    ['Symbol.asyncDispose', (connection) => (connection as unknown as AsyncDisposable)[Symbol.asyncDispose]()],
    ['the release of the connection inside', ({ connection }) => (connection as unknown as Releasable).release()],
  ])('of a promise ends with %s', async ([, giveBack]) => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql(), { connectionLimit: 1 });
    await giveBack(await pool.getConnection(), pool);
    expect(heldIn(pool)).toBe(0);
    const next = await pool.getConnection();
    expect(heldIn(pool)).toBe(1);
    next.release();
    expect([heldIn(pool), events.ids]).toEqual([0, []]);
  });

  it('ends when the server closes the connection, whose holder may still give it back', async () => {
    const events = collectEvents();
    const admin = await openAdmin();
    const pool = open(loadGuardedMysql());
    const connection = await pool.getConnection();
    await admin.query(`KILL ${await threadOf(connection)}`);
    await eventually(() => expect(heldIn(pool)).toBe(0));
    connection.release();
    connection.release();
    expect(events.ids).toEqual([]);
  });

  it('is none in a statement of the pool, which gives back by itself', async () => {
    const events = collectEvents();
    const copy = loadGuardedMysql();
    const pool = open(copy, { connectionLimit: 1 });
    const callbacks = openCallbacks(copy, { connectionLimit: 1 });
    await pool.query('SELECT 1');
    await pool.execute('SELECT 1');
    await new Promise((resolve) => callbacks.query('SELECT 1', resolve));
    await new Promise((resolve) => callbacks.execute('SELECT 1', resolve));
    await once(callbacks.query('SELECT 1').stream().resume(), 'end');
    expect([guardOf(pool)!.taken, guardOf(callbacks)!.taken]).toEqual([0, 0]);
    // Between checkouts, too: what is left of them on the shared connection is no second return.
    for (const connection of [await take(callbacks), await pool.getConnection()]) connection.release();
    await new Promise((resolve) => callbacks.query('SELECT 1', resolve));
    await pool.query('SELECT 1');
    (await pool.getConnection()).release();
    expect([guardOf(pool)!.taken, guardOf(callbacks)!.taken, events.ids]).toEqual([2, 1, []]);
  });

  it('begins in a cluster, whose nodes are pools', async () => {
    const copy = loadGuardedMysql({ timeouts: { holdMs: 40 } });
    const events = collectEvents();
    const cluster = copy.promises.createPoolCluster();
    onTestFinished(() => cluster.end());
    cluster.add('primary', { ...address, connectionLimit: 1 });
    const connection = await cluster.getConnection('primary');
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    expect(events.violations.at(-1)!.site).toMatch(/drivers\/mysql2\.test\.ts/);
    connection.release();
    const again = await cluster.of('primary').getConnection();
    again.release();
    expect(new Set(events.ids)).toEqual(new Set(['pool/require-release', 'runtime/late-return']));
  });

  it('does not begin where the connection cannot be opened', async () => {
    const copy = loadGuardedMysql();
    const pool = open(copy, { host: '127.0.0.1', port: 1 });
    await expect(pool.getConnection()).rejects.toThrow('ECONNREFUSED');
    await expect(pool.query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
    expect([guardOf(pool)!.taken, guardPool(pool).stats().total]).toEqual([0, 0]);
  });

  it('raises nothing in a program that is right', async () => {
    const events = collectEvents();
    const law: Policy = { ...strict, timeouts: { acquireMs: 2000, holdMs: 2000, connectMs: 9000 } };
    const copy = loadGuardedMysql({ ...law, perProcess: { max: 5, queue: 9 } });
    const pool = open(copy, { connectionLimit: 2, queueLimit: 9, connectTimeout: 5000 });
    const callbacks = openCallbacks(copy, { connectionLimit: 2, queueLimit: 9, connectTimeout: 5000 });
    const transact = async (): Promise<void> => {
      const connection = await pool.getConnection();
      try {
        await connection.beginTransaction();
        await connection.execute('SELECT ?', [1]);
        await connection.commit();
      } finally {
        connection.release();
      }
    };
    const transactBack = (done: () => void): void =>
      callbacks.getConnection((_error, connection) => {
        connection.beginTransaction(() =>
          connection.query('SELECT 1', () =>
            connection.commit(() => {
              connection.release();
              done();
            }),
          ),
        );
      });
    await Promise.all(Array.from({ length: 8 }, transact));
    await Promise.all(Array.from({ length: 8 }, () => new Promise<void>(transactBack)));
    await pool.query('SELECT 1');
    await pool.end();
    expect(events.ids).toEqual([]);
  });
});

describe.skipIf(!server)('a connection of mysql2 that is held too long', () => {
  const policy: Policy = { timeouts: { holdMs: 40 } };

  it('is reported with the line of its checkout, and when it comes back after all', async () => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql(policy));
    const connection = await pool.getConnection();
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    connection.release();
    expect(events.ids).toContain('runtime/late-return');
    const leak = events.violations.find(({ id }) => id === 'pool/require-release')!;
    expect(leak).toMatchObject({ driver: 'mysql2', mode: 'observe', data: { limit: 40 } });
    expect(leak.site).toMatch(/^test\/runtime\/drivers\/mysql2\.test\.ts:\d+:\d+$/);
  });

  it('is reported with the line and the request of its checkout in the form with a callback', async () => {
    const events = collectEvents();
    const pool = openCallbacks(loadGuardedMysql(policy), { connectionLimit: 1 });
    const first = await take(pool);
    // A waiter's callback runs in the context of whoever gives back.
    const waiting = new Promise((resolve) => runInRequest('GET /waiter', () => pool.getConnection(resolve)));
    runInRequest('GET /releaser', () => first.release());
    await waiting;
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    const leak = events.violations.find(({ id }) => id === 'pool/require-release')!;
    expect(leak).toMatchObject({ request: 'GET /waiter', site: expect.stringMatching(/mysql2\.test\.ts:\d+/) });
  });

  it('is destroyed where the policy asks for it, which frees its slot', async () => {
    const events = collectEvents();
    const rules = { 'runtime/reclaimed': 'enforce' } as const;
    const pool = open(loadGuardedMysql({ ...policy, runtime: { rules } }), { connectionLimit: 1 });
    const lost = await pool.getConnection();
    const next = await pool.getConnection();
    expect(events.ids).toContain('runtime/reclaimed');
    lost.release();
    expect(events.ids.at(-1)).toBe('runtime/late-return');
    expect(heldIn(pool)).toBe(1);
    next.release();
  });
});

describe.skipIf(!server)('a second return of mysql2', () => {
  interface Outcome {
    /** The next holder shares its connection with somebody. */
    readonly isShared: boolean;
    readonly ids: readonly string[];
  }

  /** A gives back twice, the second time while B holds the connection; then C asks, though there is one connection. */
  async function giveBackStale(copy: Copy): Promise<Outcome> {
    const events = collectEvents();
    const pool = open(copy, { connectionLimit: 1 });
    const a = await pool.getConnection();
    a.release();
    const b = await pool.getConnection();
    const asked = pool.getConnection();
    a.release();
    const isShared = await Promise.race([asked.then(() => true), threadOf(b).then(() => false)]);
    if (!isShared) b.release();
    (await asked).release();
    return { isShared, ids: events.ids };
  }

  it('gives the next holder’s connection to a third one, with the driver alone', async () => {
    expect(await giveBackStale(loadMysql())).toMatchObject({ isShared: true });
  });

  it('does so under `observe`, too, and is named', async () => {
    expect(await giveBackStale(loadGuardedMysql())).toEqual({ isShared: true, ids: ['pool/no-double-release'] });
  });

  it('reaches nobody under `enforce`', async () => {
    expect(await giveBackStale(loadGuardedMysql(enforce))).toEqual({
      isShared: false,
      ids: ['pool/no-double-release'],
    });
  });

  it('is an error under `strict`, in the hands of who made it', async () => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql(strict), { connectionLimit: 1 });
    const a = await pool.getConnection();
    a.release();
    const b = await pool.getConnection();
    expect(() => a.release()).toThrow(expect.objectContaining({ code: 'ERR_POOL_DOUBLE_RELEASE' }) as Error);
    expect(heldIn(pool)).toBe(1);
    b.release();
    expect(events.violations[0]!.message).toContain('while somebody else holds it');
    expect([heldIn(pool), events.ids]).toEqual([0, ['pool/no-double-release']]);
  });

  it.for<[string, (connection: mysql.PoolConnection, pool: mysql.Pool) => void]>([
    ['release', (connection) => connection.release()],
    ['pool.releaseConnection', (connection, pool) => pool.releaseConnection(connection)],
  ])('is named for a callback’s connection that is idle: %s', async ([, giveBack]) => {
    const events = collectEvents();
    const pool = openCallbacks(loadGuardedMysql(enforce), { connectionLimit: 2 });
    const connection = await take(pool);
    giveBack(connection, pool);
    giveBack(connection, pool);
    expect(events.ids).toEqual(['pool/no-double-release']);
    const [first, second] = [await take(pool), await take(pool)];
    expect(first).not.toBe(second);
    first.release();
    second.release();
  });

  it('is named for a release that was kept, also while somebody else holds the connection', async () => {
    const events = collectEvents();
    const pool = openCallbacks(loadGuardedMysql(enforce), { connectionLimit: 1 });
    const a = await take(pool);
    const release = a.release.bind(a);
    release();
    const b = await take(pool);
    release();
    expect([heldIn(pool), events.ids]).toEqual([1, ['pool/no-double-release']]);
    b.release();
  });

  it('and every use after the return are errors where each checkout has an object of its own', async () => {
    collectEvents();
    const copy = loadGuardedMysql();
    const [pool, callbacks] = [open(copy), openCallbacks(copy)];
    for (const one of [pool, callbacks]) guardPool(one, {}, { facade: true });
    const [promised, called] = [await pool.getConnection(), await take(callbacks)];
    await promised.query('SELECT 1');
    await new Promise((resolve) => called.query('SELECT 1', resolve));
    for (const connection of [promised, called]) {
      connection.release();
      expect(() => connection.release()).toThrow(expect.objectContaining({ code: 'ERR_POOL_DOUBLE_RELEASE' }) as Error);
      expect(() => void (connection as promises.PoolConnection).query('SELECT 1')).toThrow(
        expect.objectContaining({ code: 'ERR_POOL_USE_AFTER_RELEASE' }) as Error,
      );
    }
  });
});

describe.skipIf(!server)('a connection of mysql2 that comes back in a transaction', () => {
  const begin = async (pool: promises.Pool): Promise<number> => {
    const connection = await pool.getConnection();
    await connection.query('BEGIN');
    const thread = await threadOf(connection);
    connection.release();
    return thread;
  };

  it('is lent again under `observe`, and is named', async () => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql(), { connectionLimit: 1 });
    const thread = await begin(pool);
    expect(await threadOf(pool)).toBe(thread);
    expect(events.ids).toEqual(['runtime/returned-in-transaction']);
  });

  it('is closed under `enforce`', async () => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql(enforce), { connectionLimit: 1 });
    const thread = await begin(pool);
    expect(await threadOf(pool)).not.toBe(thread);
    expect(events.ids).toEqual(['runtime/returned-in-transaction']);
  });

  it('is closed under `strict`, and its holder gets the error', async () => {
    collectEvents();
    const pool = open(loadGuardedMysql(strict), { connectionLimit: 1 });
    await expect(begin(pool)).rejects.toMatchObject({ code: 'ERR_POOL_IN_TRANSACTION' });
    expect(guardPool(pool).stats()).toMatchObject({ held: 0, total: 0 });
  });

  it.for<[string, readonly string[], boolean]>([
    ['BEGIN', ['BEGIN'], true],
    ['an open transaction after a SELECT', ['BEGIN', 'SELECT 1'], true],
    ['a COMMIT', ['BEGIN', 'COMMIT'], false],
    ['a ROLLBACK', ['BEGIN', 'ROLLBACK'], false],
    ['a failed statement', ['BEGIN', 'SELECT nothing'], true],
    ['a statement that commits by itself', ['BEGIN', 'CREATE OR REPLACE TABLE once (id INT)'], false],
    ['a statement that begins one by itself', ['SET autocommit = 0', 'INSERT INTO once VALUES (1)'], true],
    ['a statement alone', ['SELECT 1'], false],
  ])('is known by what the server said: %s', async ([, statements, isOpen]) => {
    const events = collectEvents();
    const copy = loadGuardedMysql();
    const admin = await openAdmin();
    await admin.query('CREATE TABLE IF NOT EXISTS once (id INT)');
    // A server may refuse to prepare BEGIN.
    const forms = statements.includes('BEGIN') ? (['query'] as const) : (['query', 'execute'] as const);
    for (const form of forms) {
      const connection = await open(copy).getConnection();
      const run = (sql: string): Promise<unknown> =>
        form === 'query' ? connection.query(sql) : connection.execute(sql);
      for (const sql of statements) await run(sql).catch(() => {});
      connection.release();
    }
    expect(events.ids).toEqual(isOpen ? forms.map(() => 'runtime/returned-in-transaction') : []);
  });

  it('is none after a deadlock, in which the server has rolled it back', async () => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql(enforce));
    await pool.query('CREATE OR REPLACE TABLE locks (id INT PRIMARY KEY, n INT) ENGINE = InnoDB');
    await pool.query('INSERT INTO locks VALUES (1, 0), (2, 0)');
    const [a, b] = [await pool.getConnection(), await pool.getConnection()];
    const lock = (connection: promises.PoolConnection, id: number): Promise<unknown> =>
      connection.query('UPDATE locks SET n = n + 1 WHERE id = ?', [id]);
    for (const one of [a, b]) await one.beginTransaction();
    await lock(a, 1);
    await lock(b, 2);
    const results = await Promise.allSettled([lock(a, 2), lock(b, 1)]);
    const [victim, winner] = results[0].status === 'rejected' ? [a, b] : [b, a];
    victim.release();
    await winner.commit();
    winner.release();
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(events.ids).toEqual([]);
  });

  it('is judged when it is lent again, where its last statement still ran', async () => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql(enforce), { connectionLimit: 1 });
    const committing = await pool.getConnection();
    await committing.query('BEGIN');
    const thread = await threadOf(committing);
    const committed = committing.query('COMMIT');
    committing.release();
    const kept = await pool.getConnection();
    await committed;
    expect([await threadOf(kept), events.ids]).toEqual([thread, []]);
    void kept.query('BEGIN');
    kept.release();
    expect(await threadOf(pool)).not.toBe(thread);
    expect(events.ids).toEqual(['runtime/returned-in-transaction']);
  });

  it('is begun through the pool by mistake', async () => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql(), { connectionLimit: 1 });
    await pool.query('BEGIN');
    await pool.query({ sql: 'COMMIT' });
    expect(events.ids).toEqual(['pool/no-transaction-on-pool', 'pool/no-transaction-on-pool']);
    const refused = { code: 'ERR_POOL_TRANSACTION_ON_POOL' };
    const copy = loadGuardedMysql(strict);
    await expect(open(copy).query('BEGIN')).rejects.toMatchObject(refused);
    const callbacks = openCallbacks(copy);
    await new Promise<void>((resolve) =>
      callbacks.query('ROLLBACK', (error) => {
        expect(error).toMatchObject(refused);
        resolve();
      }),
    );
    expect(() => callbacks.query('BEGIN')).toThrow(expect.objectContaining(refused) as Error);
  });
});

describe.skipIf(!server)('the ways of `guardPool` for mysql2', () => {
  it('speak the form of the pool that they got', async () => {
    collectEvents();
    const copy = loadGuardedMysql();
    const callbacks = openCallbacks(copy);
    const guarded = guardPool(callbacks.promise(), undefined, { name: 'orders' });
    await guarded.transaction(async (connection) => {
      await (connection as promises.PoolConnection).query('CREATE OR REPLACE TABLE orders (id INT)');
    });
    await expect(
      guarded.transaction(async (connection) => {
        await (connection as promises.PoolConnection).query('INSERT INTO orders VALUES (1)');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    const [rows] = await callbacks.promise().query('SELECT * FROM orders');
    expect(rows).toEqual([]);
    expect(guarded.stats()).toMatchObject({ name: 'orders', driver: 'mysql2', held: 0, taken: 2, total: 1, idle: 1 });
    const lease = await guardPool(callbacks).lease();
    expect((lease.connection as mysql.PoolConnection).threadId).toEqual(expect.any(Number));
    await lease.release(new Error('broken'));
    expect(guarded.stats()).toMatchObject({ held: 0, total: 0 });
  });

  it('end with the pool', async () => {
    const events = collectEvents();
    const pool = open(loadGuardedMysql());
    await pool.query('SELECT 1');
    const guard = guardOf(pool)!;
    await pool.end();
    expect(guard.isEnded).toBe(true);
    expect(events.notices.filter(({ type }) => type === 'pool-end')).toMatchObject([{ pool: guard.name }]);
  });
});

describe.skipIf(!server)('many connections of mysql2', () => {
  it('are as few at the server as the policy states', async () => {
    const events = collectEvents();
    const admin = await openAdmin();
    await settle(admin);
    const pool = open(loadGuardedMysql({ ...enforce, perProcess: { max: 2 } }), { connectionLimit: 20 });
    await Promise.all(Array.from({ length: 8 }, () => pool.query('DO SLEEP(0.05)')));
    expect(await countConnections(admin)).toBe(2);
    expect(events.notices.map(({ type }) => type)).toContain('pool-clamp');
  });
});
