import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Pool as TarnPool } from 'tarn';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { tarn as adapter } from '../../../src/runtime/drivers/tarn.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { BYPASS_MS } from '../../../src/runtime/ping.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

const require = createRequire(import.meta.url);

/** A copy of the package that nobody has patched. */
function loadFresh<Module>(name: string, inside: string): Module {
  for (const file of Object.keys(require.cache)) if (file.includes(inside)) delete require.cache[file];
  return require(name) as Module;
}

const plain = loadFresh<typeof import('tarn')>('tarn', '/node_modules/tarn/');
const { Pool } = loadGuarded();
const { knex } = loadKnex();

function loadGuarded(): typeof import('tarn') {
  const exports = loadFresh<typeof import('tarn')>('tarn', '/node_modules/tarn/');
  expect(adapter.patch(exports)).toBeUndefined();
  return exports;
}

function loadKnex(): typeof import('knex') {
  expect(adapter.patch(require('knex/lib/client.js'))).toBeUndefined();
  return require('knex') as typeof import('knex');
}

const enforce = { runtime: { mode: 'enforce' } } as const;
const strict = { runtime: { mode: 'strict' } } as const;

interface Stated {
  readonly max?: number;
  readonly min?: number;
  readonly acquireTimeoutMillis?: number;
  readonly create?: () => unknown;
}

interface Thing {
  readonly id: number;
}

let made = 0;
const destroyed: unknown[] = [];
const make = (): Thing => ({ id: (made += 1) });

function build(stated: Stated = {}, Class = Pool): TarnPool<Thing> {
  const create = async (): Promise<Thing> => make();
  const pool = new Class({
    create,
    destroy: (resource: unknown) => void destroyed.push(resource),
    min: 0,
    max: 2,
    ...stated,
  } as never) as TarnPool<Thing>;
  onTestFinished(async () => {
    for (const { resource } of (pool as unknown as { used: { resource: Thing }[] }).used.slice())
      pool.release(resource);
    await pool.destroy();
  });
  return pool;
}

const guardFor = (pool: object): Guard => guardOf(pool)!;
const take = <Resource>(pool: TarnPool<Resource>): Promise<Resource> => pool.acquire().promise;

