import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { eventually } from '../../support/eventually.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { enforce, loadGuardedPg, loadPg, openPool } from './support/pg.ts';

const MAX = 8;
// Three of them are for superusers, as which the tests connect; one more looks who is still there.
const postgres = await startPostgres({ maxConnections: MAX + 1 });
const address = { host: postgres?.host, port: postgres?.port, user: postgres?.user, database: postgres?.database };
let looking: pg.Client | undefined;
beforeAll(async () => {
  if (postgres) await (looking = new (loadPg().Client)(address)).connect();
});
afterAll(async () => {
  await looking?.end();
  await postgres?.stop();
});

interface Outcome {
  readonly held: readonly pg.PoolClient[];
  readonly errors: readonly { readonly code?: string; readonly message: string }[];
}

async function takeAll(pool: pg.Pool, count: number): Promise<Outcome> {
  const taken = await Promise.allSettled(Array.from({ length: count }, () => pool.connect()));
  const held = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const errors = taken.flatMap((one) => (one.status === 'rejected' ? [one.reason as Outcome['errors'][number]] : []));
  return { held, errors };
}

const CLIENTS = `SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend'`;

/** The server's process ends after the client's socket: until then the next test would be refused more than it expects. */
async function giveAllBack(held: readonly pg.PoolClient[]): Promise<void> {
  held.forEach((client) => client.release(true));
  await eventually(async () => expect((await looking!.query<{ count: number }>(CLIENTS)).rows[0]!.count).toBe(1));
}

describe.skipIf(!postgres)('a server that has too many connections', () => {
  it('refuses some of a plain pool, and nobody counts', async () => {
    const pool = openPool(loadPg(), { ...address, max: MAX + 4 });
    const { errors, held } = await takeAll(pool, MAX + 4);
    expect(errors).toHaveLength(4);
    expect(errors).toMatchObject(errors.map(() => ({ code: '53300', message: 'sorry, too many clients already' })));
    expect(errors[0]).not.toHaveProperty('counts');
    await giveAllBack(held);
  });

  it.each(['observe', 'enforce', 'strict'] as const)('is reported with what the pool has: `%s`', async (mode) => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg({ runtime: { mode } }), { ...address, max: MAX + 4 });
    const { held } = await takeAll(pool, MAX);
    const { errors } = await takeAll(pool, 4);
    expect(errors).toHaveLength(4);
    expect(errors).toMatchObject(errors.map(() => ({ code: '53300', message: 'sorry, too many clients already' })));
    const full = events.violations.filter(({ id }) => id === 'runtime/server-full');
    expect(full.length).toBeGreaterThan(0);
    expect(full.at(-1)).toMatchObject({
      mode,
      data: { size: MAX, limit: MAX + 4, key: 'databases.default.maxConnections' },
    });
    expect(full.at(-1)!.holders).toHaveLength(MAX);
    await giveAllBack(held);
  });

  it('is reported for a query of the pool', async () => {
    const events = collectEvents();
    const others = openPool(loadPg(), { ...address, max: MAX });
    const { held } = await takeAll(others, MAX);
    const pool = openPool(loadGuardedPg(), address);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: '53300' });
    expect(events.ids).toContain('runtime/server-full');
    await giveAllBack(held);
  });

  it('is reported for a client without a pool', async () => {
    const events = collectEvents();
    const others = openPool(loadPg(), { ...address, max: MAX });
    const { held } = await takeAll(others, MAX);
    const { Client } = loadGuardedPg();
    await expect(new Client(address).connect()).rejects.toMatchObject({ code: '53300' });
    await new Promise<void>((resolve) =>
      new Client(address).connect((error: unknown) => {
        expect(error).toMatchObject({ code: '53300' });
        resolve();
      }),
    );
    expect(events.ids.filter((id) => id === 'runtime/server-full')).toHaveLength(2);
    await giveAllBack(held);
  });

  it('has room for a pool within the budget that the policy states', async () => {
    collectEvents();
    const policy = { ...enforce, instances: 2, databases: { default: { maxConnections: MAX, reserved: 2 } } };
    const pool = openPool(loadGuardedPg(policy), { ...address, max: MAX + 4 });
    const rows = await Promise.all(Array.from({ length: 40 }, () => pool.query('SELECT 1')));
    expect(rows).toHaveLength(40);
    // (8 - 2) / 2
    expect(pool.totalCount).toBe(3);
  });
});
