import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/**
 * What one long-lived process sees after the policy file changed. An editor's server is such a process: it makes a new
 * ESLint for each check, in the same Node. The package is the built one, as a configuration imports it.
 */

const root = path.join(import.meta.dirname, '../..');
let folder = '';
let saves = 0;

const configs = {
  loaded: `import { loadPolicy } from 'eslint-plugin-pool/policy';
const policy = loadPolicy({ cwd: import.meta.dirname });`,
  imported: `import policy from './pool-policy.json' with { type: 'json' };`,
};

/** Reports what the policy says of instances. */
const rest = `
const rule = {
  create: (context) => ({
    Program: (node) => context.report({ node, message: String(context.settings.pool.policy.instances) }),
  }),
};
const plugins = { own: { rules: { rule } } };
export default [pool.configs.recommended, { plugins, rules: { 'own/rule': 'error' }, settings: { pool: { policy } } }];
`;

const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
const writePolicy = (policy: unknown): void => write('pool-policy.json', JSON.stringify(policy));
const writeConfig = (kind: keyof typeof configs): void =>
  write('eslint.config.mjs', `import pool from 'eslint-plugin-pool';\n${configs[kind]}${rest}`);

/** As an editor does, with another time on the file. */
function saveConfig(): void {
  const time = new Date(Date.now() + ++saves * 1000);
  fs.utimesSync(path.join(folder, 'eslint.config.mjs'), time, time);
}

const start = (options?: ESLint.Options): ESLint => new ESLint({ cwd: folder, ...options });

async function lint(eslint = start()): Promise<string[]> {
  const [result] = await eslint.lintFiles(['file.js']);
  return (result?.messages ?? []).map(({ message }) => message);
}

beforeEach(() => {
  if (!fs.existsSync(path.join(root, 'dist/src/policy/index.js'))) throw new Error('Run `npm run build` first.');
  folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'pool-editor-'));
  fs.mkdirSync(path.join(folder, 'node_modules'));
  fs.symlinkSync(root, path.join(folder, 'node_modules/eslint-plugin-pool'));
  write(
    'file.js',
    "import { Pool } from 'pg';\nexport const pool = new Pool({ connectionTimeoutMillis: 5000 }).on('error', () => {});\n",
  );
  writePolicy({ instances: 1 });
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('after the policy file changed', () => {
  it('an ESLint that is running keeps what it read', async () => {
    writeConfig('loaded');
    const eslint = start();
    expect(await lint(eslint)).toEqual(['1']);
    writePolicy({ instances: 2 });
    expect(await lint(eslint)).toEqual(['1']);
  });

  it('a new one in the same process does, too, until the configuration is saved', async () => {
    writeConfig('loaded');
    expect(await lint()).toEqual(['1']);
    writePolicy({ instances: 2 });
    expect(await lint()).toEqual(['1']);
    saveConfig();
    expect(await lint()).toEqual(['2']);
  });

  it('what was imported stays until the process ends', async () => {
    writeConfig('imported');
    expect(await lint()).toEqual(['1']);
    writePolicy({ instances: 2 });
    saveConfig();
    expect(await lint()).toEqual(['1']);
  });

  it('a file that did not change is linted again, cache or not', async () => {
    writeConfig('loaded');
    const options = { cache: true, cacheLocation: path.join(folder, '.eslintcache') };
    expect(await lint(start(options))).toEqual(['1']);
    expect(fs.existsSync(options.cacheLocation)).toBe(true);
    writePolicy({ instances: 2 });
    saveConfig();
    expect(await lint(start(options))).toEqual(['2']);
  });
});

describe('a wrong policy', () => {
  const mistake = 'instances must be a whole number of at least 1, not 0.';

  it('stops before the first file when it is loaded, and is forgotten once it is right', async () => {
    writeConfig('loaded');
    writePolicy({ instances: 0 });
    await expect(lint()).rejects.toThrow(`${path.join(folder, 'pool-policy.json')}: ${mistake}`);
    writePolicy({ instances: 3 });
    saveConfig();
    expect(await lint()).toEqual(['3']);
  });

  it('stops at the first file when it is imported: nothing is linted with half of it', async () => {
    writeConfig('imported');
    writePolicy({ perProcess: { max: 5 }, instances: 0 });
    await expect(lint()).rejects.toThrow(`settings.pool.policy.${mistake}`);
  });
});