describe('a lease of tarn', () => {
  it('begins with acquire and ends with release', async () => {
    const events = collectEvents();
    const pool = build();
    const thing = await take(pool);
    expect([guardFor(pool).held, guardFor(pool).name]).toEqual([1, expect.stringMatching(/^tarn(?: #\d+)?$/)]);
    expect(pool.release(thing)).toBe(true);
    expect([guardFor(pool).held, guardFor(pool).taken]).toEqual([0, 1]);
    expect(events.ids).toEqual([]);
  });

  it('is reported with the line of its checkout when it is held too long, and when it comes back', async () => {
    const events = collectEvents();
    const pool = build();
    guardPool(pool, { timeouts: { holdMs: 40 } });
    const thing = await take(pool);
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    expect(events.violations.at(-1)?.site).toMatch(/tarn\.test\.ts/);
    pool.release(thing);
    expect(events.ids).toEqual(['pool/require-release', 'runtime/late-return']);
  });

  it('is none where the resource cannot be made', async () => {
    collectEvents();
    const pool = build({ create: async () => Promise.reject(new Error('no')), acquireTimeoutMillis: 20 });
    await expect(take(pool)).rejects.toThrow('no');
    expect(guardFor(pool).taken).toBe(0);
  });

  it.each([
    ['a number', () => 7],
    ['a frozen object', () => Object.freeze({})],
    [
      'a proxy that refuses to be written to',
      () => new Proxy({}, { set: fail, get: (_all, key) => (key === 'then' ? undefined : fail()) }),
    ],
  ])('knows %s, which cannot carry a mark', async (_name, create) => {
    const events = collectEvents();
    const pool = build({ create, max: 1 });
    const thing = await take(pool);
    expect(guardFor(pool).held).toBe(1);
    expect(pool.release(thing)).toBe(true);
    expect(guardFor(pool).held).toBe(0);
    pool.release(await take(pool));
    expect([guardFor(pool).taken, events.ids]).toEqual([2, []]);
  });

  it('says nothing where one resource stands in the pool twice', async () => {
    const events = collectEvents();
    const shared = make();
    const pool = build({ create: async () => shared });
    const two = [await take(pool), await take(pool)];
    for (const thing of two) pool.release(thing);
    const again = [await take(pool), await take(pool)];
    for (const thing of again) pool.release(thing);
    expect([guardFor(pool).held, events.ids]).toEqual([0, []]);
  });
});

function fail(): never {
  throw new Error('The resource was touched.');
}

describe('a resource that is given back again', () => {
  it('is reported, and refused by tarn as before', async () => {
    const events = collectEvents();
    const pool = build();
    const thing = await take(pool);
    expect([pool.release(thing), pool.release(thing)]).toEqual([true, false]);
    expect(events.ids).toEqual(['pool/no-double-release']);
  });

  it('is an error under strict', async () => {
    collectEvents();
    const pool = build();
    guardPool(pool, strict);
    const thing = await take(pool);
    pool.release(thing);
    expect(() => pool.release(thing)).toThrow(expect.objectContaining({ code: 'ERR_POOL_DOUBLE_RELEASE' }));
  });

  it('frees the resource of the next holder in plain tarn', async () => {
    const pool = build({ max: 1 }, plain.Pool);
    const first = await take(pool);
    pool.release(first);
    await take(pool);
    expect([pool.release(first), pool.numUsed()]).toEqual([true, 0]);
  });

  it('reaches nobody else where each checkout has an object of its own', async () => {
    const events = collectEvents();
    const pool = build({ max: 1 });
    guardPool(pool, {}, { facade: true });
    const first = await take(pool);
    expect(pool.release(first)).toBe(true);
    const second = await take(pool);
    expect([pool.release(first), pool.numUsed()]).toEqual([false, 1]);
    expect(events.violations.map(({ message }) => message)).toEqual([expect.stringContaining('somebody else')]);
    expect([pool.release(second), pool.numUsed(), guardFor(pool).held]).toEqual([true, 0, 0]);
  });
});

describe('the limits of tarn', () => {
  it('stay as they are under observe, and are reported', () => {
    const events = collectEvents();
    const pool = build({ max: 9 });
    guardPool(pool, { perProcess: { max: 3 } });
    expect([guardFor(pool).source.counts().max, events.ids]).toEqual([9, ['pool/no-unbounded-pool']]);
  });

  it('are those of the policy under enforce: no more is made, and nobody waits longer', async () => {
    collectEvents();
    underPolicy({ ...enforce, perProcess: { max: 1 }, timeouts: { acquireMs: 30 } });
    const pool = build({ max: 9 });
    const thing = await take(pool);
    const error: unknown = await take(pool).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT', counts: { total: 1, max: 1, waiting: 0 } });
    expect((error as { holders: unknown[] }).holders).toHaveLength(1);
    pool.release(thing);
    expect(guardFor(pool).timeouts).toBe(1);
  });

  it('count a caller once, whose connection did not answer and in whose place none came', async () => {
    const events = collectEvents();
    underPolicy({ ...enforce, timeouts: { acquireMs: 200 } });
    let isDown = false;
    const create = (): unknown => (isDown ? new Promise(() => {}) : { getTransactionStatus: () => 'I', query });
    const query = async (): Promise<never> => {
      isDown = true;
      throw new Error('gone');
    };
    const pool = build({ max: 1, create });
    pool.release(await take(pool));
    await sleep(BYPASS_MS + 50);
    await expect(take(pool)).rejects.toThrow('timed out');
    await sleep(500);
    expect([guardFor(pool).timeouts, events.ids.filter((id) => id === 'runtime/exhausted')]).toEqual([
      1,
      ['runtime/exhausted'],
    ]);
    (pool as unknown as { pendingCreates: unknown[] }).pendingCreates.length = 0;
  });

  it('give a caller the error of a resource that throws whatever is asked, and close it', async () => {
    collectEvents();
    underPolicy(enforce);
    const refuse = (): never => {
      throw new Error('not mine');
    };
    // A promise looks for `then`.
    const get = (_target: object, key: unknown): undefined => (key === 'then' ? undefined : refuse());
    const pool = build({ max: 1, create: () => new Proxy({}, { get, has: refuse }) });
    await expect(take(pool)).rejects.toThrow('not mine');
    expect([pool.numUsed(), guardFor(pool).held]).toEqual([0, 0]);
  });

  it('refuse the pool under strict', () => {
    collectEvents();
    underPolicy({ ...strict, perProcess: { max: 1 } });
    expect(() => build({ max: 9 })).toThrow(expect.objectContaining({ code: 'ERR_POOL_MAX_EXCEEDED' }));
  });

  it('leave no more callers waiting than the policy states; who gets a new resource does not wait', async () => {
    collectEvents();
    underPolicy({ ...enforce, perProcess: { queue: 1 } });
    const pool = build({ max: 2 });
    const first = [take(pool), take(pool)];
    const third = take(pool);
    await expect(take(pool)).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    for (const thing of await Promise.all(first)) pool.release(thing);
    pool.release(await third);
    expect(pool.numPendingAcquires()).toBe(0);
  });

  it('do not add up over pools whose servers are not known', () => {
    const events = collectEvents();
    underPolicy({ perProcess: { max: 5 } });
    for (let count = 0; count < 4; count += 1) build({ max: 4 });
    expect(events.ids).toEqual([]);
  });
});

describe('the patch of tarn', () => {
  it('is made once', () => {
    const exports = loadGuarded();
    const { acquire } = exports.Pool.prototype;
    expect(adapter.patch(exports)).toBeUndefined();
    expect(exports.Pool.prototype.acquire).toBe(acquire);
    expect(build({}, exports.Pool)).toBeInstanceOf(exports.Pool);
  });

  it('is refused where the pool is another, which stays as it was', () => {
    class Other {
      acquire(): void {}
      numPendingAcquires(): void {}
    }
    const exports = { Pool: Other };
    const { acquire } = Other.prototype;
    expect(adapter.patch(exports)).toBe('its pool has no `release`');
    expect([exports.Pool, Other.prototype.acquire]).toEqual([Other, acquire]);
    expect(adapter.recognizes({ Pool: class {} })).toBe(false);
  });

  it('is made for a pool that nobody saw being built', async () => {
    const copy = loadFresh<typeof import('tarn')>('tarn', '/node_modules/tarn/');
    const pool = build({}, copy.Pool);
    const before = await take(pool);
    const guarded = guardPool(pool, undefined, { name: 'late' });
    expect(pool.release(before)).toBe(true);
    await guarded.withLease(async (thing) => expect((thing as Thing).id).toBe(before.id));
    expect(guarded.stats()).toMatchObject({ name: 'late', taken: 1, held: 0 });
  });

  it('sees the end of a pool', async () => {
    const pool = build();
    await pool.destroy();
    expect(guardFor(pool).isEnded).toBe(true);
  });
});

const server = await startPostgres({ maxConnections: 20 });
afterAll(() => server?.stop());

function open(pool: Knex.PoolConfig = {}, policy: Policy = {}): Knex {
  underPolicy(policy);
  const { host, port, user, database } = server!;
  const db = knex({ client: 'pg', connection: { host, port, user, database }, pool: { min: 0, ...pool } });
  onTestFinished(() => db.destroy());
  return db;
}

const poolOf = (db: Knex): TarnPool<object> => (db.client as { pool: TarnPool<object> }).pool;

describe.skipIf(!server)('knex', () => {
  it('gives its pool the name of the database, the line of the user and its own words', () => {
    const events = collectEvents();
    const db = open({ max: 9 }, { perProcess: { max: 3 } });
    const guard = guardFor(poolOf(db));
    expect(guard.name).toMatch(/^postgres@127\.0\.0\.1/);
    expect(events.violations).toMatchObject([{ id: 'pool/no-unbounded-pool', driver: 'knex' }]);
    expect(events.violations[0]?.site).toMatch(/tarn\.test\.ts/);
    expect(events.violations[0]?.message).toContain('pool.max');
  });

  it('raises nothing in a program that is right', async () => {
    const events = collectEvents();
    const db = open({ max: 2 }, enforce);
    await db.raw('select 1');
    await db.transaction(async (trx) => trx.raw('select 2'));
    await expect(db.transaction(async (trx) => trx.raw('select nothing'))).rejects.toThrow('nothing');
    const trx = await db.transaction();
    await trx.raw('select 3');
    await trx.rollback();
    await Promise.all(Array.from({ length: 10 }, () => db.raw('select 4')));
    const stream = db.select(db.raw('5 as five')).stream();
    for await (const row of stream) expect(row).toEqual({ five: 5 });
    await eventually(() => expect(guardFor(poolOf(db)).held).toBe(0));
    expect(events.ids).toEqual([]);
  });

  it('opens no more connections than the policy allows under enforce', async () => {
    collectEvents();
    const db = open({ max: 9 }, { ...enforce, perProcess: { max: 2 } });
    const pids = await Promise.all(
      Array.from(
        { length: 9 },
        async () => (await db.raw('select pg_backend_pid() as pid, pg_sleep(0.2)')).rows[0].pid,
      ),
    );
    expect(new Set(pids).size).toBe(2);
  });

  it('loses a connection that comes back inside a transaction, under enforce only', async () => {
    const events = collectEvents();
    const status = async (policy: Policy): Promise<boolean> => {
      const db = open({ max: 1 }, policy);
      const connection = await db.client.acquireConnection();
      await connection.query('BEGIN');
      await db.client.releaseConnection(connection);
      const next = await db.client.acquireConnection();
      await db.client.releaseConnection(next);
      return next === connection;
    };
    expect([await status({}), await status(enforce)]).toEqual([true, false]);
    expect(events.ids.slice(0, 2)).toEqual(['runtime/returned-in-transaction', 'runtime/returned-in-transaction']);
  });

  it('gets no dead connection after a rest, under enforce', async () => {
    collectEvents();
    const db = open({ max: 1 }, enforce);
    const first = await db.client.acquireConnection();
    // Dead, and knex does not know: as behind a firewall that forgot the connection.
    await db.client.releaseConnection(first);
    await sleep(BYPASS_MS + 50);
    first.query = () => Promise.reject(new Error('gone'));
    await expect(db.raw('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  it('loses no connection whose caller went while it was asked whether it is alive', async () => {
    collectEvents();
    const db = open({ max: 1 }, { ...enforce, timeouts: { acquireMs: 1000 } });
    db.client.logger.warn = () => {};
    const first = await db.client.acquireConnection();
    await db.client.releaseConnection(first);
    await sleep(BYPASS_MS + 50);
    const { query } = first;
    first.query = async (...parts: unknown[]) => {
      await sleep(1500);
      return query.apply(first, parts);
    };
    await expect(db.raw('select 1')).rejects.toMatchObject({ name: 'KnexTimeoutError' });
    await eventually(() => expect(poolOf(db).numFree()).toBe(1));
    expect([guardFor(poolOf(db)).held, poolOf(db).numUsed()]).toEqual([0, 0]);
    first.query = query;
  });

  it('is reported when it is built for each request', () => {
    const events = collectEvents();
    const handler = (): unknown => knex({ client: 'pg', connection: 'postgres://me@db/app' });
    for (let request = 0; request < 2; request += 1) runInRequest('GET /', handler);
    expect(events.ids).toEqual(['pool/no-pool-in-handler']);
  });

  it('is told apart by its database: one for each tenant is right', () => {
    const events = collectEvents();
    for (let tenant = 0; tenant < 5; tenant += 1) {
      const db = knex({ client: 'pg', connection: `postgres://me@db/tenant${tenant}` });
      onTestFinished(() => db.destroy());
    }
    expect(events.ids).toEqual([]);
  });

  it('gets the code and the holders with its own error when its pool is exhausted', async () => {
    collectEvents();
    const db = open({ max: 1 }, { ...enforce, timeouts: { acquireMs: 1000 } });
    db.client.logger.warn = () => {};
    const trx = await db.transaction();
    const error = await db.raw('select 1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'KnexTimeoutError', cause: { code: 'ERR_POOL_ACQUIRE_TIMEOUT' } });
    await trx.rollback();
  });

  it('reports that the server is full', async () => {
    const events = collectEvents();
    const db = open({ max: 40 });
    db.client.logger.warn = () => {};
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => db.raw('select pg_sleep(0.3)')));
    expect(all.some(({ status }) => status === 'rejected')).toBe(true);
    expect(events.ids).toContain('runtime/server-full');
  });
});
