import diagnostics from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type mysql from 'mysql2';
import type promises from 'mysql2/promise';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { mysql2 as adapter } from '../../../src/runtime/drivers/mysql2.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { IDLE_SINCE } from '../../../src/runtime/ping.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { startMariadb } from '../../support/mariadb.ts';
import { startProxy } from '../../support/proxy.ts';
import { run } from '../faults/support/child.ts';
import { collectEvents } from '../support/events.ts';
import { endLater, enforce, loadGuardedMysql, loadMysql, strict } from '../support/mysql2.ts';
import type { Copy } from '../support/mysql2.ts';
import { underPolicy } from '../support/under-policy.ts';

const MAX = 10;
const server = await startMariadb({ maxConnections: MAX });
afterAll(() => server?.stop());
const address = { host: server?.host, port: server?.port, user: server?.user, database: server?.database };

const open = ({ promises }: Copy, options: mysql.PoolOptions = {}): promises.Pool =>
  endLater(promises.createPool({ ...address, ...options }));

/** The pool inside a promise pool. */
interface Core {
  readonly config: Record<string, unknown> & { readonly connectionConfig: Record<string, unknown> };
}
const coreOf = (pool: promises.Pool): Core & mysql.Pool => pool.pool as unknown as Core & mysql.Pool;

const statsOf = (pool: object): object => guardPool(pool).stats();

const law: Policy = {
  ...enforce,
  perProcess: { max: 2, queue: 3 },
  timeouts: { acquireMs: 300, connectMs: 400, idleMs: 500 },
};

describe.skipIf(!server)('limits of mysql2', () => {
  it('that the policy states are written where the driver reads them', () => {
    const events = collectEvents();
    const { config } = coreOf(open(loadGuardedMysql(law), { connectionLimit: 20 }));
    expect(config).toMatchObject({ connectionLimit: 2, queueLimit: 3, idleTimeout: 500 });
    expect(config.connectionConfig).toMatchObject({ connectTimeout: 400 });
    expect(events.ids).toContain('pool/no-unbounded-pool');
  });

  it('are left alone where the program is stricter', () => {
    const own = { connectionLimit: 1, queueLimit: 1, idleTimeout: 100, connectTimeout: 100 };
    const { connectTimeout, ...sizes } = own;
    const { config } = coreOf(open(loadGuardedMysql(law), own));
    expect(config).toMatchObject(sizes);
    expect(config.connectionConfig).toMatchObject({ connectTimeout });
  });

  it('are only reported under `observe`, which changes nothing', async () => {
    const events = collectEvents();
    const pools = [loadMysql(), loadGuardedMysql({ ...law, runtime: { mode: 'observe' } })].map((copy) =>
      open(copy, { connectionLimit: 20 }),
    );
    expect(events.ids).toContain('pool/no-unbounded-pool');
    const seen = [];
    for (const pool of pools) {
      const connection = await pool.getConnection();
      connection.release();
      const core = coreOf(pool);
      const { connectionConfig, ...config } = core.config;
      const names = [...core.eventNames(), ...connection.connection.eventNames()].map(String).sort();
      seen.push({ config, timeout: connectionConfig['connectTimeout'], names });
    }
    expect(seen[1]).toEqual(seen[0]);
  });

  it('close what is idle for too long', async () => {
    collectEvents();
    const pool = open(loadGuardedMysql(law));
    await pool.query('SELECT 1');
    expect(statsOf(pool)).toMatchObject({ total: 1 });
    await eventually(() => expect(statsOf(pool)).toMatchObject({ total: 0 }));
  });

  it('bound the callers that may wait, whose error has a code', async () => {
    collectEvents();
    const pool = open(loadGuardedMysql({ ...law, timeouts: {} }), { connectionLimit: 1 });
    const held = await pool.getConnection();
    const waiting = Array.from({ length: 3 }, () => pool.query('SELECT 1'));
    await expect(pool.getConnection()).rejects.toMatchObject({
      message: 'Queue limit reached.',
      code: 'ERR_POOL_ACQUIRE_TIMEOUT',
      counts: { total: 1, waiting: 3 },
    });
    held.release();
    await Promise.all(waiting);
  });

  it('are demanded under `strict`, and what is refused opens nothing', async () => {
    collectEvents();
    const copy = loadGuardedMysql({ ...law, ...strict });
    const refused = { code: 'ERR_POOL_MAX_EXCEEDED' };
    expect(() => copy.promises.createPool({ ...address, connectionLimit: 20, maxIdle: 1 })).toThrow(
      expect.objectContaining(refused) as Error,
    );
    expect(() => copy.mysql.createPool({ ...address, connectionLimit: 20 })).toThrow(
      expect.objectContaining(refused) as Error,
    );
  });

  it('name the options that the driver does not know', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => void vi.restoreAllMocks());
    const events = collectEvents();
    open(loadGuardedMysql(), { acquireTimeout: 1000 } as object);
    const ignored = events.violations.filter(({ id }) => id === 'pool/no-ignored-option');
    expect(ignored).toMatchObject([{ data: { option: 'acquireTimeout' } }]);
  });

  it('are those of the policy that `guardPool` gets later', () => {
    collectEvents();
    const pool = open(loadGuardedMysql(), { connectionLimit: 20 });
    expect(guardPool(pool, law).pool).toBe(pool);
    expect(coreOf(pool).config).toMatchObject({ connectionLimit: 2 });
  });
});

