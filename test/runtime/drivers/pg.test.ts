import { EventEmitter } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { pg as adapter } from '../../../src/runtime/drivers/pg.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { world } from '../../../src/runtime/world.ts';
import { startPostgres } from '../../support/postgres.ts';
import { enforce, loadGuardedPg, loadPg, openAdmin, openPool, statePolicy, strict } from '../faults/support/pg.ts';
import type { Pg } from '../faults/support/pg.ts';
import { collectEvents } from '../support/events.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const address = { host: postgres?.host, port: postgres?.port, user: postgres?.user, database: postgres?.database };

const heldIn = (pool: object): number => guardOf(pool)!.held;

describe.skipIf(!postgres)('a lease of pg', () => {
  it('begins with the connection and ends with its release, as a promise', async () => {
    const pool = openPool(loadGuardedPg(), address);
    const client = await pool.connect();
    expect(heldIn(pool)).toBe(1);
    client.release();
    expect(heldIn(pool)).toBe(0);
  });

  it('begins with the connection and ends with its release, as a callback', async () => {
    const pool = openPool(loadGuardedPg(), address);
    await new Promise<void>((resolve, reject) => {
      pool.connect((error, client, release) => {
        if (error) return reject(error);
        expect(client).toBeDefined();
        expect(heldIn(pool)).toBe(1);
        release();
        expect(heldIn(pool)).toBe(0);
        resolve();
      });
    });
  });

  it('is none in a query of the pool, which gives back by itself', async () => {
    const pool = openPool(loadGuardedPg(), address);
    await pool.query('SELECT 1');
    await new Promise<void>((resolve, reject) =>
      pool.query('SELECT 1', (error) => (error ? reject(error) : resolve())),
    );
    expect(guardOf(pool)!.taken).toBe(0);
  });

  it('ends when the connection is given back as broken', async () => {
    const pool = openPool(loadGuardedPg(), address);
    const client = await pool.connect();
    client.release(new Error('broken'));
    expect(heldIn(pool)).toBe(0);
    await eventually(() => expect(pool.totalCount).toBe(0));
  });

  it('does not begin where the connection cannot be opened', async () => {
    const pool = openPool(loadGuardedPg(), { host: '127.0.0.1', port: 1 });
    await expect(pool.connect()).rejects.toThrow('ECONNREFUSED');
    await expect(pool.query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
    expect(guardOf(pool)!.taken).toBe(0);
    expect(pool.totalCount).toBe(0);
  });

  it('is announced on the channels of Node', async () => {
    const seen: string[] = [];
    const { subscribe, unsubscribe } = await import('node:diagnostics_channel');
    const note = (message: unknown, name: string | symbol): void =>
      void seen.push(`${String(name)} ${(message as { pool: string }).pool}`);
    const names = ['eslint-plugin-pool:acquire', 'eslint-plugin-pool:release'];
    for (const name of names) subscribe(name, note);
    onTestFinished(() => names.forEach((name) => void unsubscribe(name, note)));
    const pool = openPool(loadGuardedPg(), address);
    guardPool(pool, undefined, { name: 'orders' });
    const client = await pool.connect();
    expect(seen).toEqual(['eslint-plugin-pool:acquire orders']);
    client.release();
    expect(seen).toEqual(['eslint-plugin-pool:acquire orders', 'eslint-plugin-pool:release orders']);
  });

  it('raises nothing in a program that is right', async () => {
    const events = collectEvents();
    const pg = loadGuardedPg({
      ...strict,
      timeouts: { acquireMs: 1000, holdMs: 1000 },
      perProcess: { max: 2, queue: 9 },
    });
    const pool = openPool(pg, { ...address, max: 2, connectionTimeoutMillis: 1000 });
    pool.on('error', () => {}).on('connect', (client) => void client.on('error', () => {}));
    const transact = async (): Promise<void> => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('SELECT 1');
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    };
    await Promise.all(Array.from({ length: 8 }, transact));
    await pool.end();
    expect(events.ids).toEqual([]);
  });
});

