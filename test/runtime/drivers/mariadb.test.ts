import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connection, Pool, PoolConnection } from 'mariadb';
import type * as Called from 'mariadb/callback';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { mariadb as adapter } from '../../../src/runtime/drivers/mariadb.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { world } from '../../../src/runtime/world.ts';
import { startMariadb } from '../../support/mariadb.ts';
import { run } from '../faults/support/child.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

type Mariadb = typeof import('mariadb');
type Callbacks = typeof Called;
interface Copy {
  readonly promises: Mariadb;
  readonly callbacks: Callbacks;
}

const MAX = 12;
const server = await startMariadb({ maxConnections: MAX });
afterAll(() => server?.stop());
const { database, host, port, user } = server ?? {};
const address = { host: host!, port: port!, user: user!, database: database! };

const require = createRequire(import.meta.url);
const enforce: Policy = { runtime: { mode: 'enforce' } };
const strict: Policy = { runtime: { mode: 'strict' } };

/** mariadb as it comes from the disk: patched prototypes stay patched. */
function load(): Copy {
  const own = /[\\/]node_modules[\\/]mariadb[\\/]/;
  for (const file of Object.keys(require.cache).filter((each) => own.test(each))) delete require.cache[file];
  return { promises: require('mariadb') as Mariadb, callbacks: require('mariadb/callback') as Callbacks };
}

/** A copy that is guarded, as `register` does it for `require`. */
function loadGuarded(policy: Policy = {}): Copy {
  underPolicy(policy);
  const { callbacks: called, promises } = load();
  const { wrap } = adapter.source!;
  return { promises: wrap(promises) as Mariadb, callbacks: wrap(called) as Callbacks };
}

type Class<Instance> = new (options: object) => Instance;

async function loadSource<Instance>(file: string): Promise<Class<Instance>> {
  const folder = path.dirname(path.dirname(require.resolve('mariadb')));
  const source = pathToFileURL(path.join(folder, 'lib', file)).href;
  return ((await import(source)) as { default: Class<Instance> }).default;
}

/** The class of pools in the source files, as the load hook of `import` hands it over. */
async function loadClasses(policy: Policy): Promise<(options: object) => Pool> {
  underPolicy(policy);
  const Guarded = adapter.source!.wrap(await loadSource('pool-promise.js')) as Class<Pool>;
  const Options = await loadSource<object>('config/pool-options.js');
  return (options) => endLater(new Guarded(new Options({ ...address, ...options })));
}

function endLater<Ended extends object>(pool: Ended): Ended {
  onTestFinished(async () => {
    for (const lease of world.leases) {
      if (lease.guard.source.target !== pool) continue;
      (lease.connection as { destroy(): void }).destroy();
      world.leases.end(lease);
    }
    try {
      await (pool as unknown as { end(): unknown }).end();
    } catch {
      // It was ended in the test.
    }
  });
  return pool;
}

/** One connection, and none before it is asked for. */
const one = { connectionLimit: 1, minimumIdle: 0 } as const;

const open = ({ promises }: Copy, options: object = {}): Pool =>
  endLater(promises.createPool({ ...address, ...one, ...options }));
const openCallbacks = ({ callbacks }: Copy, options: object = {}): Called.Pool =>
  endLater(callbacks.createPool({ ...address, ...one, ...options }));

const take = (pool: Called.Pool): Promise<Called.PoolConnection> =>
  new Promise((resolve, reject) =>
    pool.getConnection((error, connection) => (connection ? resolve(connection) : reject(error))),
  );

const heldIn = (pool: object): number => guardOf(pool)!.held;

async function openAdmin(): Promise<Connection> {
  const admin = await load().promises.createConnection({ ...address, user: 'root' });
  onTestFinished(() => admin.end());
  return admin;
}

async function countConnections(admin: Connection): Promise<number> {
  const sql = "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE user = 'app'";
  return Number((await admin.query<{ n: bigint }[]>(sql))[0]!.n);
}

