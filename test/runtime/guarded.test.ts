import { getEventListeners } from 'node:events';
import { afterAll, describe, expect, expectTypeOf, it } from 'vitest';
import type pg from 'pg';
import { eventually } from '../support/eventually.ts';
import { guardPool } from '../../src/runtime/guard-pool.ts';
import type { GuardedPool } from '../../src/runtime/guarded.ts';
import { runInRequest } from '../../src/runtime/request.ts';
import { startPostgres } from '../support/postgres.ts';
import { enforce, loadGuardedPg, loadPg, openAdmin, openPool, pidOf, statePolicy } from './faults/support/pg.ts';
import { collectEvents } from './support/events.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const address = { host: postgres?.host, port: postgres?.port, user: postgres?.user, database: postgres?.database };

function open(options: pg.PoolConfig = {}): { pool: pg.Pool; guarded: GuardedPool<pg.Pool, pg.PoolClient> } {
  const pool = openPool(loadGuardedPg(), { ...address, max: 1, ...options });
  pool.on('error', () => {}).on('connect', (client) => void client.on('error', () => {}));
  return { pool, guarded: guardPool(pool, undefined, { name: 'orders' }) };
}

const statusOf = (client: pg.PoolClient): string =>
  (client as unknown as { getTransactionStatus: () => string }).getTransactionStatus();

/** The one connection of the pool, its state, and whether it is there at all. */
async function nextOf(pool: pg.Pool): Promise<{ pid: number; status: string }> {
  const client = await pool.connect();
  try {
    return { status: statusOf(client), pid: await pidOf(client) };
  } finally {
    client.release();
  }
}

