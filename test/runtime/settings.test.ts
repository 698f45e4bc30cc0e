import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSettings, startLine } from '../../src/runtime/settings.ts';

function policyFile(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pool-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'pool-policy.json');
  writeFileSync(file, text);
  return file;
}

/** `loadPolicy` reads the environment of the process. */
function read(env: Readonly<Record<string, string>>): ReturnType<typeof readSettings> {
  const before = process.env['POOL_POLICY'];
  if (env['POOL_POLICY'] !== undefined) process.env['POOL_POLICY'] = env['POOL_POLICY'];
  try {
    return readSettings(env);
  } finally {
    if (before === undefined) delete process.env['POOL_POLICY'];
    else process.env['POOL_POLICY'] = before;
  }
}

describe('the settings of the process', () => {
  it('are the policy file, and a line that says which', () => {
    const file = policyFile('{ "version": 1, "perProcess": { "max": 7 }, "runtime": { "mode": "enforce" } }');
    const settings = read({ POOL_POLICY: file });
    expect(settings).toMatchObject({ policy: { perProcess: { max: 7 } }, file, log: 'human', mistake: undefined });
    expect(startLine(settings)).toBe(`pools are guarded (enforce) by ${path.relative(process.cwd(), file)}.`);
  });

  it('are none without a file, and a line that says so', () => {
    const settings = read({});
    expect([settings.policy, startLine(settings)]).toEqual([
      {},
      'pools are guarded (observe); there is no pool-policy.json, so nothing is clamped.',
    ]);
  });

  it('have the mode and the log of the environment', () => {
    const settings = read({ POOL_MODE: 'enforce', POOL_LOG: 'json' });
    expect([settings.policy.runtime?.mode, settings.log]).toEqual(['enforce', 'json']);
  });

  it.for<[string, Record<string, string>, RegExp]>([
    ['a policy that is wrong', { POOL_POLICY: policyFileText('{ "perProces": {} }') }, /perProces is unknown/],
    ['a policy that is no JSON', { POOL_POLICY: policyFileText('{') }, /is not JSON/],
    ['a file that is not there', { POOL_POLICY: '/nowhere/policy.json' }, /cannot be read/],
    ['a mode that is none', { POOL_MODE: 'on' }, /POOL_MODE must be/],
    ['a log that is none', { POOL_LOG: 'yes' }, /POOL_LOG must be "human", "json" or "off", not "yes"/],
  ])('are none with %s, and the line names the mistake', ([, env, mistake]) => {
    const settings = read(env);
    expect([settings.policy, settings.file]).toEqual([{}, undefined]);
    expect(startLine(settings)).toMatch(/^pools are guarded \(observe\), without a policy: /);
    expect(startLine(settings)).toMatch(mistake);
  });

  it('are refused under POOL_MODE=strict when they are wrong', () => {
    const env = { POOL_MODE: 'strict', POOL_POLICY: policyFile('{ "perProces": {} }') };
    expect(() => read(env)).toThrow(/perProces is unknown/);
  });
});

function policyFileText(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'pool-settings-')), 'pool-policy.json');
  writeFileSync(file, text);
  return file;
}
