import { describe, expect, it } from 'vitest';
import { budgetOf, poolLimit, processLimit, sizeAdvice } from '../../src/policy/budget.ts';
import { defaults } from '../../src/policy/defaults.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { largestTimeout, queueValue, sizeValue, statedTimeout, timeoutValue } from '../../src/policy/values.ts';
import type { TimeoutName } from '../../src/policy/values.ts';

const hundred = { maxConnections: 100, reserved: 3 };

describe('the share of a process', () => {
  it.for<[maxConnections: number, reserved: number | undefined, instances: number | undefined, share: number]>([
    [100, 3, 4, 24],
    [100, undefined, 4, 25],
    [100, 3, undefined, 97],
    [100, 3, 97, 1],
    [7, 1, 4, 1],
    [10, 0, 3, 3],
  ])('of %d connections without %s, for %s instances, is %d', ([maxConnections, reserved, instances, share]) => {
    const policy: Policy = { instances, databases: { default: { maxConnections, reserved } } };
    expect(budgetOf(policy)).toEqual({
      database: 'default',
      connections: maxConnections,
      reserved: reserved ?? 0,
      instances: instances ?? 1,
      perProcess: share,
    });
  });

  it.for<[string, Policy, string | undefined]>([
    ['nothing is stated', {}, undefined],
    ['only instances are', { instances: 4 }, undefined],
    ['the server has no number', { databases: { default: { cores: 4 } } }, undefined],
    ['only another server is known', { databases: { main: hundred } }, undefined],
    ['the name is of no server', { databases: { default: hundred } }, 'constructor'],
  ])('is unknown where %s', ([, policy, database]) => {
    expect(budgetOf(policy, database)).toBeUndefined();
  });
});

describe('the stated bound', () => {
  const databases = { default: hundred, archive: { maxConnections: 8 } };
  const pools = { reporting: { max: 2 }, archive: { database: 'archive' }, wide: { max: 50 } };

  it.for<[string, Policy, string | undefined, { max: number; key: string } | undefined]>([
    ['nothing stated', {}, undefined, undefined],
    ['only timeouts stated', { timeouts: { acquireMs: 1 } }, undefined, undefined],
    ['a size for each process', { perProcess: { max: 20 } }, undefined, { max: 20, key: 'perProcess.max' }],
    [
      'a share below it',
      { instances: 10, perProcess: { max: 20 }, databases },
      undefined,
      { max: 9, key: 'databases.default' },
    ],
    [
      'a share above it',
      { instances: 2, perProcess: { max: 20 }, databases },
      undefined,
      { max: 20, key: 'perProcess.max' },
    ],
    [
      'a pool below both',
      { instances: 2, perProcess: { max: 20 }, databases, pools },
      'reporting',
      { max: 2, key: 'pools.reporting.max' },
    ],
    ['a pool above them', { perProcess: { max: 20 }, pools }, 'wide', { max: 20, key: 'perProcess.max' }],
    [
      'a pool of another server',
      { instances: 2, perProcess: { max: 20 }, databases, pools },
      'archive',
      { max: 4, key: 'databases.archive' },
    ],
    ['a pool that nobody named', { perProcess: { max: 20 }, pools }, 'toString', { max: 20, key: 'perProcess.max' }],
  ])('of a pool: %s', ([, policy, pool, limit]) => {
    const found = poolLimit(policy, pool);
    expect(found && { max: found.max, key: found.key }).toEqual(limit);
  });

  it('of a process tells the share that it comes from', () => {
    expect(processLimit({ instances: 4, databases })).toMatchObject({
      max: 24,
      budget: { instances: 4, connections: 100 },
    });
    expect(processLimit({ perProcess: { max: 3 } })).toEqual({ max: 3, key: 'perProcess.max' });
  });
});

describe('the numbers that repairs write', () => {
  it('are the documented defaults where nothing is stated, and these are no law', () => {
    for (const [name, value] of Object.entries(defaults.timeouts)) {
      expect(timeoutValue({}, name as TimeoutName)).toBe(value);
      expect(statedTimeout({}, name as TimeoutName)).toBeUndefined();
    }
    expect([sizeValue({}), queueValue({})]).toEqual([10, 1000]);
    expect([poolLimit({}), processLimit({})]).toEqual([undefined, undefined]);
    expect(defaults.timeouts).toEqual({
      acquireMs: 5_000,
      connectMs: 5_000,
      idleMs: 30_000,
      statementMs: 30_000,
      lifetimeMs: 30 * 60_000,
      holdMs: 60_000,
      httpMs: 30_000,
    });
  });

  it('are the stated ones', () => {
    const policy: Policy = { perProcess: { queue: 7 }, timeouts: { acquireMs: 2000 } };
    expect([timeoutValue(policy, 'acquireMs'), statedTimeout(policy, 'acquireMs')]).toEqual([2000, 2000]);
    expect(timeoutValue(policy, 'connectMs')).toBe(5000);
    expect(queueValue(policy)).toBe(7);
  });

  it('serve two limits with the larger', () => {
    expect(largestTimeout({ timeouts: { acquireMs: 2000 } }, ['acquireMs', 'connectMs'])).toBe(5000);
    expect(largestTimeout({ timeouts: { acquireMs: 9000 } }, ['acquireMs', 'connectMs'])).toBe(9000);
  });

  const databases = { default: hundred };
  const pools = { reporting: { max: 2 }, wide: { max: 50 } };
  it.for<[string, Policy, string | undefined, number | undefined, number]>([
    ['nothing stated', {}, undefined, 5, 5],
    ['a size for each process', { perProcess: { max: 20 } }, undefined, 5, 20],
    ['a size below the driver’s', { perProcess: { max: 3 } }, undefined, 5, 3],
    ['a share above the driver’s default', { instances: 4, databases }, undefined, undefined, 10],
    ['a share below it', { instances: 20, databases }, undefined, undefined, 4],
    ['a size above the share', { instances: 20, databases, perProcess: { max: 20 } }, undefined, undefined, 4],
    ['a pool with its own size', { perProcess: { max: 20 }, pools }, 'reporting', undefined, 2],
    ['a pool above the driver’s default', { pools }, 'wide', undefined, 50],
    ['a pool above the process', { perProcess: { max: 20 }, pools }, 'wide', undefined, 20],
  ])('for a size: %s', ([, policy, pool, driverDefault, value]) => {
    expect(sizeValue(policy, pool, driverDefault)).toBe(value);
  });
});

describe('the advice on sizes', () => {
  const of = (cores?: number, spindles?: number, instances?: number) =>
    sizeAdvice({ instances, databases: { default: { cores, spindles } } });

  it('is cores * 2 + spindles, and shared by the instances', () => {
    expect(of(4, 1)).toBe('A server with 4 cores and 1 disk does its best with about 9 busy connections.');
    expect(of(4)).toBe(of(4, 1));
    expect(of(8, 0, 4)).toBe(
      'A server with 8 cores and 0 disks does its best with about 16 busy connections, 4 for each instance.',
    );
    expect(of(1, 0, 50)).toMatch(/ 1 for each instance\.$/);
  });

  it('is not given where the cores are not stated, and bounds nothing', () => {
    expect(of(undefined, 2)).toBeUndefined();
    expect(sizeAdvice({})).toBeUndefined();
    expect(poolLimit({ databases: { default: { cores: 1, spindles: 1 } } })).toBeUndefined();
  });
});
