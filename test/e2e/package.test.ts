import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binOf, createFolder, installNodes, npm, pack, root, run, writeFiles } from './app.ts';

/** What a user gets: the packed tarball, installed in an application that has ESLint among its devDependencies. */

const leak = `import { Pool } from 'pg';

const pool = new Pool({ connectionTimeoutMillis: 5000 });
pool.on('error', console.error), pool.on('connect', (each) => each.on('error', console.error));
export async function countUsers() {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT count(*) FROM users');
  client.release();
  return rows[0].count;
}
`;

const files = {
  'leak.js': leak,
  'eslint.config.mjs': `import pool from 'eslint-plugin-pool';
export default [{ files: ['**/*.js'] }, pool.configs.recommended];
`,
  'eslint.config.cjs': `const pool = require('eslint-plugin-pool');
module.exports = [{ files: ['**/*.js'] }, pool.configs.recommended];
`,
  'types.ts': `import type { Linter } from 'eslint';
import pool from 'eslint-plugin-pool';
const config: Linter.Config[] = [pool.configs.recommended, { plugins: { pool } }];
export default config;
export const version: string = pool.meta.version;
`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'nodenext', strict: true, noEmit: true, types: [], skipLibCheck: false },
    files: ['types.ts'],
  }),
  '.oxlintrc.json': JSON.stringify({
    jsPlugins: ['eslint-plugin-pool'],
    plugins: [],
    categories: { correctness: 'off' },
    rules: { 'pool/require-release': 'error' },
  }),
};

const versions = { node20: '20.19.0', node22: '22', node24: '24' };
const majors = { 9: binOf('eslint9', 'bin/eslint.js'), 10: binOf('eslint', 'bin/eslint.js') };
const matrix = Object.keys(versions).flatMap((node) => Object.keys(majors).map((major) => [node, major] as const));

let folder = '';
let app = '';
let nodes = new Map<string, string>();

const nodeOf = (name: string): string => nodes.get(name) ?? process.execPath;

beforeAll(() => {
  folder = createFolder('e2e');
  app = path.join(folder, 'app');
  fs.mkdirSync(app);
  const eslint = (JSON.parse(fs.readFileSync(binOf('eslint', 'package.json'), 'utf8')) as { version: string }).version;
  const manifest = {
    private: true,
    dependencies: { 'eslint-plugin-pool': `file:${pack(folder)}` },
    devDependencies: { eslint },
  };
  writeFiles(app, { ...files, 'package.json': JSON.stringify(manifest) });
  npm(app, 'install', '--package-lock-only', '--prefer-offline');
  npm(app, 'ci', '--omit=dev', '--prefer-offline');
  nodes = installNodes(versions);
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the installed package', () => {
  it('brings nothing else into a production install', () => {
    const installed = fs.readdirSync(path.join(app, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['eslint-plugin-pool']);
  });

  it('has neither dependencies nor peers', () => {
    const manifest: unknown = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies']) {
      expect(manifest).not.toHaveProperty(kind);
    }
  });

  it.for(Object.keys(versions))('can be imported and required on %s, without a warning', (node) => {
    const source = "import('eslint-plugin-pool').then((m) => console.log(m.default === require('eslint-plugin-pool')))";
    const { stdout, stderr } = run(app, nodeOf(node), '-e', source);
    expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
  });
});

describe('the recommended preset', () => {
  it.for(matrix)('reports a leak on %s with ESLint %s', ([node, major]) => {
    const args = ['--config', 'eslint.config.mjs', '--format', 'json', 'leak.js'];
    const { stdout, stderr } = run(app, nodeOf(node), majors[major as '10'], ...args);
    expect(stderr).toBe('');
    const [{ messages }] = JSON.parse(stdout) as [{ messages: { ruleId: string; line: number }[] }];
    expect(messages.map(({ ruleId, line }) => ({ ruleId, line }))).toEqual([
      { ruleId: 'pool/require-release', line: 6 },
    ]);
  });

  it.for(Object.keys(majors))('repairs the leak with ESLint %s, from a CommonJS config', (major) => {
    fs.copyFileSync(path.join(app, 'leak.js'), path.join(app, 'repaired.js'));
    const args = ['--config', 'eslint.config.cjs', '--fix', 'repaired.js'];
    const { status, stdout } = run(app, process.execPath, majors[major as '10'], ...args);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    const repaired = fs.readFileSync(path.join(app, 'repaired.js'), 'utf8');
    expect(repaired).toMatch(/finally \{\s*client\.release\(\);\s*\}/);
  });

  it('reports the same leak as a plugin of Oxlint', () => {
    const { stdout } = run(app, process.execPath, binOf('oxlint', 'bin/oxlint'), '--format', 'json', 'leak.js');
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
    expect(diagnostics.map(({ code }) => code)).toEqual(['pool(require-release)']);
  });

  it.for(Object.keys(majors))('has types that a TypeScript config of ESLint %s accepts', (major) => {
    const link = path.join(app, 'node_modules/eslint');
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.dirname(path.dirname(majors[major as '10'])), link);
    const { stdout } = run(app, process.execPath, binOf('typescript', 'bin/tsc'), '-p', '.');
    expect(stdout).toBe('');
  });
});