describe.skipIf(!postgres)('a connection of pg that is held too long', () => {
  const policy: Policy = { timeouts: { holdMs: 40 } };

  it('is reported with the line of its checkout, and when it comes back after all', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(policy), address);
    const client = await pool.connect();
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    client.release();
    expect(events.ids).toContain('runtime/late-return');
    const [leak] = events.violations.filter(({ id }) => id === 'pool/require-release');
    expect(leak).toMatchObject({ pool: expect.any(String), mode: 'observe', data: { limit: 40 } });
    expect(leak!.site).toMatch(/^test\/runtime\/drivers\/pg\.test\.ts:\d+:\d+$/);
    expect(leak!.stack).toContain('pg.test.ts');
  });

  it('is reported with the line of its checkout in the form with a callback', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(policy), address);
    pool.connect(() => {});
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    const leak = events.violations.find(({ id }) => id === 'pool/require-release');
    expect(leak!.site).toMatch(/^test\/runtime\/drivers\/pg\.test\.ts:\d+:\d+$/);
  });
});

describe.skipIf(!postgres)('limits of pg', () => {
  const law: Policy = {
    ...enforce,
    databases: { default: { via: 'direct' } },
    perProcess: { max: 2 },
    timeouts: { acquireMs: 300, statementMs: 4000, idleMs: 2000, lifetimeMs: 600_000 },
  };

  it('that the policy states are written, and the server sees them', async () => {
    const events = collectEvents();
    const admin = await openAdmin(address);
    const pool = openPool(loadGuardedPg(law), { ...address, max: 20, application_name: 'clamped' });
    const shown = await Promise.all(Array.from({ length: 8 }, () => pool.query('SHOW statement_timeout')));
    expect(shown[0]!.rows).toEqual([{ statement_timeout: '4s' }]);
    const { rows } = await admin.query("SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'clamped'");
    expect(rows).toEqual([{ count: 2 }]);
    expect(pool.options).toMatchObject({ connectionTimeoutMillis: 300, idleTimeoutMillis: 2000 });
    expect(pool.options).toMatchObject({ query_timeout: 4000, statement_timeout: 4000, max: 2 });
    expect(events.notices.filter(({ type }) => type === 'pool-clamp').length).toBeGreaterThan(0);
  });

  it('are left alone where the program is stricter', () => {
    const own = { max: 1, connectionTimeoutMillis: 200, idleTimeoutMillis: 1000, query_timeout: 100 };
    const pool = openPool(loadGuardedPg(law), { ...address, ...own, statement_timeout: 100, maxLifetimeSeconds: 60 });
    expect(pool.options).toMatchObject({ ...own, statement_timeout: 100 });
  });

  it('are only reported under `observe`, which adds no listener and sends nothing', async () => {
    const events = collectEvents();
    const given = { ...address, max: 20 };
    const plain = openPool(loadPg(), given);
    const pool = openPool(loadGuardedPg({ ...law, runtime: { mode: 'observe' } }), given);
    expect(events.ids).toContain('pool/no-unbounded-pool');
    expect(events.ids).toContain('pool/require-timeouts');
    expect(pool.options).toEqual(plain.options);
    const names = ['acquire', 'connect', 'error', 'release', 'remove'];
    for (const one of [plain, pool]) {
      const client = await one.connect();
      client.release();
      expect(client.listenerCount('error')).toBe(1);
    }
    expect(names.map((name) => pool.listenerCount(name))).toEqual(names.map((name) => plain.listenerCount(name)));
  });

  it('are demanded under `strict`, when the pool is built', () => {
    collectEvents();
    const pg = loadGuardedPg({ ...strict, perProcess: { max: 2 } });
    expect(() => openPool(pg, { ...address, max: 20 })).toThrow(
      expect.objectContaining({ code: 'ERR_POOL_MAX_EXCEEDED', rule: 'pool/no-unbounded-pool' }) as Error,
    );
    // The refused one does not count.
    expect(openPool(pg, { ...address, max: 2 }).options.max).toBe(2);
  });

  it('are demanded under `strict` at each use, where nobody saw how the pool was built', async () => {
    collectEvents();
    const pg = loadGuardedPg({ ...law, ...strict });
    const PgPool = Object.getPrototypeOf(pg.Pool) as typeof pg.Pool;
    const pool = new PgPool({ ...address, max: 20 });
    for (const use of ['connect', 'connect', 'query'] as const)
      await expect(async () => await (use === 'connect' ? pool.connect() : pool.query('SELECT 1'))).rejects.toThrow(
        /20 connections/,
      );
    expect(pool.totalCount).toBe(0);
  });

  it('are enforced by `guardPool` on a pool that was only observed, with its open connections', async () => {
    collectEvents();
    const pool = openPool(loadGuardedPg(), { ...address, max: 20, maxLifetimeSeconds: 3600 });
    const early = await pool.connect();
    expect(early.listenerCount('error')).toBe(0);
    guardPool(pool, law);
    expect(early.listenerCount('error')).toBe(1);
    early.release();
    expect(pool.options.max).toBe(2);
    expect(pool.listenerCount('error')).toBe(1);
    expect(pool.options.maxLifetimeSeconds).toBeLessThanOrEqual(600);
    // A second policy is written as well.
    guardPool(pool, { ...enforce, timeouts: { lifetimeMs: 100_000 } });
    const read = Array.from({ length: 50 }, () => pool.options.maxLifetimeSeconds!);
    expect(Math.max(...read)).toBeLessThanOrEqual(100);
    expect(Math.min(...read)).toBeGreaterThanOrEqual(97);
    expect(new Set(read).size).toBeGreaterThan(1);
    const late = await pool.connect();
    late.release();
    expect(late).toBe(early);
  });

  it('of a client are written before it connects', async () => {
    collectEvents();
    const { Client } = loadGuardedPg({ ...law, timeouts: { statementMs: 4000, connectMs: 3000 } });
    const client = new Client(address);
    await client.connect();
    onTestFinished(() => client.end());
    expect((await client.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '4s' }]);
    expect(client).toMatchObject({ _connectionTimeoutMillis: 3000, connectionParameters: { query_timeout: 4000 } });
  });

  it('bound the callers that may wait', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg({ ...enforce, perProcess: { queue: 2 } }), { ...address, max: 1 });
    const client = await pool.connect();
    const waiting = [pool.connect(), pool.query('SELECT 1')];
    const refused = { code: 'ERR_POOL_ACQUIRE_TIMEOUT', counts: { total: 1, waiting: 2 }, holders: [{ heldMs: 0 }] };
    await expect(pool.connect()).rejects.toMatchObject(refused);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject(refused);
    await new Promise<void>((resolve) =>
      pool.connect((error) => {
        expect(error).toMatchObject(refused);
        resolve();
      }),
    );
    expect(events.ids.filter((id) => id === 'runtime/exhausted')).toHaveLength(1);
    client.release();
    ((await waiting[0]) as import('pg').PoolClient).release();
    await waiting[1];
  });
});

