import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/policy.ts';
import { adopt } from '../../src/runtime/adopt.ts';
import type { Guard, Source } from '../../src/runtime/guard.ts';
import type { Lease } from '../../src/runtime/leases.ts';
import { runInRequest } from '../../src/runtime/request.ts';
import { world } from '../../src/runtime/world.ts';
import { collectEvents } from './support/events.ts';
import { fakeSource } from './support/source.ts';

const HOLD = 40;

function guarded(policy: Policy = {}, source: Partial<Source> = {}): Guard {
  return adopt(fakeSource({ options: { connectionTimeoutMillis: 1000 }, ...source }), {
    policy: { ...policy, timeouts: { holdMs: HOLD } },
  });
}

function checkOut(guard: Guard): Lease {
  return world.leases.begin(guard, {}, checkOut);
}

const isReported = async (lease: Lease): Promise<void> => {
  while (!lease.isReported) await sleep(5);
};

describe('a connection that is held too long', () => {
  it('is reported once, with the line of its checkout and its request', async () => {
    const events = collectEvents();
    const guard = guarded();
    const lease = runInRequest('GET /orders', () => checkOut(guard));
    await isReported(lease);
    await sleep(3 * HOLD);
    world.leases.end(lease);
    const [leak] = events.violations;
    expect(events.ids).toEqual(['pool/require-release', 'runtime/late-return']);
    expect(leak).toMatchObject({ request: 'GET /orders', pool: guard.name, mode: 'observe' });
    expect(leak?.site).toMatch(/^test\/runtime\/leaks\.test\.ts:\d+:\d+$/);
    expect(leak?.message).toContain(`checked out at ${leak?.site}`);
    expect(Number(leak?.data['given'])).toBeGreaterThan(HOLD);
  });

  it('is none when it comes back in time', async () => {
    const events = collectEvents();
    const guard = guarded();
    const long = checkOut(guard);
    for (let turn = 0; turn < 20; turn += 1) {
      const short = checkOut(guard);
      await sleep(3);
      world.leases.end(short);
    }
    await isReported(long);
    world.leases.end(long);
    expect(events.violations.filter(({ id }) => id === 'pool/require-release')).toHaveLength(1);
  });

  it('is not blamed for a blocked event loop', async () => {
    const events = collectEvents();
    const lease = checkOut(guarded());
    await sleep(1);
    const end = performance.now() + 5 * HOLD;
    while (performance.now() < end);
    await sleep(1);
    world.leases.end(lease);
    expect(events.ids).toEqual([]);
  });

  it('stays as it is, unless the policy names its destruction', async () => {
    const destroyed: object[] = [];
    const destroy = (connection: object): number => destroyed.push(connection);
    collectEvents();
    const lease = checkOut(guarded({ runtime: { mode: 'strict' } }, { destroy }));
    await isReported(lease);
    expect([destroyed, lease.isHeld]).toEqual([[], true]);
    world.leases.end(lease);
  });

  it('is destroyed to free its slot where the policy says so', async () => {
    const destroyed: object[] = [];
    const events = collectEvents();
    const rules = { 'runtime/reclaimed': 'enforce' } as const;
    const guard = guarded({ runtime: { rules } }, { destroy: (connection) => destroyed.push(connection) });
    const lease = checkOut(guard);
    await isReported(lease);
    expect([destroyed, lease.isHeld, guard.held]).toEqual([[lease.connection], false, 0]);
    expect(events.ids).toEqual(['pool/require-release', 'runtime/reclaimed']);
  });

  it('is one of ten thousand: twenty lines and a sum', async () => {
    const events = collectEvents();
    const guard = guarded();
    const leases = Array.from({ length: 10_000 }, () => checkOut(guard));
    await isReported(leases.at(-1) as Lease);
    const leaks = events.violations.filter(({ id }) => id === 'pool/require-release');
    const sums = leaks.filter(({ message }) => /more connections/.test(message));
    const counted = sums.reduce((sum, { data }) => sum + Number(data['count']), 0);
    expect(leaks.length - sums.length + counted).toBe(10_000);
    expect(leaks.length).toBeLessThanOrEqual(2 * 21);
    expect(sums[0]?.holders).toHaveLength(10);
    for (const lease of leases) {
      lease.isReported = false;
      world.leases.end(lease);
    }
  });
});
