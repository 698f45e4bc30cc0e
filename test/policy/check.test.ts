import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../src/policy/check.ts';
import { PolicyError } from '../../src/policy/error.ts';
import { definePolicy } from '../../src/policy/index.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { readSettings } from '../../src/settings.ts';
import { mistakes } from './mistakes.ts';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    expect(error).toMatchObject({ name: 'PolicyError', code: 'ERR_POOL_POLICY' });
    return (error as Error).message;
  }
  throw new Error('Nothing was thrown.');
};

describe('a wrong policy', () => {
  it.for(mistakes)('says so in one sentence: $name', ({ policy, says }) => {
    const message = messageOf(() => checkPolicy(policy, { root: 'ROOT', before: '' }));
    expect(message).toBe(says);
    expect(message).not.toMatch(/\n| {2}/);
  });

  it.for(mistakes)('is refused by the settings and definePolicy in the same words: $name', ({ policy, says }) => {
    const isRoot = says.startsWith('ROOT');
    expect(messageOf(() => readSettings({ pool: { policy } }))).toBe(
      isRoot ? says.replace('ROOT', 'settings.pool.policy') : `settings.pool.policy.${says}`,
    );
    expect(messageOf(() => definePolicy(policy as Policy))).toBe(
      isRoot ? says.replace('ROOT', 'definePolicy: the policy') : `definePolicy: ${says}`,
    );
  });

  const whole = 'instances must be a whole number of at least 1, not';
  const circle: Record<string, unknown> = {};
  circle['instances'] = circle;
  it.for([
    ['NaN', { instances: Number.NaN }, `${whole} NaN.`],
    ['Infinity', { instances: Infinity }, `${whole} Infinity.`],
    ['a bigint', { instances: 4n }, `${whole} 4.`],
    ['a function', { instances: () => 4 }, `${whole} a function.`],
    ['a circle', circle, `${whole} an object.`],
    [
      'a regular expression',
      { databases: /default/ },
      'databases must be an object with a key for each name, not a RegExp.',
    ],
    ['a map', { perProcess: new Map([['max', 1]]) }, 'perProcess must be an object, not a Map.'],
    ['long text', { instances: 'x'.repeat(500) }, `${whole} "…${'x'.repeat(39)}".`],
    [
      'text with line breaks',
      { runtime: { mode: 'a\nb' } },
      'runtime.mode must be "observe", "enforce" or "strict", not "a\\nb".',
    ],
  ] as const)('may hold what JSON cannot: %s', ([, policy, says]) => {
    expect(messageOf(() => checkPolicy(policy, { root: 'ROOT', before: '' }))).toBe(says);
  });
});

describe('a right policy', () => {
  const source = { root: 'ROOT', before: '' };
  it.for<[string, unknown]>([
    ['nothing at all', {}],
    ['a database of which nothing is known', { databases: { default: {} } }],
    ['a pool of the default database, named or not', { pools: { a: { database: 'default' }, b: { max: 1 } } }],
    ['the smallest numbers', { instances: 1, databases: { d: { maxConnections: 1, reserved: 0, spindles: 0 } } }],
    ['the longest time', { timeouts: { lifetimeMs: 2_147_483_647 } }],
    ['one connection for each process', { instances: 97, databases: { d: { maxConnections: 100, reserved: 3 } } }],
    ['a key without a value, which JSON drops', { instances: undefined, timeouts: { idleMs: undefined } }],
    ['names that objects know', { databases: { constructor: { maxConnections: 5 } }, pools: { toString: { max: 1 } } }],
    [
      'more for a process than its share: the smaller holds',
      { perProcess: { max: 500 }, databases: { default: { maxConnections: 100 } } },
    ],
  ])('is handed on as it stands: %s', ([, policy]) => {
    expect(checkPolicy(policy, source)).toBe(policy);
  });

  it('may come from another realm', () => {
    const policy: unknown = vm.runInNewContext('({ perProcess: { max: 3 } })');
    expect(checkPolicy(policy, source)).toBe(policy);
  });
});