describe.skipIf(!postgres)('what is built again and again', () => {
  const build = (pg: Pg): object => openPool(pg, address);
  const ids = ['pool/no-connect-per-request', 'pool/no-pool-in-handler'];

  it('is no violation for one pool that is built when the first request needs it', () => {
    const events = collectEvents();
    const pg = loadGuardedPg(strict);
    let pool: object | undefined;
    for (const name of ['GET /a', 'GET /b', 'GET /c']) runInRequest(name, () => (pool ??= build(pg)));
    expect(events.ids.filter((id) => ids.includes(id))).toEqual([]);
  });

  it('is a violation for a pool in each request, from the second on', () => {
    const events = collectEvents();
    const pg = loadGuardedPg();
    for (const name of ['GET /a', 'GET /b']) runInRequest(name, () => build(pg));
    const found = events.violations.filter(({ id }) => ids.includes(id));
    expect(found).toMatchObject([{ id: 'pool/no-pool-in-handler', request: 'GET /b', data: { count: 2 } }]);
    expect(found[0]!.site).toMatch(/support\/pg\.ts/);
  });

  it('is an error under `strict`', () => {
    collectEvents();
    const pg = loadGuardedPg(strict);
    runInRequest('GET /a', () => build(pg));
    expect(() => runInRequest('GET /b', () => build(pg))).toThrow(
      expect.objectContaining({ code: 'ERR_POOL_IN_REQUEST' }) as Error,
    );
  });

  it('is a violation for a connection in each request', async () => {
    const events = collectEvents();
    const { Client } = loadGuardedPg();
    const serve = async (): Promise<void> => {
      const client = new Client(address);
      await client.connect();
      await client.end();
    };
    for (const name of ['GET /a', 'GET /b']) await runInRequest(name, serve);
    const found = events.violations.filter(({ id }) => ids.includes(id));
    expect(found).toMatchObject([{ id: 'pool/no-connect-per-request', request: 'GET /b' }]);
    expect(found[0]!.site).toMatch(/drivers\/pg\.test\.ts/);
  });

  it('does not count the connections that a pool opens', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(), { ...address, maxUses: 1 });
    const use = async (): Promise<void> => (await pool.connect()).release();
    for (const name of ['GET /a', 'GET /b', 'GET /c']) await runInRequest(name, use);
    expect(events.ids.filter((id) => ids.includes(id))).toEqual([]);
  });
});

