import { createRequire } from 'node:module';
import type { Options, PostgresType, ReservedSql, Sql } from 'postgres';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { postgres as adapter } from '../../../src/runtime/drivers/postgres.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

const require = createRequire(import.meta.url);
type Factory = (options: Options<Record<string, PostgresType>>) => Sql;

const plain = require('postgres') as Factory & { BigInt: object };
const postgres = adapter.source!.wrap(plain) as typeof plain;

const server = await startPostgres({ maxConnections: 20 });
afterAll(() => server?.stop());

const enforce = { runtime: { mode: 'enforce' } } as const;
const bounded = { ...enforce, timeouts: { acquireMs: 1000 } } as const;

function open(
  options: Options<Record<string, PostgresType>> = {},
  policy: Policy = {},
  factory: Factory = postgres,
): Sql {
  underPolicy(policy);
  const { host = '127.0.0.1', port = 1, user = 'me', database = 'app' } = server ?? {};
  const sql = factory({ host, port, user, database, max: 2, ...options });
  onTestFinished(() => sql.end({ timeout: 0 }));
  return sql;
}

const guardFor = (sql: object): Guard => guardOf(sql)!;
const pidOf = async (sql: Sql | ReservedSql): Promise<number> =>
  (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]!.pid;

async function kill(pid: number): Promise<void> {
  const admin = open({ max: 1 }, {}, plain);
  await admin`select pg_terminate_backend(${pid})`;
  await eventually(async () => expect(await admin`select 1 from pg_stat_activity where pid = ${pid}`).toHaveLength(0));
}

