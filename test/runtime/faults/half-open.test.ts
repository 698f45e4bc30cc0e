import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Policy } from '../../../src/policy/policy.ts';
import { startPostgres } from '../../support/postgres.ts';
import { startProxy } from '../../support/proxy.ts';
import type { Proxy } from '../../support/proxy.ts';
import { collectEvents } from '../support/events.ts';
import { loadGuardedPg, loadPg, openPool, pidOf } from './support/pg.ts';
import type { Pg } from './support/pg.ts';

/** The other side is gone and nobody says so: what is sent is not answered. */

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

/** Far above the limits that the policies here state. */
const HANGS_MS = 1200;

const policy: Policy = {
  runtime: { mode: 'enforce' },
  databases: { default: { via: 'direct' } },
  timeouts: { acquireMs: 400, connectMs: 400, statementMs: 300 },
};

async function between(
  pg: Pg,
  options: import('pg').PoolConfig = {},
): Promise<{ pool: import('pg').Pool; proxy: Proxy }> {
  const { database, user } = postgres!;
  const proxy = await startProxy(postgres!);
  onTestFinished(() => proxy.stop());
  const pool = openPool(pg, { host: proxy.host, port: proxy.port, user, database, ...options });
  pool.on('error', () => {});
  return { pool, proxy };
}

/** How long it took to fail, or that it did not. */
async function failure(work: Promise<unknown>): Promise<{ message: string; ms: number }> {
  const start = performance.now();
  const message = await Promise.race([
    work.then(
      () => 'answered',
      (error: Error) => error.message,
    ),
    sleep(HANGS_MS, 'hangs'),
  ]);
  return { message, ms: performance.now() - start };
}

describe.skipIf(!postgres)('a connection that is half-open', () => {
  it.each<[string, import('pg').PoolConfig]>([
    ['without limits', {}],
    ['with a limit for the wait', { connectionTimeoutMillis: 300 }],
    ['with a limit of the server', { statement_timeout: 300 }],
  ])('hangs in a plain pool %s', async (_name, options) => {
    const { pool, proxy } = await between(loadPg(), options);
    await pool.query('SELECT 1');
    proxy.stall(true);
    expect(await failure(pool.query('SELECT 1'))).toMatchObject({ message: 'hangs' });
  });

  it('is bounded by `timeouts.statementMs`, and the next query has another one', async () => {
    collectEvents();
    const { pool, proxy } = await between(loadGuardedPg(policy));
    await pool.query('SELECT 1');
    proxy.stall(true);
    const { message, ms } = await failure(pool.query('SELECT 1'));
    expect(message).toBe('Query read timeout');
    expect(ms).toBeGreaterThanOrEqual(290);
    proxy.stall(false);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('is lent again by a plain pool, when its holder gives it back like any other', async () => {
    const { pool, proxy } = await between(loadPg(), { max: 1, query_timeout: 300 });
    const client = await pool.connect();
    proxy.stall(true);
    expect(await failure(client.query('SELECT 1'))).toMatchObject({ message: 'Query read timeout' });
    client.release();
    // The same one, whose statement has no answer yet: the next holder waits behind it.
    const next = await pool.connect();
    expect(next).toBe(client);
    expect(await failure(next.query('SELECT 1'))).toMatchObject({ message: 'Query read timeout' });
    next.release();
  });

  it('is replaced at the next checkout, however soon, when its holder gave it back like any other', async () => {
    collectEvents();
    const { pool, proxy } = await between(loadGuardedPg(policy), { max: 1 });
    const client = await pool.connect();
    const pid = await pidOf(client);
    proxy.stall(true);
    expect(await failure(client.query('SELECT 1'))).toMatchObject({ message: 'Query read timeout' });
    client.release();
    // What is opened in its place gets through.
    pool.once('remove', () => proxy.stall(false));
    const next = await pool.connect();
    expect(await pidOf(next)).not.toBe(pid);
    next.release();
  });

  it('is asked after it was idle, and replaced with all that were idle as long', async () => {
    collectEvents();
    const { pool, proxy } = await between(loadGuardedPg(policy), { max: 3 });
    const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
    const pids = await Promise.all(clients.map(pidOf));
    clients.forEach((client) => client.release());
    await sleep(600);
    proxy.stall(true);
    // From then on all would answer again.
    pool.once('remove', () => proxy.stall(false));
    const next = await pool.connect();
    expect(pids).not.toContain(await pidOf(next));
    expect(pool.totalCount).toBe(1);
    next.release();
  });

  it('is asked before a query of the pool, too', async () => {
    collectEvents();
    const { pool, proxy } = await between(loadGuardedPg(policy), { max: 1 });
    const ask = async (): Promise<number> => (await pool.query('SELECT pg_backend_pid() AS pid')).rows[0].pid;
    const pid = await ask();
    await sleep(600);
    proxy.stall(true);
    pool.once('remove', () => proxy.stall(false));
    expect(await ask()).not.toBe(pid);
  });

  it('is not suspected when it was used a moment ago', async () => {
    collectEvents();
    const { pool } = await between(loadGuardedPg(policy), { max: 1 });
    const client = await pool.connect();
    const query = vi.spyOn(client, 'query');
    client.release();
    (await pool.connect()).release();
    expect(query).not.toHaveBeenCalled();
    await sleep(600);
    (await pool.connect()).release();
    expect(query.mock.calls).toEqual([['SELECT 1']]);
  });
});

describe.skipIf(!postgres)('a server that takes a connection and says nothing', () => {
  it('hangs a plain pool without limits', async () => {
    const { pool, proxy } = await between(loadPg());
    proxy.stall(true);
    expect(await failure(pool.connect())).toMatchObject({ message: 'hangs' });
  });

  it('is given up after `timeouts.connectMs`, and nothing is left of it', async () => {
    collectEvents();
    const { pool, proxy } = await between(loadGuardedPg(policy));
    proxy.stall(true);
    const { message, ms } = await failure(pool.connect());
    expect(message).toBe('Connection terminated due to connection timeout');
    expect(ms).toBeGreaterThanOrEqual(390);
    expect([pool.totalCount, pool.waitingCount]).toEqual([0, 0]);
    proxy.stall(false);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
