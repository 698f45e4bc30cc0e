import { createRequire } from 'node:module';
import type { Pool as PoolOfSequelize } from 'sequelize-pool';
import type { Options, Sequelize as SequelizeClass } from 'sequelize';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { sequelizePool as adapter } from '../../../src/runtime/drivers/sequelize-pool.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

const require = createRequire(import.meta.url);
type Module = typeof import('sequelize-pool');

/** A copy of the package that nobody has patched. */
function loadFresh(): { exports: Module; inner: Module } {
  for (const file of Object.keys(require.cache))
    if (file.includes('/node_modules/sequelize-pool/')) delete require.cache[file];
  const exports = require('sequelize-pool') as Module;
  return { exports, inner: require('sequelize-pool/lib/Pool.js') as Module };
}

function loadGuarded(): Module {
  const { exports, inner } = loadFresh();
  expect(adapter.patch(inner)).toBeUndefined();
  return exports;
}

const plain = loadFresh().exports;
const { Pool } = loadGuarded();

function loadSequelize(): typeof SequelizeClass {
  expect(adapter.patch(require('sequelize/lib/dialects/abstract/connection-manager'))).toBeUndefined();
  return (require('sequelize') as { Sequelize: typeof SequelizeClass }).Sequelize;
}
const Sequelize = loadSequelize();

const enforce = { runtime: { mode: 'enforce' } } as const;

interface Thing {
  readonly id: number;
}

let made = 0;
type Stated = Partial<ConstructorParameters<typeof PoolOfSequelize<Thing>>[0]>;

function build(stated: Stated = {}, Class = Pool): PoolOfSequelize<Thing> {
  const create = async (): Promise<Thing> => ({ id: (made += 1) });
  return new Class<Thing>({ create, destroy: async () => {}, validate: () => true, min: 0, max: 2, ...stated });
}

const guardFor = (pool: object): Guard => guardOf(pool)!;

