import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { loadGuardedPg, loadPg, openPool, pidOf } from './support/pg.ts';

/** Connections that are held for long: because nobody could run, because of a bug, because nobody comes back. */

const postgres = await startPostgres({ settings: { idle_in_transaction_session_timeout: 0 } });
afterAll(() => postgres?.stop());
const address = { host: postgres?.host, port: postgres?.port, user: postgres?.user, database: postgres?.database };

const HOLD_MS = 200;
const LEAK = 'pool/require-release';

/** The program computes, and nothing else runs. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** First of all: limits as short as those below make the clock's steps finer for good. */
describe.skipIf(!postgres)('a connection that is held almost as long as it may be', () => {
  it('is no leak, though it was taken long after the last step of the clock', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg({ timeouts: { holdMs: 1100 } }), address);
    // The clock starts, with a step each 250 ms.
    const other = await pool.connect();
    await sleep(240);
    const client = await pool.connect();
    other.release();
    // At the step of 1250 ms it is held for 1010, as its limit allows.
    await sleep(1060);
    client.release();
    expect(events.ids).not.toContain(LEAK);
  });
});

describe.skipIf(!postgres)('an event loop that is blocked for three times the limit', () => {
  it('makes nobody a leak', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg({ timeouts: { holdMs: HOLD_MS } }), address);
    const client = await pool.connect();
    block(3 * HOLD_MS);
    // Later than the step of the clock that comes late.
    await eventually(() => expect(events.notices.map(({ type }) => type)).toContain('starved'));
    await client.query('SELECT 1');
    client.release();
    expect(events.ids).not.toContain(LEAK);
    expect(events.ids).not.toContain('runtime/late-return');
    const [starved] = events.notices.filter(({ type }) => type === 'starved');
    expect(Number(starved!.data['ms'])).toBeGreaterThan(2 * HOLD_MS);
  });

  it('hides no leak that goes on after it', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg({ timeouts: { holdMs: HOLD_MS } }), address);
    const client = await pool.connect();
    block(3 * HOLD_MS);
    await eventually(() => expect(events.ids).toContain(LEAK));
    client.release();
  });
});

describe.skipIf(!postgres)('a connection that nobody gives back', () => {
  const policy = (rules: NonNullable<Policy['runtime']>['rules']): Policy => ({
    timeouts: { holdMs: 500, acquireMs: 5000 },
    runtime: { mode: 'enforce', ...(rules ? { rules } : {}) },
  });

  it('keeps its slot in a plain pool, also when the server ended it', async () => {
    const pool = openPool(loadPg(), {
      ...address,
      max: 1,
      connectionTimeoutMillis: 300,
      idle_in_transaction_session_timeout: 50,
    });
    const client = await pool.connect();
    const died = new Promise<Error & { code?: string }>((resolve) => client.once('error', resolve));
    client.on('error', () => {});
    await client.query('BEGIN');
    expect((await died).code).toBe('25P03');
    expect(pool.totalCount).toBe(1);
    await expect(pool.connect()).rejects.toThrow('timeout exceeded when trying to connect');
    client.release();
  });

  it('keeps it under `enforce`, too, where the policy does not name `runtime/reclaimed`', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(policy(undefined)), { ...address, max: 1 });
    const client = await pool.connect();
    await eventually(() => expect(events.ids).toContain(LEAK));
    expect(events.ids).not.toContain('runtime/reclaimed');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    client.release();
  });

  it('is destroyed where the policy names it: the slot is free, the owner hears of it, and his release is no error', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(policy({ 'runtime/reclaimed': 'enforce' })), { ...address, max: 1 });
    const client = await pool.connect();
    const pid = await pidOf(client);
    const waiting = pool.connect();
    const next = await waiting;
    expect(await pidOf(next)).not.toBe(pid);
    expect(events.ids.slice(events.ids.indexOf(LEAK))).toEqual([LEAK, 'runtime/reclaimed']);
    const reclaimed = events.violations.find(({ id }) => id === 'runtime/reclaimed');
    expect(reclaimed!.site).toMatch(/starvation\.test\.ts:\d+/);
    await expect(client.query('SELECT 1')).rejects.toThrow('Client was closed and is not queryable');
    expect(() => client.release()).not.toThrow();
    expect(events.ids.filter((id) => id === 'runtime/late-return')).toHaveLength(1);
    // The next holder is not harmed by it.
    expect((await next.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    next.release();
    expect(guardPool(pool).stats()).toMatchObject({ held: 0, total: 1 });
  });

  it('is destroyed behind a facade, likewise', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(policy({ 'runtime/reclaimed': 'enforce' })), { ...address, max: 1 });
    guardPool(pool, undefined, { facade: true });
    const client = await pool.connect();
    await eventually(() => expect(events.ids).toContain('runtime/reclaimed'));
    expect(() => client.query('SELECT 1')).toThrow(
      expect.objectContaining({ code: 'ERR_POOL_USE_AFTER_RELEASE' }) as Error,
    );
    expect(() => client.release()).not.toThrow();
    await eventually(() => expect(pool.totalCount).toBe(0));
  });
});
