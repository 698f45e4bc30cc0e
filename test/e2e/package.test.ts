import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  binOf,
  collectBlocks,
  collectReports,
  createFolder,
  createProject,
  findBlock,
  installHost,
  installNodes,
  npm,
  pack,
  root,
  run,
  shell,
  typescript,
  writeFiles,
} from './app.ts';
import type { Files, Project } from './app.ts';

/**
 * What a user gets: the packed tarball, installed beside each ESLint that is supported and run by each Node. The
 * configurations are those of docs/getting-started.md.
 */

const guide = collectBlocks('getting-started.md');
const configs = {
  esm: findBlock(guide, 'JavaScript', 'js', 0),
  common: findBlock(guide, 'JavaScript', 'js', 1),
  untyped: findBlock(guide, 'TypeScript', 'js', 0),
  typed: findBlock(guide, 'TypeScript', 'js', 1),
  policy: findBlock(guide, 'Policy', 'js'),
};

const versions = { node20: '20.19.0', node22: '22', node24: '24' };
type Node = keyof typeof versions;
const linters = { '9.15': '9.15.0', 9: '^9.39.0', 10: '^10.15.0' };
type Linter = `${keyof typeof linters}`;

/** The body of `countUsers`, which leaks, and its repair. */
const leaking = `  const client = await pool.connect();
  const { rows } = await client.query('SELECT count(*) FROM users');
  client.release();
  return rows[0].count;
}
`;
const repaired = `  const client = await pool.connect();
  try {
    const { rows } = await client.query('SELECT count(*) FROM users');
    return rows[0].count;
  } finally {
    client.release();
  }
}
`;
const listeners = `pool.on('error', console.error);
pool.on('connect', (each) => each.on('error', console.error));
`;

const heads = {
  esm: `import { Pool } from 'pg';

const pool = new Pool({ connectionTimeoutMillis: 5000 });
${listeners}
export async function countUsers() {
`,
  common: `const { Pool } = require('pg');

const pool = new Pool({ connectionTimeoutMillis: 5000 });
${listeners}
exports.countUsers = async () => {
`,
  typed: `import type { Deps } from './deps.ts';

export async function countUsers({ store: pool }: Deps): Promise<number> {
`,
};

/** Never given back, under a name and from a place that only a type says to be a pool. */
const named = (text: string): string => text.replaceAll('pool', 'anything');
const lost = leaking.replace('  client.release();\n', '');

interface Kind {
  readonly files: Files;
  /** Where ESLint runs, when that is not the root of the project. */
  readonly folders?: readonly string[];
  readonly reports: readonly string[];
  readonly fixed: Files;
}

const shop = `import { Pool } from 'pg';

export const pool = new Pool({ max: 10, connectionTimeoutMillis: 5000 });
${listeners}`;

const member = (name: string, max: number): Files => ({
  [`packages/${name}/package.json`]: JSON.stringify({ name, type: 'module' }),
  [`packages/${name}/eslint.config.mjs`]: configs.policy,
  [`packages/${name}/pool-policy.json`]: JSON.stringify({ version: 1, perProcess: { max } }),
  [`packages/${name}/db.js`]: shop,
});

const kinds = {
  'JavaScript, CommonJS': {
    files: { 'package.json': '{}', 'eslint.config.cjs': configs.common, 'leak.js': heads.common + leaking },
    reports: ['leak.js:8 pool/require-release'],
    fixed: { 'leak.js': heads.common + repaired },
  },
  'JavaScript, ES modules': {
    files: { 'package.json': '{"type":"module"}', 'eslint.config.mjs': configs.esm, 'leak.js': heads.esm + leaking },
    reports: ['leak.js:8 pool/require-release'],
    fixed: { 'leak.js': heads.esm + repaired },
  },
  'TypeScript, untyped': {
    files: {
      'package.json': '{"type":"module"}',
      'eslint.config.mjs': configs.untyped,
      'leak.ts': heads.esm + leaking,
    },
    reports: ['leak.ts:8 pool/require-release'],
    fixed: { 'leak.ts': heads.esm + repaired },
  },
  'TypeScript, typed': {
    files: {
      'package.json': '{"type":"module"}',
      'eslint.config.mjs': configs.typed,
      'tsconfig.json': '{"compilerOptions":{"module":"nodenext","strict":true,"types":["node"],"noEmit":true}}',
      'deps.ts': "export interface Deps {\n  store: import('pg').Pool;\n}\n",
      'leak.ts': named(heads.typed + lost),
    },
    reports: ['leak.ts:4 pool/require-release'],
    fixed: { 'leak.ts': named(heads.typed + repaired) },
  },
  'monorepo, two configurations': {
    files: { 'package.json': '{"workspaces":["packages/*"]}', ...member('shop', 5), ...member('stock', 20) },
    folders: ['packages/shop', 'packages/stock'],
    reports: ['packages/shop/db.js:3 pool/no-unbounded-pool'],
    fixed: { 'packages/shop/db.js': shop.replace('10', '5'), 'packages/stock/db.js': shop },
  },
} satisfies Record<string, Kind>;