describe.skipIf(!server)('a wait for a connection of mysql2', () => {
  const one = { connectionLimit: 1 };

  it('has no end with the driver alone, nor under `observe`', async () => {
    for (const copy of [loadMysql(), loadGuardedMysql({ ...law, runtime: { mode: 'observe' } })]) {
      const pool = open(copy, one);
      const held = await pool.getConnection();
      const waiting = pool.getConnection();
      expect(await Promise.race([waiting, sleep(500, 'waits')])).toBe('waits');
      held.release();
      (await waiting).release();
    }
  });

  it('ends in time, and leaves the queue', async () => {
    const events = collectEvents();
    const copy = loadGuardedMysql(law);
    const pool = open(copy, one);
    const held = await pool.getConnection();
    const late = { code: 'ERR_POOL_ACQUIRE_TIMEOUT', holders: [{ site: expect.stringContaining('mysql2-limits') }] };
    const called = new Promise((resolve) => coreOf(pool).getConnection(resolve));
    await expect(pool.getConnection()).rejects.toMatchObject(late);
    expect(await called).toMatchObject(late);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject(late);
    expect(statsOf(pool)).toMatchObject({ waiting: 0, held: 1, timeouts: 3 });
    expect(events.ids).toContain('runtime/exhausted');
    held.release();
    await pool.query('SELECT 1');
    expect(statsOf(pool)).toMatchObject({ waiting: 0, held: 0, total: 1, idle: 1 });
  });

  it.for(['plain', 'traced'])('keeps its deadline when the driver asks again for it: %s', async (kind) => {
    collectEvents();
    const proxy = await startProxy(address as { host: string; port: number });
    onTestFinished(() => proxy.stop());
    if (kind === 'traced') {
      const listen = (): void => {};
      diagnostics.subscribe('tracing:mysql2:pool:connect:start', listen);
      onTestFinished(() => void diagnostics.unsubscribe('tracing:mysql2:pool:connect:start', listen));
    }
    const times = { acquireMs: 2000, connectMs: 5000 };
    const pool = open(loadGuardedMysql({ ...enforce, timeouts: times }), {
      ...one,
      host: proxy.host,
      port: proxy.port,
    });
    const held = await pool.getConnection();
    const start = performance.now();
    const waiting = pool.getConnection();
    const failed = expect(waiting).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    await sleep(1500);
    proxy.stall(true);
    held.destroy();
    await failed;
    expect(performance.now() - start).toBeLessThan(3300);
    proxy.stall(false);
    // The connection that was opened for it comes too late, and is idle then.
    await eventually(() => expect(statsOf(pool)).toMatchObject({ held: 0, total: 1, idle: 1 }));
    expect(guardOf(pool)!.taken).toBe(1);
  });

  it.for(['plain', 'traced'])('is one checkout, though the driver asks again for it: %s', async (kind) => {
    const events = collectEvents();
    if (kind === 'traced') {
      const listen = (): void => {};
      diagnostics.subscribe('tracing:mysql2:pool:connect:start', listen);
      onTestFinished(() => void diagnostics.unsubscribe('tracing:mysql2:pool:connect:start', listen));
    }
    const core = coreOf(open(loadGuardedMysql(law), one));
    const take = (): Promise<mysql.PoolConnection> =>
      new Promise((resolve) => core.getConnection((_error, connection) => resolve(connection)));
    const held = await take();
    const waiting = take();
    held.destroy();
    (await waiting).release();
    expect([guardOf(core)!.taken, guardOf(core)!.held]).toEqual([2, 0]);
    expect(events.ids).not.toContain('pool/no-double-release');
  });
});