describe.skipIf(!server)('a lease of mariadb', () => {
  it.for<[string, (connection: PoolConnection) => unknown]>([
    ['release', (connection) => connection.release()],
    ['end', (connection) => connection.end()],
    ['close', (connection) => connection.close()],
    ['destroy', (connection) => connection.destroy()],
    ['Symbol.asyncDispose', (connection) => (connection as unknown as AsyncDisposable)[Symbol.asyncDispose]()],
  ])('begins with the connection and ends with %s, as a promise', async ([, giveBack]) => {
    const events = collectEvents();
    const pool = open(loadGuarded());
    const connection = await pool.getConnection();
    expect(heldIn(pool)).toBe(1);
    await giveBack(connection);
    expect(heldIn(pool)).toBe(0);
    await (await pool.getConnection()).release();
    expect([guardOf(pool)!.taken, heldIn(pool), events.ids]).toEqual([2, 0, []]);
  });

  it.for(['release', 'end', 'close', 'destroy'] as const)(
    'begins with the connection and ends with %s, as a callback',
    async (name) => {
      const events = collectEvents();
      const pool = openCallbacks(loadGuarded());
      const connection = (await take(pool)) as unknown as Record<string, (done?: () => void) => void>;
      expect(heldIn(pool)).toBe(1);
      if (name === 'destroy') connection[name]!();
      else await new Promise<void>((resolve) => connection[name]!(resolve));
      expect(heldIn(pool)).toBe(0);
      (await take(pool)).release(() => {});
      expect([guardOf(pool)!.taken, heldIn(pool), events.ids]).toEqual([2, 0, []]);
    },
  );

  it('is none in a statement of the pool, which gives back by itself', async () => {
    const events = collectEvents();
    const copy = loadGuarded();
    const [pool, called] = [open(copy), openCallbacks(copy)];
    await pool.query('SELECT 1');
    await pool.execute('SELECT ?', [1]);
    expect(
      await new Promise((resolve) => called.query('SELECT 1 AS n', (_error, rows) => resolve(rows))),
    ).toMatchObject([{ n: 1 }]);
    await new Promise((resolve) => called.execute('SELECT ?', [1], resolve));
    expect([guardOf(pool)!.taken, guardOf(called)!.taken, events.ids]).toEqual([0, 0, []]);
  });

  it('is reported with the line of its checkout when it is held too long, and when it comes back', async () => {
    const events = collectEvents();
    const copy = loadGuarded({ timeouts: { holdMs: 40 } });
    const ways: readonly (() => Promise<{ release(done: () => void): unknown }>)[] = [
      () => open(copy).getConnection(),
      () => take(openCallbacks(copy)),
    ];
    for (const way of ways) {
      events.all.length = 0;
      const held = await runInRequest('GET /held', way);
      await eventually(() => expect(events.ids).toContain('pool/require-release'));
      const leak = events.violations.find(({ id }) => id === 'pool/require-release')!;
      const site: unknown = expect.stringMatching(/mariadb\.test\.ts:\d+/);
      expect(leak).toMatchObject({ driver: 'mariadb', request: 'GET /held', site });
      held.release(() => {});
      expect(events.ids).toContain('runtime/late-return');
    }
  });

  it('is destroyed where the policy asks for it, which frees its slot', async () => {
    const events = collectEvents();
    const rules = { 'runtime/reclaimed': 'enforce' } as const;
    const pool = open(loadGuarded({ timeouts: { holdMs: 40 }, runtime: { rules } }));
    const lost = await pool.getConnection();
    const next = await pool.getConnection();
    expect(events.ids).toContain('runtime/reclaimed');
    await lost.release();
    expect([events.ids.at(-1), heldIn(pool)]).toEqual(['runtime/late-return', 1]);
    await next.release();
  });

  it('raises nothing in a program that is right', async () => {
    const events = collectEvents();
    const times = { acquireMs: 5000, holdMs: 2000, connectMs: 5000 };
    const copy = loadGuarded({ ...strict, timeouts: times, perProcess: { max: 4, queue: 9 } });
    const options = { connectionLimit: 2, acquireTimeout: 5000, connectTimeout: 4000 };
    const [pool, called] = [open(copy, options), openCallbacks(copy, options)];
    const transact = async (): Promise<void> => {
      const connection = await pool.getConnection();
      try {
        await connection.beginTransaction();
        await connection.query('SELECT 1');
        await connection.commit();
      } finally {
        await connection.release();
      }
    };
    await Promise.all(Array.from({ length: 8 }, transact));
    const connection = await take(called);
    await new Promise<void>((resolve) => connection.release(() => resolve()));
    await pool.end();
    expect(events.ids).toEqual([]);
  });
});