type Name = keyof typeof kinds;

/** Every kind on one pair; then each kind with each linter and each Node, and each linter with each Node. */
const cells: readonly (readonly [Linter, Node, readonly Name[]])[] = [
  ['10', 'node24', Object.keys(kinds) as Name[]],
  ['9.15', 'node20', ['JavaScript, CommonJS', 'TypeScript, typed', 'monorepo, two configurations']],
  ['9.15', 'node22', ['JavaScript, ES modules', 'TypeScript, untyped']],
  ['9', 'node20', ['JavaScript, ES modules', 'TypeScript, untyped']],
  ['9', 'node22', ['JavaScript, CommonJS', 'TypeScript, typed', 'monorepo, two configurations']],
  ['9.15', 'node24', ['JavaScript, ES modules']],
  ['9', 'node24', ['JavaScript, CommonJS']],
  ['10', 'node20', ['JavaScript, CommonJS']],
  ['10', 'node22', ['JavaScript, ES modules']],
];
const rows = cells.flatMap(([linter, node, names]) => names.map((name) => [name, linter, node] as const));

let folder = '';
let tarball = '';
let nodes = new Map<string, string>();

const nodeOf = (name: Node): string => nodes.get(name) ?? process.execPath;
const hostOf = (linter: Linter): string => path.join(folder, `eslint-${linter}`);