describe('a lease of sequelize-pool', () => {
  it('begins with acquire and ends with release or destroy', async () => {
    const events = collectEvents();
    const pool = build();
    const [one, two] = [await pool.acquire(), await pool.acquire()];
    expect([guardFor(pool).held, guardFor(pool).name]).toEqual([
      2,
      expect.stringMatching(/^sequelize-pool(?: #\d+)?$/),
    ]);
    pool.release(one);
    await pool.destroy(two);
    expect([guardFor(pool).held, pool.size, events.ids]).toEqual([0, 1, []]);
  });

  it('is the one of who gets it, at once or after others that wait', async () => {
    const events = collectEvents();
    const pool = build({ max: 2 });
    for (const one of await Promise.all([pool.acquire(), pool.acquire()])) await pool.release(one);
    const holders: number[] = [];
    const work = async (turn: number): Promise<void> => {
      const thing = await runInRequest(`turn ${turn}`, () => pool.acquire());
      holders.push(guardFor(pool).held);
      await new Promise((resolve) => setImmediate(resolve));
      await pool.release(thing);
    };
    await Promise.all(Array.from({ length: 50 }, (_, turn) => work(turn)));
    expect([Math.max(...holders), guardFor(pool).held, guardFor(pool).taken, events.ids]).toEqual([2, 0, 52, []]);
  });

  it('is reported with the line of its checkout when it is held too long', async () => {
    const events = collectEvents();
    const pool = build();
    guardPool(pool, { timeouts: { holdMs: 40 } });
    const thing = await pool.acquire();
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    expect(events.violations.at(-1)?.site).toMatch(/sequelize-pool\.test\.ts/);
    pool.release(thing);
  });

  it('is no double return where the pool itself closes what was used often enough, or is idle', async () => {
    const events = collectEvents();
    const pool = build({ maxUses: 1, idleTimeoutMillis: 1, reapIntervalMillis: 5 });
    pool.release(await pool.acquire());
    expect(pool.size).toBe(0);
    const idle = build({ idleTimeoutMillis: 1, reapIntervalMillis: 5 });
    idle.release(await idle.acquire());
    await eventually(() => expect(idle.size).toBe(0));
    expect(events.ids).not.toContain('pool/no-double-release');
  });

  it('ends when the pool is told to close its resource, whatever becomes of it', async () => {
    collectEvents();
    const pool = build({ destroy: async () => Promise.reject(new Error('no')) });
    await expect(pool.destroy(await pool.acquire())).rejects.toThrow('no');
    expect(guardFor(pool).held).toBe(0);
  });
});

describe('a resource that is given back again', () => {
  it('is reported', async () => {
    const events = collectEvents();
    const pool = build();
    const thing = await pool.acquire();
    pool.release(thing);
    pool.release(thing);
    expect([events.ids, pool.available]).toEqual([['pool/no-double-release'], 1]);
  });

  it('frees the resource of the next holder in plain sequelize-pool', async () => {
    const pool = build({ max: 1 }, plain.Pool);
    const first = await pool.acquire();
    pool.release(first);
    await pool.acquire();
    pool.release(first);
    expect(pool.using).toBe(0);
  });

  it('reaches nobody else where each checkout has an object of its own', async () => {
    const events = collectEvents();
    const pool = build({ max: 1 });
    guardPool(pool, {}, { facade: true });
    const first = await pool.acquire();
    pool.release(first);
    const second = await pool.acquire();
    pool.release(first);
    await pool.destroy(first);
    expect([pool.using, events.ids]).toEqual([1, ['pool/no-double-release', 'pool/no-double-release']]);
    pool.release(second);
    expect(pool.using).toBe(0);
  });
});

describe('the limits of sequelize-pool', () => {
  it('stay as they are under observe, and are reported', () => {
    const events = collectEvents();
    underPolicy({ perProcess: { max: 3 } });
    expect([build({ max: 9 }).maxSize, events.ids]).toEqual([9, ['pool/no-unbounded-pool']]);
  });

  it('are those of the policy under enforce, also where the least size was above', async () => {
    collectEvents();
    underPolicy({ ...enforce, perProcess: { max: 1 }, timeouts: { acquireMs: 30 } });
    const pool = build({ max: 9, min: 5 });
    const thing = await pool.acquire();
    await expect(pool.acquire()).rejects.toMatchObject({
      code: 'ERR_POOL_ACQUIRE_TIMEOUT',
      counts: { total: 1, max: 1 },
    });
    await pool.destroy(thing);
    expect(pool.size).toBe(1);
  });

  it('leave no more callers waiting than the policy states', async () => {
    collectEvents();
    underPolicy({ ...enforce, perProcess: { queue: 1 } });
    const pool = build({ max: 2 });
    const first = [pool.acquire(), pool.acquire()];
    const third = pool.acquire();
    await expect(pool.acquire()).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    for (const thing of await Promise.all(first)) pool.release(thing);
    pool.release(await third);
  });

  it('refuse the pool under strict', () => {
    collectEvents();
    underPolicy({ runtime: { mode: 'strict' }, perProcess: { max: 1 } });
    expect(() => build({ max: 9 })).toThrow(expect.objectContaining({ code: 'ERR_POOL_MAX_EXCEEDED' }));
  });
});

describe('the patch of sequelize-pool', () => {
  it('is made once, and for what the package exports, too', () => {
    const exports = loadGuarded();
    const { acquire } = exports.Pool.prototype;
    expect([adapter.recognizes(exports), adapter.patch(exports)]).toEqual([true, undefined]);
    expect(exports.Pool.prototype.acquire).toBe(acquire);
  });

  it('is refused where the pool is another, which stays as it was', () => {
    class Other {
      acquire(): void {}
      destroyAllNow(): void {}
    }
    const exports = { Pool: Other };
    const { acquire } = Other.prototype;
    expect(adapter.patch(exports)).toBe('its pool has no `release`');
    expect([exports.Pool, Other.prototype.acquire]).toEqual([Other, acquire]);
  });

  it('is made for a pool that nobody saw being built', async () => {
    const pool = build({}, loadFresh().exports.Pool);
    const before = await pool.acquire();
    const guarded = guardPool(pool, undefined, { name: 'late' });
    pool.release(before);
    await guarded.withLease(async (thing) => expect((thing as Thing).id).toBe(before.id));
    expect(guarded.stats()).toMatchObject({ name: 'late', taken: 1, held: 0 });
  });

  it('sees the end of a pool', async () => {
    const pool = build();
    await pool.drain();
    expect(guardFor(pool).isEnded).toBe(true);
  });
});

const server = await startPostgres({ maxConnections: 20 });
afterAll(() => server?.stop());

function open(options: Options = {}): SequelizeClass {
  const { host, port, user, database } = server!;
  const all = { dialect: 'postgres', host, port, username: user, database, logging: false, ...options } as const;
  const db = new Sequelize(all);
  onTestFinished(() => db.close());
  return db;
}

const managerOf = (db: SequelizeClass): { pool: PoolOfSequelize<Client>; config: Record<string, object> } =>
  (db as never as { connectionManager: ReturnType<typeof managerOf> }).connectionManager;

interface Client {
  query(sql: string): Promise<unknown>;
}

describe.skipIf(!server)('Sequelize', () => {
  it('gives its pool the name of the database, the line of the user and its own words', () => {
    const events = collectEvents();
    underPolicy({ perProcess: { max: 3 } });
    const guard = guardFor(managerOf(open({ pool: { max: 9 } })).pool);
    expect(guard.name).toMatch(/^postgres@127\.0\.0\.1/);
    expect(events.violations).toMatchObject([{ id: 'pool/no-unbounded-pool', driver: 'sequelize' }]);
    expect(events.violations[0]?.site).toMatch(/sequelize-pool\.test\.ts/);
    expect(events.violations[0]?.message).toContain('pool.max');
  });

  it('raises nothing in a program that is right', async () => {
    const events = collectEvents();
    underPolicy(enforce);
    const db = open({ pool: { max: 2 } });
    await db.authenticate();
    await db.query('select 1');
    await db.transaction(async (transaction) => db.query('select 2', { transaction }));
    const failing = db.transaction(async (transaction) => db.query('select nothing', { transaction }));
    await expect(failing).rejects.toThrow('nothing');
    const transaction = await db.transaction();
    await db.query('select 3', { transaction });
    await transaction.rollback();
    await Promise.all(Array.from({ length: 10 }, () => db.query('select 4')));
    expect([guardFor(managerOf(db).pool).held, events.ids]).toEqual([0, []]);
  });

  it('opens no more connections than the policy allows, and sends its times, under enforce', async () => {
    collectEvents();
    const timeouts = { statementMs: 4000 };
    underPolicy({ ...enforce, perProcess: { max: 2 }, timeouts, databases: { default: { via: 'direct' } } });
    const db = open({ pool: { max: 9 } });
    const sql = `select pg_backend_pid() as pid, current_setting('statement_timeout') as ms, pg_sleep(0.2)`;
    const rows = await Promise.all(Array.from({ length: 9 }, async () => (await db.query(sql))[0][0] as Row));
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(2);
    expect(new Set(rows.map(({ ms }) => ms))).toEqual(new Set(['4s']));
  });

  interface Row {
    readonly pid: number;
    readonly ms: string;
  }

  it('loses a connection that comes back inside a transaction, under enforce only', async () => {
    const events = collectEvents();
    const isKept = async (policy: Policy): Promise<boolean> => {
      underPolicy(policy);
      const { pool } = managerOf(open({ pool: { max: 1 } }));
      const client = await pool.acquire();
      await client.query('BEGIN');
      pool.release(client);
      const next = await pool.acquire();
      pool.release(next);
      return next === client;
    };
    expect([await isKept({}), await isKept(enforce)]).toEqual([true, false]);
    expect(events.ids.slice(0, 2)).toEqual(['runtime/returned-in-transaction', 'runtime/returned-in-transaction']);
  });

  it('is reported when it is built for each request', () => {
    const events = collectEvents();
    underPolicy({});
    const handler = (): unknown => open();
    for (let request = 0; request < 2; request += 1) runInRequest('GET /', handler);
    expect(events.ids).toEqual(['pool/no-pool-in-handler']);
  });

  it('gets the code and the holders with its own error when its pool is exhausted', async () => {
    collectEvents();
    underPolicy({ ...enforce, timeouts: { acquireMs: 1000 } });
    const db = open({ pool: { max: 1 } });
    const transaction = await db.transaction();
    const error = await db.query('select 1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'SequelizeConnectionAcquireTimeoutError',
      parent: { code: 'ERR_POOL_ACQUIRE_TIMEOUT' },
    });
    await transaction.rollback();
  });

  it('reports that the server is full', async () => {
    const events = collectEvents();
    underPolicy({});
    const db = open({ pool: { max: 40 } });
    await db.authenticate();
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => db.query('select pg_sleep(0.3)')));
    expect(all.some(({ status }) => status === 'rejected')).toBe(true);
    expect(events.ids).toContain('runtime/server-full');
  });
});