describe.skipIf(!server)('a second return of mariadb', () => {
  /** A gives back twice, the second time in B's transaction. @returns whether B's row is there after its COMMIT */
  async function giveBackStale(copy: Copy): Promise<{ readonly isKept: boolean; readonly ids: readonly string[] }> {
    const events = collectEvents();
    const pool = open(copy);
    await pool.query('CREATE OR REPLACE TABLE stale (id INT) ENGINE = InnoDB');
    const a = await pool.getConnection();
    await a.release();
    const b = await pool.getConnection();
    await b.beginTransaction();
    await b.query('INSERT INTO stale VALUES (1)');
    await a.release();
    await b.commit();
    await b.release();
    const rows = await pool.query<object[]>('SELECT * FROM stale');
    return { isKept: rows.length === 1, ids: events.ids };
  }

  it('rolls back the next holder’s transaction, with the driver alone', async () => {
    expect(await giveBackStale(load())).toMatchObject({ isKept: false });
  });

  it('does so under `observe`, too, and is named', async () => {
    const { ids, isKept } = await giveBackStale(loadGuarded());
    expect(isKept).toBe(false);
    expect(ids).toContain('pool/no-double-release');
  });

  it('reaches nobody under `enforce`', async () => {
    expect(await giveBackStale(loadGuarded(enforce))).toEqual({ isKept: true, ids: ['pool/no-double-release'] });
  });

  it('is an error under `strict`, and calls back under `enforce`', async () => {
    collectEvents();
    const connection = await open(loadGuarded(strict)).getConnection();
    await connection.release();
    await expect(async () => await connection.release()).rejects.toMatchObject({ code: 'ERR_POOL_DOUBLE_RELEASE' });
    const called = await take(openCallbacks(loadGuarded(enforce)));
    for (const again of [1, 2]) await new Promise<number>((resolve) => called.release(() => resolve(again)));
  });

  it('and every use after the return are errors where each checkout has an object of its own', async () => {
    collectEvents();
    const pool = open(loadGuarded());
    guardPool(pool, {}, { facade: true });
    const connection = await pool.getConnection();
    await connection.query('SELECT 1');
    await connection.release();
    expect(() => connection.end()).toThrow(expect.objectContaining({ code: 'ERR_POOL_DOUBLE_RELEASE' }) as Error);
    expect(() => connection.query('SELECT 1')).toThrow(
      expect.objectContaining({ code: 'ERR_POOL_USE_AFTER_RELEASE' }) as Error,
    );
  });
});