describe.skipIf(!postgres)('the request of a checkout', () => {
  it('is that of the caller, where pg runs a waiting callback in the context of who gave back', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg({ timeouts: { holdMs: 30 } }), { ...address, max: 1 });
    const seen: (string | undefined)[] = [];
    const { currentRequest } = await import('../../../src/runtime/request.ts');
    const releaser = await runInRequest('GET /releaser', () => pool.connect());
    const waiting = new Promise<void>((resolve) =>
      runInRequest('GET /waiter', () =>
        pool.connect(() => {
          seen.push(currentRequest()?.name);
          resolve();
        }),
      ),
    );
    runInRequest('GET /releaser', () => releaser.release());
    await waiting;
    // The trap itself: whoever reads the context here is misled.
    expect(seen).toEqual(['GET /releaser']);
    expect(guardPool(pool).holders()).toMatchObject([{ request: 'GET /waiter' }]);
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    expect(events.violations.find(({ id }) => id === 'pool/require-release')).toMatchObject({ request: 'GET /waiter' });
  });
});

describe.skipIf(!postgres)('an error of pg', () => {
  it.for(['plain', 'guarded'] as const)('leads to the caller: %s', async (kind) => {
    collectEvents();
    const pg = kind === 'plain' ? loadPg() : loadGuardedPg(enforce);
    const refused = openPool(pg, { host: '127.0.0.1', port: 1 });
    const full = openPool(pg, { ...address, max: 1, connectionTimeoutMillis: 200 });
    await full.connect();
    const traceOf = async (pool: import('pg').Pool): Promise<string> => {
      try {
        await pool.connect();
      } catch (error) {
        return (error as Error).stack!;
      }
      throw new Error('It should fail.');
    };
    expect(await traceOf(refused)).toContain('pg.test.ts');
    expect(await traceOf(full)).toContain('pg.test.ts');
  });
});