describe.skipIf(!server)('a connection of mysql2 that was idle', () => {
  it('is asked first under `enforce`, and replaced where it does not answer', async () => {
    collectEvents();
    const proxy = await startProxy(address as { host: string; port: number });
    onTestFinished(() => proxy.stop());
    const policy = { ...enforce, timeouts: { connectMs: 1000 } };
    const pool = open(loadGuardedMysql(policy), { host: proxy.host, port: proxy.port });
    const both = [await pool.getConnection(), await pool.getConnection()];
    for (const connection of both) {
      connection.release();
      Object.assign(connection.connection, { [IDLE_SINCE]: performance.now() - 600 });
    }
    proxy.stall(true);
    const next = pool.getConnection();
    setTimeout(() => proxy.stall(false), 1500);
    const fresh = await next;
    await fresh.query('SELECT 1');
    expect(both.map(({ threadId }) => threadId)).not.toContain(fresh.threadId);
    fresh.release();
    expect(guardOf(coreOf(pool))!.held).toBe(0);
  });
});

describe.skipIf(!server)('a MySQL server that has too many connections', () => {
  /** The connections of the tests before are gone, so that no place becomes free on the way. */
  async function settle(): Promise<void> {
    const admin = await loadMysql().promises.createConnection({ ...address, user: 'root' });
    onTestFinished(() => admin.end());
    const sql = 'SELECT COUNT(*) AS n FROM information_schema.processlist WHERE id <> CONNECTION_ID()';
    await eventually(async () => expect((await admin.query(sql))[0]).toEqual([{ n: 0 }]));
  }

  it.for(['observe', 'enforce'] as const)('is reported with what the pool has: `%s`', async (mode) => {
    const events = collectEvents();
    await settle();
    const copy = loadGuardedMysql({ runtime: { mode } });
    const pool = open(copy, { connectionLimit: MAX + 5 });
    const errors: unknown[] = [];
    // One after the other: one that is refused has a place for a moment, in which others would be refused, too.
    for (let index = 0; index < MAX + 5; index += 1)
      await pool.getConnection().catch((error: unknown) => errors.push(error));
    expect(errors.length).toBeGreaterThan(0);
    expect(errors).toMatchObject(errors.map(() => ({ code: 'ER_CON_COUNT_ERROR' })));
    const full = events.violations.filter(({ id }) => id === 'runtime/server-full');
    expect(full.at(-1)).toMatchObject({ mode, data: { limit: MAX + 5 } });
    await expect(copy.promises.createConnection(address)).rejects.toMatchObject({ errno: 1040 });
    const client = copy.mysql.createConnection(address);
    await once(client, 'error');
    expect(events.violations.filter(({ id }) => id === 'runtime/server-full')).toHaveLength(full.length + 2);
  });
});

describe('connections of mysql2 without a pool', () => {
  /** Takes connections, and says nothing. */
  async function startSilence(): Promise<number> {
    const silent = createServer((socket) => socket.on('error', () => {}));
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void silent.close());
    return (silent.address() as AddressInfo).port;
  }

  it('end their wait for the server as the policy states, in both forms', async () => {
    collectEvents();
    const { mysql, promises } = loadGuardedMysql({ ...enforce, timeouts: { connectMs: 100 } });
    const port = await startSilence();
    const silent = { host: '127.0.0.1', port, connectTimeout: 60_000 };
    await expect(promises.createConnection(silent)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await expect(promises.createConnection(`mysql://app@127.0.0.1:${port}/test`)).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    });
    expect(await once(mysql.createConnection(silent), 'error')).toMatchObject([{ code: 'ETIMEDOUT' }]);
    expect(silent.connectTimeout).toBe(60_000);
  });

  it('are built with the very options of the program under `observe`', () => {
    collectEvents();
    const { mysql } = loadGuardedMysql();
    const options = { host: '127.0.0.1', port: 1, uri: 'mysql://app@127.0.0.1:1/orders' } as Record<string, unknown>;
    mysql.createConnection(options).on('error', () => {});
    // The driver writes into what it gets.
    expect(options['database']).toBe('orders');
  });

  it.skipIf(!server)('are a violation when each request opens one', async () => {
    const events = collectEvents();
    const { mysql, promises } = loadGuardedMysql();
    const serve = async (): Promise<void> => (await promises.createConnection(address)).end();
    const serveBack = (): Promise<void> =>
      new Promise((resolve) => {
        const client = mysql.createConnection(address);
        client.end(() => resolve());
      });
    for (const work of [serve, serveBack]) for (const name of ['GET /a', 'GET /b']) await runInRequest(name, work);
    const found = events.violations.filter(({ id }) => id === 'pool/no-connect-per-request');
    expect(found).toMatchObject([{ request: 'GET /b' }, { request: 'GET /b' }]);
    expect(found[0]!.site).toMatch(/mysql2-limits\.test\.ts/);
  });

  it.skipIf(!server).for([
    ['plain', 1],
    ['observe', 1],
    ['enforce', 0],
  ] as const)('that break without a listener end the process, unless it is guarded: %s', async ([mode, status]) => {
    const DATABASE_URL = `mysql://root@${address.host}:${address.port}/${address.database}`;
    const file = '../../drivers/fixtures/mysql2-killed.mjs';
    const ended = await run({ file, mode, env: { DATABASE_URL } });
    expect([ended.status, ended.stdout], ended.stderr).toEqual([status, status === 0 ? 'survived\n' : '']);
    const ids = ended.violations.map(({ id }) => id);
    expect(ids.includes('pool/require-error-listener')).toBe(mode !== 'plain');
  });
});

