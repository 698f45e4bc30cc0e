import { EventEmitter } from 'node:events';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type pg from 'pg';
import { eventually } from '../../support/eventually.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { world } from '../../../src/runtime/world.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { loadGuardedPg, loadPg, openPool } from './support/pg.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const address = { host: postgres?.host, port: postgres?.port, user: postgres?.user, database: postgres?.database };

const WAITERS = 10_000;
const MB = 1024 * 1024;

interface Refused extends Error {
  readonly code?: string;
  readonly counts?: object;
  readonly holders?: readonly { readonly site?: string }[];
}

/** All connections are held by one line, and ten thousand more are asked for. */
async function storm(pool: pg.Pool): Promise<{ errors: Refused[]; ms: number; heapMb: number }> {
  const held = await Promise.all(Array.from({ length: 10 }, () => pool.connect()));
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const waiting = Array.from({ length: WAITERS }, () => pool.connect());
  expect(pool.waitingCount).toBe(WAITERS);
  const outcomes = await Promise.allSettled(waiting);
  const ms = performance.now() - start;
  const heapMb = (process.memoryUsage().heapUsed - before) / MB;
  expect(pool.waitingCount).toBe(0);
  held.forEach((client) => client.release());
  return { errors: outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Refused] : [])), ms, heapMb };
}

/** Lines that people would see. */
function collectLines(): string[] {
  const lines: string[] = [];
  const { log, print } = world.reporter;
  Object.assign(world.reporter, { log: 'human', print: (line: string) => lines.push(line) });
  onTestFinished(() => void Object.assign(world.reporter, { log, print }));
  return lines;
}

describe.skipIf(!postgres)('ten thousand who wait for a pool that is exhausted', () => {
  it('learn nothing from a plain pool but that it took too long', async () => {
    const pool = openPool(loadPg(), { ...address, max: 10, connectionTimeoutMillis: 2000 });
    const { errors } = await storm(pool);
    expect(errors).toHaveLength(WAITERS);
    expect(new Set(errors.map(({ message }) => message))).toEqual(new Set(['timeout exceeded when trying to connect']));
    expect(errors.some((error) => 'code' in error || 'counts' in error || 'holders' in error)).toBe(false);
  });

  it('all fail within the deadline of the policy, with who holds what, and make one line', async () => {
    const pg = loadGuardedPg({ runtime: { mode: 'enforce' }, timeouts: { acquireMs: 2000 } });
    const pool = openPool(pg, { ...address, max: 10 });
    guardPool(pool, undefined, { name: 'stormy' });
    const events = collectEvents();
    const lines = collectLines();
    const { errors, heapMb, ms } = await storm(pool);
    expect(errors).toHaveLength(WAITERS);
    expect(ms).toBeLessThan(10_000);
    expect(heapMb).toBeLessThan(60);
    for (const error of [errors[0]!, errors.at(-1)!]) {
      expect(error.message).toBe('timeout exceeded when trying to connect');
      expect(error).toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT', counts: { total: 10, idle: 0, max: 10 } });
      expect(error.holders).toHaveLength(10);
      expect(error.holders![0]!.site).toMatch(/storm\.test\.ts:\d+/);
    }
    expect(guardPool(pool).stats()).toMatchObject({ timeouts: WAITERS, waiting: 0, held: 0 });
    const reports = events.ids.filter((id) => id === 'runtime/exhausted');
    expect(reports.length).toBeLessThan(1 + ms / 100);
    expect(lines.filter((line) => line.includes('runtime/exhausted'))).toHaveLength(1);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('are refused at once above the queue that the policy states, and make one line', async () => {
    const policy: Policy = {
      runtime: { mode: 'enforce' },
      perProcess: { queue: 100 },
      timeouts: { acquireMs: 20_000 },
    };
    const pool = openPool(loadGuardedPg(policy), { ...address, max: 1 });
    const lines = collectLines();
    const client = await pool.connect();
    const outcomes = Promise.allSettled(Array.from({ length: WAITERS }, () => pool.query('SELECT 1')));
    expect(pool.waitingCount).toBe(100);
    client.release();
    const served = (await outcomes).filter(({ status }) => status === 'fulfilled');
    expect(served).toHaveLength(100);
    expect(lines.filter((line) => line.includes('runtime/exhausted'))).toHaveLength(1);
  });
});

/** As much of pg.Client as a pool needs, without a server. */
class FakeClient extends EventEmitter {
  _queryable = true;
  connect(callback: () => void): void {
    process.nextTick(callback);
  }
  end(callback?: () => void): void {
    if (callback) process.nextTick(callback);
  }
  ref(): void {}
  unref(): void {}
}

describe('ten thousand connections that are never given back', () => {
  const LEAKED = 10_000;

  /** Never ended: pg-pool looks through all of them for each one that it closes. */
  function openFakePool({ Pool }: typeof pg): pg.Pool {
    const pool = new Pool({ max: LEAKED, idleTimeoutMillis: 0, Client: FakeClient } as object);
    onTestFinished(() => {
      for (const lease of world.leases) world.leases.end(lease);
      guardOf(pool)!.isEnded = true;
    });
    return pool;
  }

  it('are reported as the lines that leak, and the rest as a number', async () => {
    const policy: Policy = { timeouts: { holdMs: 200 } };
    const pg = loadGuardedPg(policy);
    const events = collectEvents();
    const lines = collectLines();
    const pool = openFakePool(pg);
    const leaks = (): typeof events.violations => events.violations.filter(({ id }) => id === 'pool/require-release');
    const leaked = await Promise.all(Array.from({ length: LEAKED }, () => pool.connect()));
    expect(world.leases.count).toBe(LEAKED);
    await eventually(() => expect(leaks().length).toBeGreaterThan(0));
    await eventually(() => expect(counted()).toBe(LEAKED));
    const single = leaks().filter(({ data }) => data['count'] === undefined);
    // They were taken in one step of the clock or two, besides the first, which started it.
    expect(single.length).toBeLessThanOrEqual(3 * 20);
    expect(leaks().length - single.length).toBeLessThanOrEqual(3);
    expect(single[0]!.site).toMatch(/storm\.test\.ts:\d+/);
    expect(lines.filter((line) => line.includes('pool/require-release')).length).toBeLessThanOrEqual(2);
    leaked.forEach((client) => client.release());
    // Who was named is named again; the others were a number.
    expect(events.ids.filter((id) => id === 'runtime/late-return')).toHaveLength(single.length);
    expect(world.leases.count).toBe(0);

    function counted(): number {
      return leaks().reduce((sum, { data }) => sum + Number(data['count'] ?? 1), 0);
    }
  });

  it('cost each step of the clock next to nothing', async () => {
    const pg = loadGuardedPg({ timeouts: { holdMs: 60_000 } });
    collectEvents();
    const pool = openFakePool(pg);
    const leaked = await Promise.all(Array.from({ length: LEAKED }, () => pool.connect()));
    const steps = Array.from({ length: 20 }, () => {
      const start = performance.now();
      for (const lease of world.leases.olderThan(0)) void lease;
      return performance.now() - start;
    });
    expect(steps.sort((a, b) => a - b)[10]).toBeLessThan(10);
    leaked.forEach((client) => client.release());
  });
});