describe('the copies of pg', () => {
  const duplicate = (): Pg => {
    const cache = path.join(import.meta.dirname, '../../../.cache');
    mkdirSync(cache, { recursive: true });
    // Here it finds the packages that pg needs.
    const folder = mkdtempSync(path.join(cache, 'duplicate-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const name of ['pg', 'pg-pool']) {
      cpSync(path.join(import.meta.dirname, '../../../node_modules', name), path.join(folder, 'node_modules', name), {
        recursive: true,
      });
    }
    return createRequire(path.join(folder, 'app.js'))('pg') as Pg;
  };
  const prototypeOf = ({ Pool }: Pg): object => Object.getPrototypeOf(Pool.prototype) as object;

  it('are patched once each, however often they are seen', () => {
    collectEvents();
    const [first, second] = [loadGuardedPg(), duplicate()];
    expect(prototypeOf(first)).not.toBe(prototypeOf(second));
    const connects = [first, second].map((pg) => {
      expect(adapter.patch(pg)).toBeUndefined();
      const { connect } = prototypeOf(pg) as { connect: unknown };
      const { Pool } = pg;
      expect(adapter.patch(pg)).toBeUndefined();
      expect(adapter.patch(Object.getPrototypeOf(Pool))).toBeUndefined();
      expect(prototypeOf(pg)).toHaveProperty('connect', connect);
      expect(pg.Pool).toBe(Pool);
      return connect;
    });
    expect(connects[0]).not.toBe(connects[1]);
  });

  it.skipIf(!postgres)('are guarded by `guardPool` where no hook saw them', async () => {
    collectEvents();
    statePolicy({});
    const pool = openPool(duplicate(), address);
    const guarded = guardPool(pool, undefined, { name: 'hidden' });
    const client = await pool.connect();
    expect(guarded.holders()).toMatchObject([{ pool: 'hidden' }]);
    client.release();
    expect(guarded.stats()).toMatchObject({ held: 0, taken: 1, total: 1 });
  });

  it('of an unknown version are refused, and left as they are', () => {
    class Pool extends EventEmitter {
      newClient(): void {}
      connect(): void {}
      query(): void {}
    }
    class Whole extends Pool {
      end(): void {}
      override newClient(): void {}
      override connect(): void {}
      override query(): void {}
    }
    class Client {
      connect(): void {}
    }
    const prototypes = [Pool.prototype, Whole.prototype, Client.prototype];
    const before = prototypes.map((one) => Object.getOwnPropertyDescriptors(one));
    for (const again of [1, 2]) {
      expect([again, adapter.patch(Pool)]).toEqual([again, 'its pool has no `end`']);
      expect(adapter.patch({ Pool: class extends Pool {}, Client })).toBe('its pool has no `end`');
      expect(adapter.patch({ Pool: class extends Whole {}, Client: class {} })).toBe('its client has no `connect`');
    }
    expect(prototypes.map((one) => Object.getOwnPropertyDescriptors(one))).toEqual(before);
  });
});

describe.skipIf(!postgres)('the classes of pg', () => {
  const isGuarded = async (pool: import('pg').Pool): Promise<boolean> => {
    const client = await pool.connect();
    const isHeld = guardOf(pool)?.held === 1;
    client.release();
    return isHeld && guardOf(pool)?.held === 0;
  };

  it('may be extended, and are what `instanceof` says', async () => {
    collectEvents();
    const plain = loadPg().Pool;
    const pg = loadGuardedPg({ ...enforce, perProcess: { max: 3 } });
    class TenantPool extends pg.Pool {
      readonly tenant = 'acme';
    }
    const pool = new TenantPool({ ...address, max: 50 });
    onTestFinished(() => pool.end());
    expect(pool).toBeInstanceOf(TenantPool);
    expect(pool).toBeInstanceOf(pg.Pool);
    expect(pool).not.toBeInstanceOf(plain);
    expect([pool.tenant, pool.options.max, pg.Pool.name]).toEqual(['acme', 3, plain.name]);
    expect(await isGuarded(pool)).toBe(true);
  });

  it('are guarded when they were imported as an ES module before', async () => {
    collectEvents();
    statePolicy({ ...enforce, perProcess: { max: 3 } });
    const { default: pg, Pool } = await import('pg');
    adapter.patch(pg);
    const pool = new Pool({ ...address, max: 50 });
    onTestFinished(() => pool.end());
    // Not built through the trap: known from its first use on.
    expect(guardOf(pool)).toBeUndefined();
    expect(await isGuarded(pool)).toBe(true);
    expect(pool.options.max).toBe(3);
  });

  it('are guarded when pg-pool is used by itself', async () => {
    collectEvents();
    const pg = loadGuardedPg({ ...enforce, perProcess: { max: 3 } });
    const PgPool = Object.getPrototypeOf(pg.Pool) as typeof pg.Pool;
    const pool = new PgPool({ ...address, max: 50 });
    onTestFinished(() => pool.end());
    expect(await isGuarded(pool)).toBe(true);
    expect(pool.options.max).toBe(3);
  });

  it('are forgotten when they are ended', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(), address);
    const { name } = guardOf(pool)!;
    await pool.end();
    expect(events.notices.filter(({ type }) => type === 'pool-end')).toMatchObject([{ pool: name }]);
    expect([...world.guards].some((one) => one.deref() === guardOf(pool) && !guardOf(pool)!.isEnded)).toBe(false);
  });
});