describe.skipIf(!server)('a connection of mariadb that comes back in a transaction', () => {
  const begin = async (copy: Copy, options: object): Promise<boolean> => {
    const pool = open(copy, options);
    const connection = await pool.getConnection();
    await connection.beginTransaction();
    const { threadId } = connection;
    await connection.release();
    const next = await pool.getConnection();
    onTestFinished(() => next.release());
    return next.threadId === threadId;
  };

  it('is rolled back by the driver, which is no violation', async () => {
    const events = collectEvents();
    expect(await begin(loadGuarded(enforce), {})).toBe(true);
    expect(events.ids).toEqual([]);
  });

  it('is named where the driver is told to do nothing, and closed under `enforce`', async () => {
    const events = collectEvents();
    const careless = { noControlAfterUse: true };
    expect(await begin(loadGuarded(), careless)).toBe(true);
    expect(await begin(loadGuarded(enforce), careless)).toBe(false);
    expect(events.ids).toEqual(['runtime/returned-in-transaction', 'runtime/returned-in-transaction']);
    await expect(begin(loadGuarded(strict), careless)).rejects.toMatchObject({ code: 'ERR_POOL_IN_TRANSACTION' });
  });

  it('is begun through the pool by mistake', async () => {
    const events = collectEvents();
    const pool = open(loadGuarded());
    await pool.query('BEGIN');
    await pool.query({ sql: 'COMMIT' });
    expect(events.ids).toEqual(['pool/no-transaction-on-pool', 'pool/no-transaction-on-pool']);
    const copy = loadGuarded(strict);
    const refused = { code: 'ERR_POOL_TRANSACTION_ON_POOL' };
    await expect(open(copy).query('BEGIN')).rejects.toMatchObject(refused);
    const error = await new Promise((resolve) => openCallbacks(copy).query('BEGIN', resolve));
    expect(error).toMatchObject(refused);
  });
});

const law: Policy = {
  ...enforce,
  perProcess: { max: 2, queue: 2 },
  timeouts: { acquireMs: 300, connectMs: 200, idleMs: 60_000 },
};

describe.skipIf(!server)('limits of mariadb', () => {
  const url = `mariadb://${address.user}@${address.host}:${address.port}/${address.database}`;
  const ways: readonly [string, (options: object) => Pool][] = [
    ['options', (options) => loadGuarded(law).promises.createPool({ ...address, ...options })],
    ['a URL', () => loadGuarded(law).promises.createPool(`${url}?connectionLimit=20`)],
    [
      'the default export',
      (options) =>
        (loadGuarded(law).promises as unknown as { default: Mariadb }).default.createPool({ ...address, ...options }),
    ],
  ];

  it.for(ways)('that the policy states are as many connections at the server: by %s', async ([, build]) => {
    const events = collectEvents();
    const admin = await openAdmin();
    await eventually(async () => expect(await countConnections(admin)).toBe(0));
    const pool = endLater(build({ connectionLimit: 20 }));
    const held = [await pool.getConnection(), await pool.getConnection()];
    await expect(pool.getConnection()).rejects.toMatchObject({
      code: 'ER_GET_CONNECTION_TIMEOUT',
      counts: { max: 2 },
      holders: [{}, {}],
    });
    expect(await countConnections(admin)).toBe(2);
    for (const connection of held) await connection.release();
    expect(events.ids).toEqual(expect.arrayContaining(['pool/no-unbounded-pool', 'runtime/exhausted']));
  });

  it('are written into what the class reads, where its source file was loaded', async () => {
    const events = collectEvents();
    const admin = await openAdmin();
    await eventually(async () => expect(await countConnections(admin)).toBe(0));
    const pool = (await loadClasses(law))({ connectionLimit: 20 });
    expect(guardOf(pool)!.origin?.stack).toContain('mariadb.test.ts');
    const held = [await pool.getConnection(), await pool.getConnection()];
    expect([heldIn(pool), String(pool)]).toEqual([2, 'poolPromise(active=2 idle=0 limit=2)']);
    await expect(pool.getConnection()).rejects.toMatchObject({ code: 'ER_GET_CONNECTION_TIMEOUT', counts: { max: 2 } });
    // Later, too.
    guardPool(pool, { ...enforce, perProcess: { max: 1 } });
    expect(String(pool)).toContain('limit=1');
    for (const connection of held) await connection.release();
    expect([heldIn(pool), await countConnections(admin)]).toEqual([0, 2]);
    expect(events.ids).toContain('pool/no-unbounded-pool');
  });

  it('are only reported under `observe`', async () => {
    const events = collectEvents();
    const pool = open(loadGuarded({ ...law, runtime: { mode: 'observe' } }), { connectionLimit: 20 });
    expect(String(pool)).toContain('limit=20');
    expect(events.ids).toContain('pool/no-unbounded-pool');
    const plain = open(load());
    const count = (each: Pool): unknown[] =>
      ['acquire', 'connection', 'enqueue', 'error', 'release'].map((name) =>
        (each as unknown as EventEmitter).listenerCount(name),
      );
    expect(count(pool)).toEqual(count(plain));
  });

  it('are demanded under `strict`, before anything is opened', async () => {
    collectEvents();
    const { createPool } = loadGuarded({ ...law, ...strict }).promises;
    expect(() => createPool({ ...address, connectionLimit: 20 })).toThrow(
      expect.objectContaining({ code: 'ERR_POOL_MAX_EXCEEDED' }) as Error,
    );
    const build = await loadClasses({ ...law, ...strict });
    expect(() => build({ connectionLimit: 20 })).toThrow(
      expect.objectContaining({ code: 'ERR_POOL_MAX_EXCEEDED' }) as Error,
    );
  });

  it('bound the callers that may wait', async () => {
    collectEvents();
    const copy = loadGuarded({ ...enforce, perProcess: { queue: 2 } });
    const [pool, called] = [open(copy), openCallbacks(copy)];
    const refused = { code: 'ERR_POOL_ACQUIRE_TIMEOUT', counts: { waiting: 2 } };
    const held = await pool.getConnection();
    const waiting = [pool.query('SELECT 1'), pool.query('SELECT 1')];
    await expect(pool.getConnection()).rejects.toMatchObject(refused);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject(refused);
    await held.release();
    await Promise.all(waiting);
    const own = await take(called);
    const others = [1, 2].map(() => new Promise((resolve) => called.query('SELECT 1', resolve)));
    await expect(take(called)).rejects.toMatchObject(refused);
    own.release(() => {});
    await Promise.all(others);
  });
});

