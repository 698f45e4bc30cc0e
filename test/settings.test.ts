import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchesModule } from '../src/analysis/modules.ts';
import { drivers } from '../src/drivers/index.ts';
import { readSettings } from '../src/settings.ts';
import { factsOf } from './analysis/snippets.ts';

describe('settings.pool', () => {
  it('may be missing', () => {
    expect(readSettings(undefined)).toEqual({});
    expect(readSettings({})).toEqual({});
    expect(readSettings({ other: 1 })).toEqual({});
  });

  it('is handed on as it stands when it is right', () => {
    const pool = {
      pools: [{ module: '**/db', export: 'db', driver: 'pg', kind: 'pool' }],
      acquire: ['borrow'],
      release: ['handIn'],
      handlers: ['defineRoute'],
      sharedPool: { module: './src/db.js', export: 'pool' },
      fixes: 'structural',
      policy: { version: 1, instances: 4, timeouts: { acquireMs: 2000 } },
    };
    expect(readSettings({ pool })).toBe(pool);
    expect(readSettings({ pool })).toBe(pool);
  });

  const setting = { module: '**/db', export: 'db', driver: 'pg' };
  it.for([
    ['no object', [], 'settings.pool must be an object, not [].'],
    ['null', null, 'settings.pool must be an object, not null.'],
    ['text', 'pg', 'settings.pool must be an object, not "pg".'],
    [
      'an unknown key',
      { pool: [] },
      'settings.pool.pool is unknown. Known keys: acquire, fixes, handlers, policy, pools, release, sharedPool.',
    ],
    [
      'handlers that are no list',
      { handlers: {} },
      'settings.pool.handlers must be an array of function names, not {}.',
    ],
    ['a handler that is no text', { handlers: [null] }, 'settings.pool.handlers[0] must be a function name, not null.'],
    ['an empty handler', { handlers: ['a', ''] }, 'settings.pool.handlers[1] must be a function name, not "".'],
    ['fixes of another word', { fixes: 'none' }, 'settings.pool.fixes must be "all" or "structural", not "none".'],
    ['fixes that are no word', { fixes: true }, 'settings.pool.fixes must be "all" or "structural", not true.'],
    [
      'a shared pool that is no object',
      { sharedPool: './src/db.js' },
      'settings.pool.sharedPool must be an object { module, export }, not "./src/db.js".',
    ],
    [
      'a shared pool that is a list',
      { sharedPool: [] },
      'settings.pool.sharedPool must be an object { module, export }, not [].',
    ],
    [
      'a shared pool without its module',
      { sharedPool: { export: 'pool' } },
      'settings.pool.sharedPool.module must be a string, not undefined.',
    ],
    [
      'a shared pool with an empty export',
      { sharedPool: { module: '@/db', export: '' } },
      'settings.pool.sharedPool.export must be a string, not "".',
    ],
    [
      'an unknown key of the shared pool',
      { sharedPool: { module: '@/db', export: 'pool', driver: 'pg' } },
      'settings.pool.sharedPool.driver is unknown. Known keys: module, export.',
    ],
    ['a policy that is no object', { policy: null }, 'settings.pool.policy must be an object, not null.'],
    [
      'a policy with one wrong key',
      { policy: { instances: 4, perProcess: { max: '10' } } },
      'settings.pool.policy.perProcess.max must be a whole number of at least 1, not "10".',
    ],
    [
      'an unknown key of the policy',
      { policy: { perProcess: { maximum: 10 } } },
      'settings.pool.policy.perProcess.maximum is unknown. Known keys: max, queue.',
    ],
    [
      'names that are no list',
      { acquire: 'borrow' },
      'settings.pool.acquire must be an array of function names, not "borrow".',
    ],
    ['a name that is no text', { acquire: ['a', 1] }, 'settings.pool.acquire[1] must be a function name, not 1.'],
    ['an empty name', { release: [''] }, 'settings.pool.release[0] must be a function name, not "".'],
    [
      'pools that are no list',
      { pools: {} },
      'settings.pool.pools must be an array of { module, export, driver }, not {}.',
    ],
    [
      'a pool that is no object',
      { pools: ['db'] },
      'settings.pool.pools[0] must be an object { module, export, driver }, not "db".',
    ],
    [
      'a missing driver',
      { pools: [{ module: 'a', export: 'b' }] },
      'settings.pool.pools[0].driver must be a string, not undefined.',
    ],
    [
      'an empty module',
      { pools: [{ ...setting, module: '' }] },
      'settings.pool.pools[0].module must be a string, not "".',
    ],
    [
      'a kind that is no text',
      { pools: [{ ...setting, kind: 1 }] },
      'settings.pool.pools[0].kind must be a string, not 1.',
    ],
    [
      'an unknown key of a pool',
      { pools: [setting, { ...setting, name: 'x' }] },
      /^settings\.pool\.pools\[1\]\.name is unknown\./,
    ],
  ] as const)('names the place of the mistake: %s', ([, pool, message]) => {
    expect(() => readSettings({ pool })).toThrow(message);
  });

  it('holds a wrong policy against every file, driver or not', () => {
    const pool = { policy: { version: 2 } };
    for (const code of ['', "import { Pool } from 'pg'; new Pool();"])
      expect(() => factsOf(code, { settings: pool as never })).toThrow(/^settings\.pool\.policy\.version must be 1/);
  });

  it.for(['all', 'structural'])('takes fixes: %s', (fixes) => {
    expect(readSettings({ pool: { fixes } })).toEqual({ fixes });
  });

  it.for([
    [
      'driver',
      { ...setting, driver: 'pgg' },
      'settings.pool.pools names the driver "pgg", which is unknown. See docs/drivers.md for their names.',
    ],
    [
      'kind',
      { ...setting, kind: 'pol' },
      'settings.pool.pools names the kind "pol" of pg. Known kinds: pool, poolClient, client.',
    ],
  ] as const)('names a %s that nobody knows, even in a file without a driver', ([, pool, message]) => {
    expect(() => factsOf('', { settings: { pools: [pool] } })).toThrow(message);
  });
});