beforeAll(() => {
  folder = createFolder('e2e');
  tarball = pack(folder);
  nodes = installNodes(versions);
  for (const [linter, eslint] of Object.entries(linters)) {
    installHost(hostOf(linter as Linter), tarball, { ...typescript, eslint });
  }
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('a production install', () => {
  let app = '';

  beforeAll(() => {
    app = path.join(folder, 'app');
    const dependencies = { 'eslint-plugin-pool': `file:${tarball}` };
    const manifest = { private: true, dependencies, devDependencies: { eslint: linters[10] } };
    writeFiles(app, { 'package.json': JSON.stringify(manifest) });
    npm(app, 'install', '--package-lock-only', '--prefer-offline');
    npm(app, 'ci', '--omit=dev', '--prefer-offline');
  });

  it('brings nothing else', () => {
    const installed = fs.readdirSync(path.join(app, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['eslint-plugin-pool']);
  });

  it.for(Object.keys(versions))('can be imported and required on %s, without a warning', (node) => {
    const source = "import('eslint-plugin-pool').then((m) => console.log(m.default === require('eslint-plugin-pool')))";
    const { stdout, stderr } = run(app, nodeOf(node as Node), '-e', source);
    expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
  });

  it.for(Object.keys(versions))('loads each of its entries, imported and required, on %s', (node) => {
    const { exports } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { exports: Files };
    const names = Object.keys(exports).map((name) => path.posix.join('eslint-plugin-pool', name));
    const source = `const names = ${JSON.stringify(names)};
for (const name of names) require(name);
for (const name of names) if (!name.endsWith('.json')) import(name);`;
    const { status, stderr } = run(app, nodeOf(node as Node), '-e', source);
    expect(stderr).not.toMatch(/Warning|Error/);
    expect(status).toBe(0);
  });
});

describe.for(rows)('%s, ESLint %s, %s', ([name, linter, node]) => {
  const { files, folders = [''], reports, fixed }: Kind = kinds[name];

  const create = (): Project =>
    createProject(hostOf(linter), `${Object.keys(kinds).indexOf(name)}-${node}`, files, nodeOf(node));

  it('reports, and repairs', () => {
    const project = create();
    const found = folders.flatMap((place) => {
      const { stdout, stderr, status } = shell(project, `cd ./${place} && npx eslint . --format json`);
      expect(stderr).toBe('');
      const here = collectReports(project, stdout);
      expect(status).toBe(here.length > 0 ? 1 : 0);
      return here.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
    });
    expect(found).toEqual(reports);

    for (const place of folders) {
      const result = shell(project, `cd ./${place} && npx eslint . --fix`);
      expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
    }
    const texts = Object.keys(fixed).map((file) => [file, fs.readFileSync(path.join(project.folder, file), 'utf8')]);
    expect(Object.fromEntries(texts)).toEqual(fixed);
  });
});

it('needs the types for what only they say to be a pool', () => {
  const files = { ...kinds['TypeScript, typed'].files, 'eslint.config.mjs': configs.untyped };
  const project = createProject(hostOf('10'), 'without-types', files);
  expect(shell(project, 'npx eslint .')).toEqual({ status: 0, stdout: '', stderr: '' });
});

describe('Oxlint', () => {
  it.for(Object.keys(versions))('reports what the guide says on %s', (node) => {
    const files = {
      '.oxlintrc.json': findBlock(guide, 'Oxlint', 'json'),
      'leak.js': findBlock(guide, 'First run', 'js'),
    };
    const project = createProject(hostOf('10'), `oxlint-${node}`, files);
    const command = [binOf('oxlint', 'bin/oxlint'), '--format', 'json', 'leak.js'];
    const { stdout, status } = run(project.folder, nodeOf(node as Node), ...(command as [string]));
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['pool(no-unbounded-pool)', 'pool(require-release)']);
    expect(status).toBe(1);
  });
});

/** The entries that are about linting need no types of Node; those of the runtime do. */
const lintEntries = `import type { Linter } from 'eslint';
import pool from 'eslint-plugin-pool';
import type { PoolSettings } from 'eslint-plugin-pool';
import { definePolicy, loadPolicy } from 'eslint-plugin-pool/policy';
import type { Policy } from 'eslint-plugin-pool/policy';
const policy: Policy = definePolicy(loadPolicy());
const settings: PoolSettings = { policy };
export const version: string = pool.meta.version;
export const plain: Linter.Config[] = [
  pool.configs.recommended, pool.configs.strict, pool.configs.all, { plugins: { pool }, settings: { pool: settings } },
];
// @ts-expect-error -- a key that does not exist
definePolicy({ timeout: {} });
`;
const defined = `import { defineConfig } from 'eslint/config';
export default defineConfig([
  pool.configs.recommended,
  { plugins: { pool }, extends: ['pool/strict'], settings: { pool: settings } },
]);
`;
const runtimeEntries = `import { drain, guardPool, PoolError } from 'eslint-plugin-pool/runtime';
import * as vitest from 'eslint-plugin-pool/vitest';
import * as jest from 'eslint-plugin-pool/jest';
import 'eslint-plugin-pool/register';
const wait: () => Promise<void> = vitest.assertNoLeaks, same: typeof wait = jest.assertNoLeaks;
export const runtime: unknown[] = [drain, guardPool, PoolError.name, wait, same, vitest.install({}), jest.install({})];
// @ts-expect-error -- no number is a module
jest.install(1);
`;
const schemaEntry = `import schema from 'eslint-plugin-pool/policy.schema.json' with { type: 'json' };
export const title: string = schema.$schema;
`;
const commonEntries = `import policies = require('eslint-plugin-pool/policy');
import plugin = require('eslint-plugin-pool');
import runner = require('eslint-plugin-pool/jest');
import schema = require('eslint-plugin-pool/policy.schema.json');
export const all: unknown[] = [policies.loadPolicy, plugin.configs.recommended, runner.assertNoLeaks, schema.$schema];
`;

interface Consumer {
  readonly linter: Linter;
  readonly file: string;
  readonly text: string;
  readonly options: { module: string; moduleResolution: string; types: string[] };
}

const options = (module: string, moduleResolution: string, ...types: string[]): Consumer['options'] => ({
  module,
  moduleResolution,
  types,
});
const every = lintEntries + defined + runtimeEntries;

const consumers: Record<string, Consumer> = {
  'ESLint 9.15, which has no eslint/config, without types of Node': {
    linter: '9.15',
    file: 'use.mts',
    text: lintEntries + schemaEntry,
    options: options('node18', 'node16'),
  },
  'ESLint 9, resolution node16': {
    linter: '9',
    file: 'use.mts',
    text: every,
    options: options('node16', 'node16', 'node'),
  },
  'ESLint 10, resolution node16': {
    linter: '10',
    file: 'use.mts',
    text: every + schemaEntry,
    options: options('node18', 'node16', 'node'),
  },
  'ESLint 10, resolution bundler': {
    linter: '10',
    file: 'use.ts',
    text: every + schemaEntry,
    options: options('esnext', 'bundler', 'node'),
  },
  'ESLint 10, CommonJS': {
    linter: '10',
    file: 'use.cts',
    text: every + commonEntries,
    options: options('nodenext', 'nodenext', 'node'),
  },
};

describe('the types', () => {
  it.for(Object.keys(consumers))('are accepted: %s', (name) => {
    const { linter, file, text, options: chosen } = consumers[name] as Consumer;
    const compilerOptions = { ...chosen, target: 'es2022', strict: true, noEmit: true, resolveJsonModule: true };
    const project = createProject(hostOf(linter), `types-${chosen.module}`, {
      [file]: text,
      'tsconfig.json': JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: false }, files: [file] }),
    });
    expect(shell(project, 'npx tsc -p .')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
