import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../../src/policy/policy.ts';
import { startPgBouncer } from '../../support/pgbouncer.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { loadGuardedPg, loadPg, openPool } from './support/pg.ts';

const postgres = await startPostgres();
const bouncer = postgres && (await startPgBouncer({ target: postgres, poolSize: 2, queryWaitTimeout: 20 }));
afterAll(async () => {
  await bouncer?.stop();
  await postgres?.stop();
});
const { database, host, port, user } = bouncer ?? {};
const address = { database, host, port, user };

const behind = (via: 'direct' | 'pgbouncer' | undefined): Policy => ({
  runtime: { mode: 'enforce' },
  ...(via ? { databases: { default: { via } } } : {}),
  timeouts: { statementMs: 300, acquireMs: 5000, connectMs: 5000 },
});

const refused = {
  code: '08P01',
  message: expect.stringContaining('unsupported startup parameter: statement_timeout') as string,
};

describe.skipIf(!bouncer)('PgBouncer', () => {
  it('refuses what a plain pool with a limit of the server sends', async () => {
    const pool = openPool(loadPg(), { ...address, statement_timeout: 300 });
    await expect(pool.query('SELECT 1')).rejects.toMatchObject(refused);
  });

  it('refuses a policy that says there is none', async () => {
    collectEvents();
    const pool = openPool(loadGuardedPg(behind('direct')), address);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject(refused);
    expect(pool.totalCount).toBe(0);
  });

  it.each(['pgbouncer', undefined] as const)(
    'is served, and bounded by the client alone, with `via: %s`',
    async (via) => {
      const events = collectEvents();
      const pool = openPool(loadGuardedPg(behind(via)), address);
      expect(pool.options).toMatchObject({ query_timeout: 300 });
      expect(pool.options).not.toHaveProperty('statement_timeout');
      expect((await pool.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '0' }]);
      await expect(pool.query('SELECT pg_sleep(2)')).rejects.toThrow('Query read timeout');
      expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      expect(events.notices.filter(({ type }) => type === 'pool-clamp').map(({ data }) => data['option'])).toContain(
        'query_timeout',
      );
    },
  );

  it('is asked like a server after a connection was idle, and a transaction that is left open is closed', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(behind('pgbouncer')), { ...address, max: 1 });
    const client = await pool.connect();
    await client.query('BEGIN');
    client.release();
    expect(events.ids).toContain('runtime/returned-in-transaction');
    await pool.query('SELECT 1');
    await sleep(600);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(pool.totalCount).toBe(1);
  });

  it('serves many more clients than it has connections', async () => {
    collectEvents();
    const pool = openPool(loadGuardedPg({ runtime: { mode: 'enforce' } }), { ...address, max: 10 });
    const asked = Array.from({ length: 40 }, () => pool.query('SELECT pg_backend_pid() AS pid'));
    const pids = new Set((await Promise.all(asked)).map(({ rows }) => rows[0].pid as number));
    expect(pids.size).toBeLessThanOrEqual(2);
  });
});