describe.skipIf(!server)('a lease of postgres.js', () => {
  it('begins with reserve and ends with release', async () => {
    const events = collectEvents();
    const sql = open();
    const reserved = await sql.reserve();
    await reserved`select 1`;
    expect([guardFor(sql).held, guardFor(sql).name]).toEqual([1, expect.stringMatching(/^postgres@127\.0\.0\.1/)]);
    reserved.release();
    expect([guardFor(sql).held, guardFor(sql).taken, events.ids]).toEqual([0, 1, []]);
  });

  it('lasts as long as the work of begin, however that ends', async () => {
    const events = collectEvents();
    const sql = open();
    const held = await sql.begin('read only', async (tx) => [...(await tx`select 1 as one`), guardFor(sql).held]);
    expect(held).toEqual([{ one: 1 }, 1]);
    await expect(sql.begin((tx) => [tx`select 1`, tx`select nothing`])).rejects.toThrow('nothing');
    await expect(sql.begin(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([guardFor(sql).held, guardFor(sql).taken, events.ids]).toEqual([0, 3, []]);
  });

  it('is none in a query of its own', async () => {
    const sql = open();
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await expect(sql.unsafe('select nothing')).rejects.toThrow('nothing');
    expect(guardFor(sql).taken).toBe(0);
  });

  it('is reported with the line of its checkout when it is held too long', async () => {
    const events = collectEvents();
    const sql = open({}, { timeouts: { holdMs: 40 } });
    const reserved = await sql.reserve();
    await sql.begin(() => eventually(() => expect(events.ids).toHaveLength(2)));
    reserved.release();
    expect(events.ids.slice(0, 2)).toEqual(['pool/require-release', 'pool/require-release']);
    expect(events.violations[0]?.site).toMatch(/postgres\.test\.ts/);
  });

  it('is taken back where the policy says so: its slot is free, and its late return is heard by nobody', async () => {
    const events = collectEvents();
    const rules = { 'runtime/reclaimed': 'enforce' } as const;
    const sql = open({ max: 1 }, { runtime: { rules }, timeouts: { holdMs: 40 } });
    const lost = await sql.reserve();
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await expect(lost`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    lost.release();
    expect(await sql`select 2 as two`).toEqual([{ two: 2 }]);
    expect(events.ids).toEqual(['pool/require-release', 'runtime/reclaimed', 'runtime/late-return']);
  });

  it('is taken back from the work of begin, too', async () => {
    const events = collectEvents();
    const rules = { 'runtime/reclaimed': 'enforce' } as const;
    const sql = open({ max: 1 }, { runtime: { rules }, timeouts: { holdMs: 40 } });
    const stuck = sql.begin(() => new Promise(() => {}));
    await expect(stuck).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    expect(events.ids).toEqual(['pool/require-release', 'runtime/reclaimed']);
  });

  it('gives back by itself at the end of a lease of guardPool', async () => {
    collectEvents();
    const sql = open({ max: 1 });
    const pool = guardPool(sql);
    const failing = pool.transaction(async (tx) => {
      await tx`create table lost (id int)`;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await expect(sql`select * from lost`).rejects.toThrow('does not exist');
    const swallowing = pool.transaction((tx) => tx`select 1 / 0`.catch(() => {}));
    await expect(swallowing).rejects.toThrow('rolled back');
    const lease = await pool.lease();
    const pid = await pidOf(lease.connection);
    await lease.release(new Error('broken'));
    expect(await pidOf(sql)).not.toBe(pid);
  });
});

describe.skipIf(!server)('a reserved connection that is given back again', () => {
  it('gives the connection of the next holder to a third in plain postgres.js', async () => {
    const sql = open({ max: 1 }, {}, plain);
    const first = await sql.reserve();
    first.release();
    await sql.reserve();
    first.release();
    await expect(sql.reserve()).resolves.toBeTypeOf('function');
  });

  it('reaches nobody else under enforce, and is reported', async () => {
    const events = collectEvents();
    const sql = open({ max: 1 }, bounded);
    const first = await sql.reserve();
    first.release();
    const second = await sql.reserve();
    first.release();
    await expect(sql.reserve()).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    expect(events.ids).toEqual(['pool/no-double-release', 'runtime/exhausted']);
    second.release();
  });

  it('is an error under strict', async () => {
    collectEvents();
    const sql = open({}, { runtime: { mode: 'strict' } });
    const reserved = await sql.reserve();
    reserved.release();
    expect(() => reserved.release()).toThrow(expect.objectContaining({ code: 'ERR_POOL_DOUBLE_RELEASE' }));
  });
});

describe.skipIf(!server)('a reserved connection that comes back inside a transaction', () => {
  const inside = async (sql: Sql, ...statements: string[]): Promise<boolean> => {
    const reserved = await sql.reserve();
    for (const statement of statements) await reserved.unsafe(statement).catch(() => {});
    reserved.release();
    const [row] = await sql`show application_name`;
    return row!['application_name'] === 'inside';
  };

  it('gives the next one its transaction under observe, and is closed under enforce', async () => {
    const events = collectEvents();
    const statements = ['BEGIN', "SET LOCAL application_name = 'inside'"];
    expect(await inside(open({ max: 1 }), ...statements)).toBe(true);
    expect(await inside(open({ max: 1 }, enforce), ...statements)).toBe(false);
    expect(events.ids).toEqual(['runtime/returned-in-transaction', 'runtime/returned-in-transaction']);
  });

  it.each([
    [['START TRANSACTION', 'SELECT 1'], true],
    [['BEGIN; SELECT 1'], true],
    [['BEGIN', 'SAVEPOINT one', 'ROLLBACK TO SAVEPOINT one'], true],
    [['BEGIN', 'COMMIT AND CHAIN'], true],
    [['BEGIN', 'SELECT nothing'], true],
    [['BEGIN', 'SELECT nothing', 'COMMIT'], false],
    [['BEGIN', 'SELECT 1', 'ROLLBACK'], false],
    [['BEGIN; SELECT 1; COMMIT'], false],
    [['SELECT 1'], false],
  ])('is known by the words of the server: %j is %s', async (statements, isOpen) => {
    const events = collectEvents();
    await inside(open({ max: 1 }, enforce), ...statements);
    expect(events.ids).toEqual(isOpen ? ['runtime/returned-in-transaction'] : []);
  });
});

describe.skipIf(!server)('a reserved connection whose backend dies', () => {
  it('answers with an error instead of ending the process, and its return frees nothing, under enforce', async () => {
    collectEvents();
    const sql = open({ max: 1 }, enforce);
    const reserved = await sql.reserve();
    await kill(await pidOf(reserved));
    await eventually(() => expect(reserved`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' }));
    reserved.release();
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    expect(guardFor(sql).held).toBe(0);
  });

  it('still tells the program by its own `onclose`', async () => {
    collectEvents();
    const onclose = vi.fn();
    const reserved = await open({ max: 1, onclose }, enforce).reserve();
    await kill(await pidOf(reserved));
    await eventually(() => expect(onclose).toHaveBeenCalledOnce());
    reserved.release();
  });
});

describe.skipIf(!server)('the limits of postgres.js', () => {
  const stated: Policy = {
    perProcess: { max: 2, queue: 1 },
    timeouts: { acquireMs: 50, connectMs: 3000, idleMs: 20_000, lifetimeMs: 600_000, statementMs: 4000 },
    databases: { default: { via: 'direct' } },
  };
  const pids = async (sql: Sql): Promise<number> => {
    const rows = await Promise.all(
      Array.from({ length: 9 }, () => sql<{ pid: number }[]>`select pg_backend_pid() as pid, pg_sleep(0.2)`),
    );
    return new Set(rows.map(([row]) => row!.pid)).size;
  };

  it('stay as they are under observe, and are reported', async () => {
    const events = collectEvents();
    const sql = open({ max: 6 }, stated);
    expect(await pids(sql)).toBe(6);
    expect(sql.options).toMatchObject({ max: 6, connect_timeout: 30, idle_timeout: null });
    expect(events.ids).toContain('pool/no-unbounded-pool');
    expect(events.violations[0]?.site).toMatch(/postgres\.test\.ts/);
  });

  it('are those of the policy under enforce', async () => {
    collectEvents();
    const sql = open({ max: 6 }, { ...stated, ...enforce });
    expect(await pids(sql)).toBe(2);
    expect(sql.options).toMatchObject({ max: 2, connect_timeout: 3, idle_timeout: 20 });
    expect(sql.options.max_lifetime).toBeGreaterThan(570);
    expect(sql.options.max_lifetime).toBeLessThanOrEqual(600);
    expect(await sql`show statement_timeout`).toEqual([{ statement_timeout: '4s' }]);
  });

  it('refuse the pool under strict', () => {
    collectEvents();
    const build = (): unknown => open({ max: 6 }, { perProcess: { max: 2 }, runtime: { mode: 'strict' } });
    expect(build).toThrow(expect.objectContaining({ code: 'ERR_POOL_MAX_EXCEEDED' }));
  });

  it('end a wait for a connection, which goes back when it comes too late', async () => {
    collectEvents();
    const sql = open({ max: 1 }, bounded);
    const first = await sql.reserve();
    const work = vi.fn();
    const waits = [sql.reserve(), sql.begin(work)];
    const ends = await Promise.allSettled(waits);
    expect(ends.map((end) => end.status === 'rejected' && (end.reason as { code: string }).code)).toEqual([
      'ERR_POOL_ACQUIRE_TIMEOUT',
      'ERR_POOL_ACQUIRE_TIMEOUT',
    ]);
    first.release();
    expect(await sql.begin(async (tx) => tx`select 1 as one`)).toEqual([{ one: 1 }]);
    expect([work.mock.calls.length, guardFor(sql).held, guardFor(sql).source.counts().waiting]).toEqual([0, 0, 0]);
  });

  it('are not written into what is built already', () => {
    const events = collectEvents();
    const sql = open({ max: 6 }, {}, plain);
    guardPool(sql, { ...stated, ...enforce });
    expect([sql.options.max, events.ids[0]]).toEqual([6, 'pool/no-unbounded-pool']);
    expect(events.notices.map(({ type }) => type)).not.toContain('pool-clamp');
  });

  it('leave no more callers waiting than the policy states', async () => {
    collectEvents();
    const sql = open({ max: 2 }, { ...enforce, perProcess: { queue: 1 } });
    const first = [sql.reserve(), sql.reserve()];
    const third = sql.reserve();
    await expect(sql.reserve()).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    await expect(sql.begin(async () => {})).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    for (const reserved of await Promise.all(first)) reserved.release();
    (await third).release();
  });
});

describe('a sql of postgres.js that is built', () => {
  it('for each request is reported', () => {
    const events = collectEvents();
    underPolicy({});
    const handler = (): unknown => postgres({ host: 'db', max: 1 });
    for (let request = 0; request < 2; request += 1) runInRequest('GET /', handler);
    expect(events.ids).toEqual(['pool/no-pool-in-handler']);
  });

  it('with names that the driver does not read is reported', () => {
    const events = collectEvents();
    underPolicy({});
    postgres({ host: 'db', poolSize: 3 } as never);
    expect(events.violations).toMatchObject([{ id: 'pool/no-ignored-option', data: { option: 'poolSize' } }]);
  });

  it('is that of the driver, with all that hangs on its function', () => {
    expect(postgres.BigInt).toBe(plain.BigInt);
    expect(adapter.source!.wrap(plain)).toBe(postgres);
    expect(adapter.source!.wrap(postgres)).toBe(postgres);
    expect([adapter.recognizes(plain), adapter.recognizes(() => {})]).toEqual([true, false]);
  });

  it('by another version is left as it is, and that is said', () => {
    const events = collectEvents();
    const sql = Object.assign(() => {}, { options: { max: 1 }, unsafe: () => {}, begin: () => {} });
    const other = adapter.source!.wrap(() => sql) as () => unknown;
    expect(other()).toBe(sql);
    expect(guardOf(sql)).toBeUndefined();
    expect(events.violations).toMatchObject([{ id: 'runtime/unguarded', pool: 'postgres' }]);
  });
});

describe.skipIf(!server)('postgres.js', () => {
  it('is seen to end', async () => {
    const sql = open();
    await sql.end();
    expect(guardFor(sql).isEnded).toBe(true);
  });

  it('reports that the server is full', async () => {
    const events = collectEvents();
    const sql = open({ max: 40, max_lifetime: null });
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => sql`select pg_sleep(0.2)`));
    expect(all.some(({ status }) => status === 'rejected')).toBe(true);
    expect(events.ids).toContain('runtime/server-full');
  });
});