describe.skipIf(!postgres)('a lease', () => {
  it('ends with its block', async () => {
    collectEvents();
    const { guarded, pool } = open();
    {
      await using lease = await guarded.lease();
      expectTypeOf(lease.connection).toEqualTypeOf<pg.PoolClient>();
      expect((await lease.connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      expect(guarded.stats().held).toBe(1);
    }
    expect(guarded.stats()).toMatchObject({ held: 0, idle: 1 });
    expect(pool.totalCount).toBe(1);
  });

  it('ends when its block throws', async () => {
    collectEvents();
    const { guarded } = open();
    const fail = async (): Promise<void> => {
      await using lease = await guarded.lease();
      await lease.connection.query('SELECT 1 / 0');
    };
    await expect(fail()).rejects.toThrow('division by zero');
    expect(guarded.stats()).toMatchObject({ held: 0, idle: 1 });
  });

  it.each([['BEGIN'], ['BEGIN', 'SELECT 1 / 0']])('rolls back what is open at its end: %s', async (...statements) => {
    const events = collectEvents();
    const { guarded, pool } = open();
    let pid = 0;
    {
      await using lease = await guarded.lease();
      pid = await pidOf(lease.connection);
      for (const sql of statements) await lease.connection.query(sql).catch(() => {});
    }
    expect(await nextOf(pool)).toEqual({ pid, status: 'I' });
    expect(events.ids).not.toContain('runtime/returned-in-transaction');
  });

  it('waits at its end for a COMMIT that nobody waited for', async () => {
    collectEvents();
    const { guarded, pool } = open();
    let committed: Promise<unknown> | undefined;
    {
      await using lease = await guarded.lease();
      await lease.connection.query('BEGIN');
      committed = lease.connection.query('COMMIT');
    }
    expect(await committed).toMatchObject({ command: 'COMMIT' });
    expect((await nextOf(pool)).status).toBe('I');
  });

  it('closes the connection where nothing can be rolled back', async () => {
    collectEvents();
    const admin = await openAdmin(address);
    const { guarded, pool } = open();
    let pid = 0;
    {
      await using lease = await guarded.lease();
      pid = await pidOf(lease.connection);
      await lease.connection.query('BEGIN');
      const ended = new Promise((resolve) => lease.connection.once('end', resolve));
      await admin.query('SELECT pg_terminate_backend($1)', [pid]);
      await ended;
    }
    expect((await nextOf(pool)).pid).not.toBe(pid);
    expect(pool.totalCount).toBe(1);
  });

  it('closes the connection when it is given back with an error', async () => {
    collectEvents();
    const { guarded, pool } = open();
    const lease = await guarded.lease();
    const pid = await pidOf(lease.connection);
    await lease.release(new Error('broken'));
    expect((await nextOf(pool)).pid).not.toBe(pid);
  });

  it('is dead afterwards', async () => {
    const events = collectEvents();
    const { guarded } = open();
    const lease = await guarded.lease();
    await lease.release();
    expect(() => lease.connection.query('SELECT 1')).toThrow(
      expect.objectContaining({ code: 'ERR_POOL_USE_AFTER_RELEASE' }) as Error,
    );
    await expect(lease.release()).rejects.toMatchObject({ code: 'ERR_POOL_DOUBLE_RELEASE' });
    await expect(lease[Symbol.asyncDispose]()).resolves.toBeUndefined();
    expect(events.ids.slice(-2)).toEqual(['pool/no-use-after-release', 'pool/no-double-release']);
    expect(guarded.stats()).toMatchObject({ held: 0, idle: 1 });
  });

  it('has the connection in all but its release', async () => {
    collectEvents();
    const own = loadGuardedPg();
    const guarded = guardPool(openPool(own, address));
    await using lease = await guarded.lease();
    const { connection } = lease;
    expect(connection).toBeInstanceOf(own.Client);
    expect(connection).toHaveProperty('processID', await pidOf(connection));
    const notified = new Promise<pg.Notification>((resolve) => connection.once('notification', resolve));
    await connection.query('LISTEN news');
    await connection.query("NOTIFY news, 'hello'");
    expect((await notified).payload).toBe('hello');
    expect(connection.query).toBe(connection.query);
  });
});

describe.skipIf(!postgres)('the wait for a lease', () => {
  it('ends after `timeoutMs` with who holds what, and a connection that comes later goes back', async () => {
    const events = collectEvents();
    const { guarded, pool } = open();
    const lease = await guarded.lease();
    await expect(guarded.lease({ timeoutMs: 30 })).rejects.toMatchObject({
      code: 'ERR_POOL_ACQUIRE_TIMEOUT',
      message: 'No connection of `orders` became free in 30 ms.',
    });
    expect(events.violations.filter(({ id }) => id === 'runtime/exhausted')).toMatchObject([
      { holders: [{ pool: 'orders', site: expect.stringContaining('guarded.test.ts') }] },
    ]);
    expect(guarded.stats()).toMatchObject({ timeouts: 1, waiting: 1 });
    await lease.release();
    await eventually(() => expect(guarded.stats()).toMatchObject({ waiting: 0, held: 0, idle: 1 }));
    expect((await nextOf(pool)).status).toBe('I');
  });

  it('has counts and holders in its error under `enforce`', async () => {
    collectEvents();
    const guarded = guardPool(openPool(loadGuardedPg(enforce), { ...address, max: 1 }));
    await using lease = await guarded.lease();
    await expect(guarded.lease({ timeoutMs: 30 })).rejects.toMatchObject({
      counts: { total: 1, idle: 0, max: 1 },
      holders: [{ site: expect.stringContaining('guarded.test.ts') }],
    });
    expect(lease.connection).toBeDefined();
  });

  it('does not begin where the signal is aborted already', async () => {
    collectEvents();
    const { guarded, pool } = open();
    const reason = new Error('gone');
    await expect(guarded.lease({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect([pool.totalCount, guarded.stats().taken]).toEqual([0, 0]);
  });

  it.each([{}, { timeoutMs: 5000 }])(
    'ends with its signal, and a connection that comes later goes back: %o',
    async (options) => {
      const events = collectEvents();
      const { guarded } = open();
      const lease = await guarded.lease();
      const aborter = new AbortController();
      const waiting = guarded.lease({ ...options, signal: aborter.signal });
      const reason = new Error('gone');
      aborter.abort(reason);
      await expect(waiting).rejects.toBe(reason);
      await lease.release();
      await eventually(() => expect(guarded.stats()).toMatchObject({ waiting: 0, held: 0, idle: 1, timeouts: 0 }));
      expect(events.ids).not.toContain('runtime/exhausted');
    },
  );

  it('leaves no listener on a signal that is not aborted, and a later abort does nothing', async () => {
    collectEvents();
    const { guarded } = open();
    const aborter = new AbortController();

    await using lease = await guarded.lease({ signal: aborter.signal, timeoutMs: 5000 });
    expect(getEventListeners(aborter.signal, 'abort')).toEqual([]);
    aborter.abort();
    expect((await lease.connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('fails as the driver fails', async () => {
    collectEvents();
    const guarded = guardPool(openPool(loadGuardedPg(), { host: '127.0.0.1', port: 1 }));
    for (const options of [{}, { timeoutMs: 5000 }, { signal: new AbortController().signal }])
      await expect(guarded.lease(options)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe.skipIf(!postgres)('withLease', () => {
  it('gives back what its work has ended with', async () => {
    collectEvents();
    const { guarded } = open();
    const one = await guarded.withLease(async (connection) => (await connection.query('SELECT 1 AS one')).rows[0].one);
    expect(one).toBe(1);
    const failed = guarded.withLease(async (connection) => await connection.query('SELECT 1 / 0'));
    await expect(failed).rejects.toThrow('division by zero');
    expect(guarded.stats()).toMatchObject({ held: 0, idle: 1, taken: 2 });
  });

  it('waits no longer than it is told', async () => {
    collectEvents();
    const { guarded } = open();
    await guarded.withLease(async () => {
      const second = guarded.withLease(async () => 1, { timeoutMs: 20 });
      await expect(second).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    });
  });
});

describe.skipIf(!postgres)('a transaction', () => {
  const table = async (name: string): Promise<pg.Client> => {
    const admin = await openAdmin(address);
    await admin.query(`CREATE TABLE ${name} (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)`);
    return admin;
  };

  it('commits what its work has done', async () => {
    const events = collectEvents();
    const admin = await table('committed');
    const { guarded } = open();
    const result = await guarded.transaction(async (connection) => {
      await connection.query('INSERT INTO committed VALUES (1)');
      return 'done';
    });
    expect(result).toBe('done');
    expect((await admin.query('SELECT * FROM committed')).rows).toEqual([{ id: 1 }]);
    expect(events.ids.filter((id) => id.includes('transaction'))).toEqual([]);
  });

  it('rolls back when its work throws, and throws that', async () => {
    collectEvents();
    const admin = await table('rolled_back');
    const { guarded, pool } = open();
    const reason = new Error('no');
    const work = guarded.transaction(async (connection) => {
      await connection.query('INSERT INTO rolled_back VALUES (1)');
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect((await admin.query('SELECT * FROM rolled_back')).rows).toEqual([]);
    expect((await nextOf(pool)).status).toBe('I');
  });

  it('fails when a statement failed in it and nobody said so, because COMMIT rolls back then', async () => {
    collectEvents();
    const admin = await table('swallowed');
    const { guarded, pool } = open();
    const work = guarded.transaction(async (connection) => {
      await connection.query('INSERT INTO swallowed VALUES (1)');
      await connection.query('SELECT 1 / 0').catch(() => {});
    });
    await expect(work).rejects.toThrow('rolled back');
    expect((await admin.query('SELECT * FROM swallowed')).rows).toEqual([]);
    expect((await nextOf(pool)).status).toBe('I');
  });

  it('fails when its COMMIT fails', async () => {
    collectEvents();
    const admin = await table('deferred');
    const { guarded, pool } = open();
    const work = guarded.transaction((connection) => connection.query('INSERT INTO deferred VALUES (1), (1)'));
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect((await admin.query('SELECT * FROM deferred')).rows).toEqual([]);
    expect((await nextOf(pool)).status).toBe('I');
  });

  it('fails when its connection dies, which is not lent again', async () => {
    collectEvents();
    const admin = await openAdmin(address);
    const { guarded, pool } = open();
    let pid = 0;
    const work = guarded.transaction(async (connection) => {
      pid = await pidOf(connection);
      await admin.query('SELECT pg_terminate_backend($1)', [pid]);
      await connection.query('SELECT 1');
    });
    await expect(work).rejects.toThrow();
    expect((await nextOf(pool)).pid).not.toBe(pid);
  });
});

describe.skipIf(!postgres)('what a pool says of itself', () => {
  it('is a snapshot', async () => {
    collectEvents();
    const { guarded } = open({ max: 2 });
    const first = await guarded.lease();
    const before = guarded.stats();
    const expected = {
      name: 'orders',
      driver: 'pg',
      total: 1,
      idle: 0,
      waiting: 0,
      max: 2,
      held: 1,
      taken: 1,
      timeouts: 0,
    };
    expect(before).toEqual(expected);
    await first.release();
    expect(before).toEqual(expected);
    expect(guarded.stats()).toEqual({ ...expected, idle: 1, held: 0 });
  });

  it('is who holds its connections, the longest first, and of no other pool', async () => {
    collectEvents();
    const { guarded } = open({ max: 2 });
    const others = open().guarded;
    const first = await runInRequest('GET /first', () => guarded.lease());
    await using other = await others.lease();
    const second = await runInRequest({ name: 'job 7' }, () => guarded.lease());
    const holders = guarded.holders();
    expect(holders.map(({ request }) => request)).toEqual(['GET /first', 'job 7']);
    for (const holder of holders) {
      expect(holder).toMatchObject({ pool: 'orders', heldMs: expect.any(Number) });
      expect(holder.site).toMatch(/^test\/runtime\/guarded\.test\.ts:\d+:\d+$/);
    }
    expect(holders[0]!.site).not.toBe(holders[1]!.site);
    await first.release();
    await second.release();
    expect(guarded.holders()).toEqual([]);
    expect(other.connection).toBeDefined();
  });
});

describe('guardPool', () => {
  it('gives the same guard twice', () => {
    collectEvents();
    statePolicy({});
    const pool = openPool(loadPg(), address);
    const guarded = guardPool(pool, undefined, { name: 'orders' });
    expect(guardPool(pool)).toMatchObject({ name: 'orders', pool });
    expect(guarded.pool).toBe(pool);
  });

  it('refuses what is no pool, and a policy that is wrong', () => {
    collectEvents();
    statePolicy({});
    expect(() => guardPool({})).toThrow(/^guardPool: this is no pool or client that can be guarded\. .*\bpg\b/);
    const pool = openPool(loadPg(), address);
    expect(() => guardPool(pool, { perProcess: { max: -1 } })).toThrow(
      expect.objectContaining({ name: 'PolicyError' }) as Error,
    );
  });
});