describe.skipIf(!server)('a MariaDB server that has too many connections', () => {
  it('is reported for a pool that got none', async () => {
    const events = collectEvents();
    const copy = loadGuarded();
    const plain = load().promises;
    const admin = await openAdmin();
    await eventually(async () => expect(await countConnections(admin)).toBe(0));
    // The admin's own is one of them.
    const others = await Promise.all(Array.from({ length: MAX - 1 }, () => plain.createConnection(address)));
    onTestFinished(async () => void (await Promise.all(others.map((each) => each.end()))));
    const pool = open(copy, { acquireTimeout: 600 });
    await expect(pool.getConnection()).rejects.toMatchObject({ code: 'ER_GET_CONNECTION_TIMEOUT' });
    await expect(copy.promises.createConnection(address)).rejects.toMatchObject({ errno: 1040 });
    expect(events.ids.filter((id) => id === 'runtime/server-full')).toHaveLength(2);
  });
});

describe.skipIf(!server)('connections of mariadb without a pool', () => {
  it('are a violation when each request opens one', async () => {
    const events = collectEvents();
    const { callbacks: called, promises } = loadGuarded();
    const serve = async (): Promise<void> => (await promises.createConnection(address)).end();
    const serveBack = (): Promise<void> =>
      new Promise((resolve) => {
        const client = called.createConnection(address);
        client.once('connect', () => client.end(() => resolve()));
      });
    for (const work of [serve, serveBack]) for (const name of ['GET /a', 'GET /b']) await runInRequest(name, work);
    const found = events.violations.filter(({ id }) => id === 'pool/no-connect-per-request');
    expect(found).toMatchObject([{ request: 'GET /b' }, { request: 'GET /b' }]);
    expect(found[0]!.site).toMatch(/mariadb\.test\.ts/);
  });

  it('are known by their class where its source file was loaded, unless a pool opens them', async () => {
    collectEvents();
    underPolicy({ ...enforce, timeouts: { connectMs: 200 } });
    interface Inner {
      readonly opts: object;
      connect(): Promise<unknown>;
      end(parameters: object, resolve: (value: unknown) => void, reject: (error: Error) => void): void;
    }
    const Guarded = adapter.source!.wrap(await loadSource('connection.js')) as Class<Inner>;
    const Options = await loadSource<object>('config/connection-options.js');
    const client = new Guarded(new Options(address));
    await client.connect();
    expect(guardOf(client)).toMatchObject({ isEnded: false, source: { kind: 'client' } });
    expect(client.opts).toMatchObject({ connectTimeout: 200 });
    await new Promise((resolve, reject) => client.end({}, resolve, reject));
    expect(guardOf(client)).toMatchObject({ isEnded: true });
    const pooled = new Guarded({ ...new Options(address) });
    expect(guardOf(pooled)).toBeUndefined();
  });

  it('need no listener once they are ended', async () => {
    const events = collectEvents();
    const { callbacks: called, promises } = loadGuarded();
    await (await promises.createConnection(address)).end();
    (await promises.createConnection(address)).destroy();
    const client = called.createConnection(address);
    await new Promise<void>((resolve) => client.once('connect', () => client.end(() => resolve())));
    await sleep(1100);
    expect(events.ids).not.toContain('pool/require-error-listener');
  });

  it.for([
    ['plain', 1],
    ['observe', 1],
    ['enforce', 0],
  ] as const)('that break without a listener end the process, unless it is guarded: %s', async ([mode, status]) => {
    const DATABASE_URL = `mariadb://root@${address.host}:${address.port}/${address.database}`;
    const file = '../../drivers/fixtures/mariadb-killed.cjs';
    const ended = await run({ file, mode, env: { DATABASE_URL } });
    expect([ended.status, ended.stdout], ended.stderr).toEqual([status, status === 0 ? 'survived\n' : '']);
    const ids = ended.violations.map(({ id }) => id);
    expect(ids.includes('pool/require-error-listener')).toBe(mode !== 'plain');
  });
});