describe('the copies of mysql2', () => {
  it('are patched once each, however often they are seen', () => {
    const copies = [loadGuardedMysql(), loadGuardedMysql()];
    for (const { mysql, promises } of copies) {
      const Pool = (mysql as unknown as { Pool: { prototype: object } }).Pool.prototype;
      const methods = (): unknown[] => [
        mysql.createPool,
        promises.createPool,
        (Pool as mysql.Pool).getConnection,
        (Pool as mysql.Pool).promise,
      ];
      const before = methods();
      for (const exports of [mysql, promises, (mysql as unknown as { Pool: unknown }).Pool])
        expect(adapter.patch(exports)).toBeUndefined();
      expect(methods()).toEqual(before);
    }
    expect(copies[0]!.mysql.createPool).not.toBe(copies[1]!.mysql.createPool);
  });

  it('keep the names of what they export', () => {
    const [plain, guarded] = [loadMysql(), loadGuardedMysql()];
    for (const form of ['mysql', 'promises'] as const)
      for (const name of ['createPool', 'createConnection'] as const) {
        expect(guarded[form][name].name).toBe(plain[form][name].name);
        expect(guarded[form][name]).toHaveLength(plain[form][name].length);
      }
  });

  it.skipIf(!server)('are guarded by `guardPool` where no hook saw them', async () => {
    collectEvents();
    underPolicy({});
    const pool = open(loadMysql());
    const guarded = guardPool(pool, undefined, { name: 'hidden' });
    const connection = await pool.getConnection();
    expect(guarded.holders()).toMatchObject([{ pool: 'hidden' }]);
    connection.release();
    expect(guarded.stats()).toMatchObject({ held: 0, taken: 1, total: 1 });
  });

  it.skipIf(!server)('are guarded from their first checkout where only the class was seen', async () => {
    collectEvents();
    const copy = loadMysql();
    underPolicy({ ...enforce, perProcess: { max: 3 } });
    expect(adapter.patch((copy.mysql as unknown as { Pool: unknown }).Pool)).toBeUndefined();
    const pool = open(copy, { connectionLimit: 50 });
    const connection = await pool.getConnection();
    const core = coreOf(pool);
    expect([guardOf(core)!.held, core.config['connectionLimit']]).toEqual([1, 3]);
    connection.release();
    expect(guardOf(core)!.held).toBe(0);
  });

  it('of an unknown version are refused, and left as they are', () => {
    class Pool {
      getConnection(): void {}
      execute(): void {}
      query(): void {}
      end(): void {}
      _removeConnection(): void {}
    }
    class PromisePool {}
    const functions = { createPool: () => new Pool(), createConnection: () => ({}), setMaxParserCache: () => {} };
    const prototypes = [Pool.prototype, PromisePool.prototype];
    const before = prototypes.map((each) => Object.getOwnPropertyDescriptors(each));
    const exports = [{ ...functions, Pool }, { ...functions, PromisePool }, Pool];
    const same = exports.map((each) => ({ ...each }));
    expect(exports.map((each) => adapter.patch(each))).toEqual([
      'its pool has no `releaseConnection`',
      'its promise pool has no `getConnection`',
      'its pool has no `releaseConnection`',
    ]);
    expect(prototypes.map((each) => Object.getOwnPropertyDescriptors(each))).toEqual(before);
    expect(exports.map((each) => ({ ...each }))).toEqual(same);
  });

  it('are not the other drivers of MySQL', () => {
    const require = createRequire(import.meta.url);
    for (const name of ['mysql', 'mariadb']) expect(adapter.recognizes(require(name))).toBe(false);
  });
});