describe('the module of a setting', () => {
  it.for([
    ['**/db', './db', '/app/src/file.ts', true],
    ['**/db', './db.js', '/app/src/file.ts', true],
    ['**/db', './db/index.js', '/app/src/file.ts', true],
    ['**/db', '../db', '/app/src/file.ts', true],
    ['**/db', './mydb', '/app/src/file.ts', false],
    ['**/db', './db/pool', '/app/src/file.ts', false],
    ['**/src/db', '../../src/db', '/app/test/unit/file.ts', true],
    ['**/src/db', '../db', '/app/src/users/file.ts', true],
    ['./src/db', '../src/db.ts', '/app/test/file.ts', true],
    ['**/db*', './db-main', '/app/src/file.ts', true],
    ['@acme/db', '@acme/db', '/app/src/file.ts', true],
    ['@acme/db', '@acme/db/pool', '/app/src/file.ts', false],
    ['@acme/*', '@acme/db', '/app/src/file.ts', true],
    ['@/db', '@/db', '/app/src/file.ts', true],
    ['**/db', './db', 'C:\\app\\src\\file.ts', true],
    ['**/a.b', './aXb', '/app/src/file.ts', false],
  ] as const)('%s and %s from %s: %s', ([pattern, specifier, filename, expected]) => {
    expect(matchesModule(pattern, specifier, filename)).toBe(expected);
  });
});

describe('the page of the settings', () => {
  const text = fs.readFileSync(path.join(import.meta.dirname, '../docs/settings.md'), 'utf8');
  const [configuration = '', example = ''] = [...text.matchAll(/^```(?:js|ts)\n([\s\S]*?)^```$/gm)].map(
    ([, code = '']) => code,
  );

  it('shows settings that are valid', () => {
    const [source = ''] = /\{\s*pools:[\s\S]*?fixes: '\w+',\s*\}/.exec(configuration) ?? [];
    const pool = new Function(`return (${source});`)() as { pools: { driver: string }[] };
    expect(readSettings({ pool })).toBe(pool);
    expect(Object.keys(pool).sort()).toEqual([
      'acquire',
      'fixes',
      'handlers',
      'policy',
      'pools',
      'release',
      'sharedPool',
    ]);
    const names = drivers.map(({ name }) => name);
    expect(pool.pools.filter(({ driver }) => !names.includes(driver))).toEqual([]);
    const { verdicts } = factsOf(example, { settings: pool as never });
    expect(verdicts.flatMap(({ leaks }) => leaks)).toEqual([]);
  });
});