describe('the copies of mariadb', () => {
  it('keep what they export, and are wrapped once more without harm', () => {
    collectEvents();
    const [plain, guarded] = [load().promises, loadGuarded().promises];
    expect(Object.keys(guarded).sort()).toEqual(Object.keys(plain).sort());
    expect([guarded.createPool.name, guarded.version]).toEqual([plain.createPool.name, plain.version]);
    expect(guarded.createPool).not.toBe(plain.createPool);
  });

  it('cannot be changed in place, but their default export can', () => {
    const plain = load().promises;
    expect(adapter.recognizes(plain)).toBe(true);
    expect(adapter.patch(plain)).toBe('its exports cannot be changed, but those of its default export can');
    const open = (plain as unknown as { default: Mariadb }).default;
    const { createPool } = open;
    for (const again of [1, 2]) expect([again, adapter.patch(open)]).toEqual([again, undefined]);
    expect(open.createPool).not.toBe(createPool);
  });

  it.skipIf(!server)('are guarded by `guardPool` where no hook saw them', async () => {
    const events = collectEvents();
    underPolicy({});
    const pool = open(load(), { connectionLimit: 3 });
    const guarded = guardPool(pool, undefined, { name: 'hidden' });
    const connection = await pool.getConnection();
    expect(guarded.holders()).toMatchObject([{ pool: 'hidden' }]);
    await connection.release();
    expect(guarded.stats()).toMatchObject({ held: 0, taken: 1, max: 3 });
    const lease = await guarded.lease();
    await guarded.transaction((inside) => (inside as PoolConnection).query('SELECT 1'));
    await lease.release();
    await pool.end();
    expect([guardOf(pool)!.isEnded, heldIn(pool), events.ids]).toEqual([true, 0, []]);
  });

  it('of an unknown version are refused', () => {
    class Unknown {
      getConnection(): void {}
    }
    const before = Object.getOwnPropertyDescriptors(Unknown.prototype);
    expect(() => adapter.source!.wrap(Unknown)).toThrow('its pool has no `query`');
    expect(() => adapter.source!.wrap({})).toThrow('it exports no `createPool`');
    expect(Object.getOwnPropertyDescriptors(Unknown.prototype)).toEqual(before);
  });
});
