import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PolicyError } from '../../src/policy/error.ts';
import { findPolicyFile, loadPolicy } from '../../src/policy/load.ts';

let root = '';
let inner = '';

const write = (name: string, value: unknown): string => {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};

beforeEach(() => {
  vi.stubEnv('POOL_POLICY', undefined);
  root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'pool-policy-'));
  inner = path.join(root, 'packages/api');
  fs.mkdirSync(inner, { recursive: true });
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  fs.rmSync(root, { recursive: true, force: true });
});

describe('loadPolicy finds', () => {
  it('nothing, and then states nothing', () => {
    expect(findPolicyFile({ cwd: inner })).toBeUndefined();
    expect(loadPolicy({ cwd: inner })).toEqual({});
  });

  it('the file of the folder, or the nearest above it', () => {
    write('pool-policy.json', { instances: 1 });
    expect(loadPolicy({ cwd: inner })).toEqual({ instances: 1 });
    write('packages/api/pool-policy.json', { instances: 2 });
    expect(loadPolicy({ cwd: inner })).toEqual({ instances: 2 });
    expect(loadPolicy({ cwd: path.join(root, 'packages') })).toEqual({ instances: 1 });
  });

  it('the working directory where no folder is named', () => {
    write('pool-policy.json', { instances: 3 });
    vi.spyOn(process, 'cwd').mockReturnValue(inner);
    expect(loadPolicy()).toEqual({ instances: 3 });
    expect(findPolicyFile()).toBe(path.join(root, 'pool-policy.json'));
  });

  it('the file of POOL_POLICY before any other, from the folder on', () => {
    write('pool-policy.json', { instances: 1 });
    write('packages/api/strict.json', { instances: 5 });
    vi.stubEnv('POOL_POLICY', 'strict.json');
    expect(loadPolicy({ cwd: inner })).toEqual({ instances: 5 });
    vi.stubEnv('POOL_POLICY', path.join(inner, 'strict.json'));
    expect(loadPolicy({ cwd: root })).toEqual({ instances: 5 });
  });

  it('as if POOL_POLICY were not there when it is empty', () => {
    write('pool-policy.json', { instances: 1 });
    vi.stubEnv('POOL_POLICY', '');
    expect(loadPolicy({ cwd: inner })).toEqual({ instances: 1 });
  });

  it('the named file before all', () => {
    write('pool-policy.json', { instances: 1 });
    write('other.json', { instances: 6 });
    vi.stubEnv('POOL_POLICY', path.join(root, 'pool-policy.json'));
    expect(loadPolicy({ cwd: inner, file: '../../other.json' })).toEqual({ instances: 6 });
  });

  it('the file as it is now, at each call', () => {
    const file = write('pool-policy.json', { instances: 1 });
    const first = loadPolicy({ cwd: root });
    fs.writeFileSync(file, '{ "instances": 2 }');
    expect([first, loadPolicy({ cwd: root })]).toEqual([{ instances: 1 }, { instances: 2 }]);
  });

  it('what stands behind a byte order mark', () => {
    expect(loadPolicy({ file: write('bom.json', '\uFEFF{ "instances": 1 }') })).toEqual({ instances: 1 });
  });
});

describe('loadPolicy refuses', () => {
  it.for([
    ['a comment', '{\n  // four\n  "instances": 4\n}'],
    ['a trailing comma', '{\n  "instances": 4,\n}'],
    ['an empty file', ''],
    ['YAML, which the reason quotes with its line breaks', 'instances:\n  4\n'],
    ['JavaScript', 'export default { instances: 4 };'],
  ] as const)('what is not JSON, with its file and on one line: %s', ([, text]) => {
    const file = write('pool-policy.json', text);
    const start = `${file} is not JSON (comments count as mistakes): `;
    const run = () => loadPolicy({ cwd: inner });
    expect(run).toThrow(PolicyError);
    expect(run).toThrow(start);
    expect(run).not.toThrow(/\n| {2}/);
  });

  it('a policy with a mistake, with its file', () => {
    const file = write('pool-policy.json', { perProcess: { max: 0 } });
    expect(() => loadPolicy({ cwd: inner })).toThrow(
      `${file}: perProcess.max must be a whole number of at least 1, not 0.`,
    );
    fs.writeFileSync(file, '[]');
    expect(() => loadPolicy({ cwd: inner })).toThrow(`${file} must be an object, not an array.`);
  });

  it('a named file that is not there, in place of another or none', () => {
    write('pool-policy.json', { instances: 1 });
    const missing = path.join(root, 'missing.json');
    const message = `${missing} should be a policy and cannot be read (ENOENT).`;
    expect(() => loadPolicy({ cwd: root, file: 'missing.json' })).toThrow(message);
    vi.stubEnv('POOL_POLICY', 'missing.json');
    expect(() => loadPolicy({ cwd: root })).toThrow(message);
  });

  it('a folder in place of the file', () => {
    fs.mkdirSync(path.join(root, 'pool-policy.json'));
    expect(() => loadPolicy({ cwd: inner })).toThrow(
      `${path.join(root, 'pool-policy.json')} should be a policy and cannot be read (EISDIR).`,
    );
  });
});
