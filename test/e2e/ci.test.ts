import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collectBlocks,
  collectReports,
  createFolder,
  createProject,
  findBlock,
  installHost,
  npm,
  pack,
  shell,
  typescript,
  writeFiles,
} from './app.ts';
import type { Files, Project, Run } from './app.ts';

/** The recipes of docs/ci.md, docs/adoption.md and docs/getting-started.md, taken from there and run as they stand. */

const packages = {
  ...typescript,
  eslint: '^10.15.0',
  '@microsoft/eslint-formatter-sarif': '3.1.0',
  'lint-staged': '16.4.0',
  nx: '23.3.2',
  oxlint: '1.89.0',
  turbo: '2.11.11',
};

const recipes = collectBlocks('ci.md');
const guide = collectBlocks('getting-started.md');
const steps = collectBlocks('adoption.md');

type Page = typeof recipes;

/** Those that a test asked for. */
const taken = new Set<string>();

/** The lines that a user types, without those that install. */
function collectLines(page: Page, heading = ''): string[] {
  const blocks = page.filter((block) => block.heading.startsWith(heading) && block.language === 'sh');
  return blocks.flatMap(({ code }) => code.trimEnd().split('\n')).filter((line) => !line.startsWith('npm install'));
}

function lineOf(page: Page, heading: string, index = 0): string {
  const line = collectLines(page, heading)[index];
  if (line === undefined) throw new Error(`There is no command number ${index} under "${heading}".`);
  taken.add(line);
  return line;
}

const listeners = `pool.on('error', console.error);
pool.on('connect', (each) => each.on('error', console.error));
`;
const db = `import { Pool } from 'pg';

export const pool = new Pool({ max: 30, connectionTimeoutMillis: 5000 });
${listeners}`;
const leak = `import { pool } from './db.js';

export async function countUsers() {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT count(*) FROM users');
  client.release();
  return rows[0].count;
}
`;
const clean = `import { pool } from './db.js';

export const countUsers = () => pool.query('SELECT count(*) FROM users');
`;
const unbounded = `import { Pool } from 'pg';

export const other = new Pool({ connectionTimeoutMillis: 0 });
${listeners.replaceAll('pool.', 'other.')}`;
const handler = `import express from 'express';
import { Pool } from 'pg';

const app = express();
app.get('/users', async (req, res) => {
  const pool = new Pool({ max: 5, connectionTimeoutMillis: 5000 });
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`;

const base: Files = {
  'package.json': '{"type":"module"}',
  'eslint.config.js': findBlock(guide, 'Policy', 'js'),
  'pool-policy.json': '{ "perProcess": { "max": 30 } }',
  'db.js': db,
};
const policyOf = (max: number): Files => ({ 'pool-policy.json': JSON.stringify({ perProcess: { max } }) });

let host = '';
let count = 0;

const create = (files: Files): Project => createProject(host, `p${(count += 1)}`, { ...base, ...files });
const read = ({ folder }: Project, file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
const exists = ({ folder }: Project, file: string): boolean => fs.existsSync(path.join(folder, file));
const lint = (project: Project): Run => shell(project, lineOf(recipes, 'top'));

function git({ folder }: Project, ...args: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' });
}

/** `file:line rule` of what ESLint reports. */
function collectFound(project: Project, flags = ''): string[] {
  const { stdout } = shell(project, `npx eslint . --format json ${flags}`);
  return collectReports(project, stdout).map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}

beforeAll(() => {
  const folder = createFolder('ci');
  host = installHost(path.join(folder, 'host'), pack(folder), packages);
});

afterAll(() => fs.rmSync(path.dirname(host), { recursive: true, force: true }));

const found = ['leak.js:4 pool/require-release'];

describe('the exit code', () => {
  it('is 0 where nothing is reported', () => {
    expect(lint(create({ 'clean.js': clean }))).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('is 1 where something is', () => {
    expect(lint(create({ 'leak.js': leak })).status).toBe(1);
  });

  it('is 2 where the policy has a mistake, which is named', () => {
    const { status, stderr } = lint(create({ 'pool-policy.json': '{ "perProcess": { "max": "20" } }' }));
    expect(stderr).toMatch(/pool-policy\.json: perProcess\.max must be a whole number of at least 1, not "20"\./);
    expect(status).toBe(2);
  });
});

describe('annotations on GitHub', () => {
  /** As in eslint-stylish.json of actions/setup-node, commit 66a45156. */
  const matcher = {
    file: /^\s*([^\s].*)$/,
    report: /^\s+(\d+):(\d+)\s+(error|warning|info)\s+(.*)\s\s+(.*)$/,
  };

  const command = /- run: (npx eslint .*)/.exec(findBlock(recipes, 'GitHub', 'yaml'))?.[1] ?? '';

  /** The matcher tries the report on the line after a file, and again on each that follows. */
  function collectAnnotations(output: string): object[] {
    const annotations: object[] = [];
    let file = '';
    for (const text of output.split('\n')) {
      const [, line, column, severity, message, code] = matcher.report.exec(text) ?? [];
      if (line === undefined) file = matcher.file.exec(text)?.[1] ?? file;
      else annotations.push({ file: path.basename(file), line, column, severity, message, code });
    }
    return annotations;
  }

  it('have the file, the place, the whole message and the rule', () => {
    const project = create({ 'leak.js': leak, ...policyOf(20) });
    const { stdout, status } = shell(project, command);
    expect(collectAnnotations(stdout)).toEqual([
      {
        file: 'db.js',
        line: '3',
        column: '32',
        severity: 'error',
        message: '`pool` may open 30 connections, but the policy allows 20 (`perProcess.max`). Set `max: 20`',
        code: 'pool/no-unbounded-pool',
      },
      {
        file: 'leak.js',
        line: '4',
        column: '24',
        severity: 'error',
        message:
          '`client` from `pool.connect` is not given back when line 5 throws, so the pool loses a slot. Call `client.release()` in `finally`',
        code: 'pool/require-release',
      },
    ]);
    expect(status).toBe(1);
  });

  it('fail the job for warnings, too', () => {
    const warn = base['eslint.config.js']?.replace(']', ", { rules: { 'pool/require-release': 'warn' } }]") ?? '';
    const project = create({ 'leak.js': leak, 'eslint.config.js': warn });
    expect(lint(project).status).toBe(0);
    expect(shell(project, command).status).toBe(1);
  });
});

describe('SARIF', () => {
  interface Sarif {
    readonly runs: readonly [
      {
        readonly tool: {
          readonly driver: { readonly version: string; readonly rules: readonly { id: string; helpUri: string }[] };
        };
        readonly results: readonly { ruleId: string; ruleIndex: number; message: { text: string } }[];
      },
    ];
  }

  it('has the rule, its page and a message of one line in each result', () => {
    const project = create({ 'leak.js': leak, 'unbounded.js': unbounded, 'handler.js': handler, ...policyOf(20) });
    expect(shell(project, lineOf(recipes, 'SARIF'))).toEqual({ status: 1, stdout: '', stderr: '' });
    const { tool, results } = (JSON.parse(read(project, 'eslint.sarif')) as Sarif).runs[0];
    expect(results.map(({ ruleId }) => ruleId).sort()).toEqual([
      'pool/no-pool-in-handler',
      'pool/no-unbounded-pool',
      'pool/require-release',
      'pool/require-timeouts',
    ]);
    // Not the ESLint 8 that the formatter brings.
    expect(tool.driver.version).toMatch(/^10\./);
    for (const { ruleId, ruleIndex, message } of results) {
      const { id, helpUri } = tool.driver.rules[ruleIndex] ?? { id: '', helpUri: '' };
      expect(id).toBe(ruleId);
      expect(helpUri).toMatch(new RegExp(`/docs/rules/${ruleId.slice('pool/'.length)}\\.md$`));
      expect(message.text).toMatch(/^(?!.* {2})[^\n]{1,160}$/);
    }
  });
});

describe('reviewdog', () => {
  /** Its format `eslint`, by errorformat (fmts/javascript.go): `%-P%f`, ` %#%l:%c %# %trror  %m`, `%tarning`, `%-Q`. */
  const format = /^ *(\d+):(\d+) * (e|w)(?:rror|arning) {2}(.*)$/;

  it('reads each report', () => {
    const project = create({ 'leak.js': leak });
    const line = lineOf(recipes, 'reviewdog').replace(/\| reviewdog .*/, '| cat');
    expect(line).not.toBe(lineOf(recipes, 'reviewdog'));
    const { stdout } = shell(project, line);
    const read = stdout.split('\n').map((text) => format.exec(text)?.slice(1) ?? []);
    expect(read.filter((parts) => parts.length > 0)).toEqual([
      ['4', '24', 'e', expect.stringMatching(/^`client` from `pool\.connect` is not .* {2}pool\/require-release$/)],
    ]);
    expect(stdout.trimStart().split('\n')[0]).toBe(path.join(project.folder, 'leak.js'));
  });
});

it('writes JSON', () => {
  const project = create({ 'leak.js': leak });
  expect(shell(project, lineOf(recipes, 'Other services'))).toEqual({ status: 1, stdout: '', stderr: '' });
  expect(collectReports(project, read(project, 'eslint.json'))).toMatchObject([
    { file: 'leak.js', line: 4, rule: 'pool/require-release' },
  ]);
});

describe('suppressions', () => {
  const suppress = lineOf(recipes, 'Legacy', 0);
  const prune = lineOf(recipes, 'Legacy', 2);

  it('hide what is there, and nothing new', () => {
    const project = create({ 'leak.js': leak, 'unbounded.js': unbounded });
    expect(shell(project, suppress).status).toBe(0);
    expect(JSON.parse(read(project, 'eslint-suppressions.json'))).toEqual({
      'leak.js': { 'pool/require-release': { count: 1 } },
      'unbounded.js': { 'pool/require-timeouts': { count: 1 } },
    });
    expect(lint(project).status).toBe(0);
    writeFiles(project.folder, { 'leak.js': leak + leak.replace('countUsers', 'other').replace(/^import.*/, '') });
    expect(lint(project).status).toBe(1);
    expect(collectFound(project)).toEqual([...found, 'leak.js:12 pool/require-release']);
  });

  it('are pruned when something is repaired', () => {
    const project = create({ 'leak.js': leak });
    shell(project, suppress);
    writeFiles(project.folder, { 'leak.js': clean });
    const { status, stderr } = lint(project);
    expect(stderr).toContain('There are suppressions left');
    expect(status).toBe(2);
    expect(shell(project, prune).status).toBe(0);
    expect(JSON.parse(read(project, 'eslint-suppressions.json'))).toEqual({});
    expect(lint(project).status).toBe(0);
  });
});

describe('speed', () => {
  const command = lineOf(recipes, 'Speed');
  const debug = { DEBUG: 'eslint:*' };
  const linted = ({ stderr }: Run): string[] =>
    [...stderr.matchAll(/File "(\S+)" linted in/g)].map(([, file = '']) => path.basename(file)).sort();

  it('a second run lints nothing, and says the same', () => {
    const project = create({ 'leak.js': leak });
    const first = shell(project, command, debug);
    expect(linted(first)).toEqual(['db.js', 'eslint.config.js', 'leak.js']);
    expect(exists(project, '.eslintcache')).toBe(true);
    const second = shell(project, command, debug);
    expect(linted(second)).toEqual([]);
    expect(second.stdout).toBe(first.stdout);
    expect([first.status, second.status]).toEqual([1, 1]);
  });

  it('a changed date lints nothing, a changed text its file', () => {
    const project = create({ 'leak.js': leak });
    shell(project, command);
    fs.utimesSync(path.join(project.folder, 'db.js'), new Date(0), new Date(0));
    writeFiles(project.folder, { 'leak.js': clean });
    const second = shell(project, command, debug);
    expect(linted(second)).toEqual(['leak.js']);
    expect(second.status).toBe(0);
  });

  it('a changed policy lints every file', () => {
    const project = create({ 'clean.js': clean });
    expect(shell(project, command).status).toBe(0);
    writeFiles(project.folder, policyOf(20));
    const second = shell(project, command, debug);
    expect(linted(second)).toEqual(['clean.js', 'db.js', 'eslint.config.js']);
    expect(second.stdout).toContain('the policy allows 20');
  });

  it('threads say the same', () => {
    const project = create({ 'leak.js': leak, 'unbounded.js': unbounded, 'handler.js': handler, ...policyOf(20) });
    expect(command).toContain('--concurrency auto');
    const { stdout, stderr } = shell(project, 'npx eslint . --format json --concurrency 2', debug);
    expect(stderr).toContain('2 worker thread');
    expect(stdout).toBe(shell(project, 'npx eslint . --format json').stdout);
    expect(collectReports(project, stdout)).toHaveLength(4);
  });
});

describe('monorepos', () => {
  const member = (name: string, files: Files): Files => {
    const manifest = { name, version: '1.0.0', type: 'module', scripts: { lint: 'eslint .' } };
    const all: Files = { ...base, ...files, 'package.json': JSON.stringify(manifest) };
    return Object.fromEntries(Object.entries(all).map(([file, text]) => [`packages/${name}/${file}`, text]));
  };
  const create = (): Project =>
    createProject(host, `p${(count += 1)}`, {
      'package.json': JSON.stringify({ private: true, packageManager: 'npm@11.0.0', workspaces: ['packages/*'] }),
      'pool-policy.json': '{}',
      'turbo.json': findBlock(recipes, 'Monorepos', 'json'),
      'nx.json': findBlock(recipes, 'Monorepos', 'json', 1),
      '.gitignore': '.nx\n',
      ...member('shop', policyOf(30)),
      ...member('stock', policyOf(20)),
    });

  it('each package keeps to its own policy', () => {
    const { stdout, status } = shell(create(), lineOf(recipes, 'Monorepos'));
    expect([...stdout.matchAll(/allows (\d+)/g)].map(([, max]) => max)).toEqual(['20']);
    expect(stdout).toMatch(/packages\/stock\/db\.js\n +3:/);
    expect(status).not.toBe(0);
  });

  /** What Turborepo would look up in its cache. */
  function hash(project: Project): Record<string, string> {
    const { stdout } = shell(project, 'npx turbo run lint --dry=json', { TURBO_TELEMETRY_DISABLED: '1' });
    const { tasks } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { tasks: { taskId: string; hash: string }[] };
    return Object.fromEntries(tasks.map((task) => [task.taskId, task.hash]));
  }

  it('Turborepo runs again what a policy is about', () => {
    const project = create();
    npm(project.folder, 'install', '--package-lock-only', '--ignore-scripts', '--prefer-offline');
    git(project, 'init', '--quiet');
    const first = hash(project);
    expect(Object.keys(first)).toEqual(['shop#lint', 'stock#lint']);
    expect(hash(project)).toEqual(first);
    writeFiles(project.folder, { 'packages/stock/pool-policy.json': '{}' });
    const second = hash(project);
    expect(second).toEqual({
      'shop#lint': first['shop#lint'],
      'stock#lint': expect.not.stringMatching(`^${first['stock#lint']}$`),
    });
    writeFiles(project.folder, { 'pool-policy.json': '{ "version": 1 }' });
    const third = hash(project);
    expect(Object.keys(third).filter((task) => third[task] === second[task])).toEqual([]);
  });

  it('Nx runs again what a policy is about', () => {
    const project = create();
    const stock = 'packages/stock/pool-policy.json';
    // It keeps only what passed.
    writeFiles(project.folder, { [stock]: read(project, 'packages/shop/pool-policy.json') });
    npm(project.folder, 'install', '--package-lock-only', '--ignore-scripts', '--prefer-offline');
    git(project, 'init', '--quiet');
    const env = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };
    const run = (): string => shell(project, 'npx nx run-many -t lint', env).stdout;
    const hits = (): string => /\d\/\d hit/.exec(run())?.[0] ?? run();
    expect([hits(), hits()]).toEqual(['0/2 hit', '2/2 hit']);
    writeFiles(project.folder, { [stock]: '{ "perProcess": { "max": 31 } }' });
    expect(hits()).toBe('1/2 hit');
    writeFiles(project.folder, { 'pool-policy.json': '{ "version": 1 }' });
    expect(hits()).toBe('0/2 hit');
  });
});

describe('lint-staged', () => {
  const stage = (files: Files): Project => {
    const manifest = { type: 'module', ...(JSON.parse(findBlock(recipes, 'Before a commit', 'json')) as object) };
    const project = create({ 'package.json': JSON.stringify(manifest) });
    git(project, 'init', '--quiet');
    git(project, 'add', '.');
    git(project, 'commit', '--quiet', '--message', 'first');
    writeFiles(project.folder, files);
    git(project, 'add', '.');
    return project;
  };
  const command = lineOf(recipes, 'Before a commit');

  it('adds what is repaired to the commit', () => {
    const project = stage({ 'leak.js': leak });
    expect(shell(project, command).status).toBe(0);
    expect(git(project, 'show', ':leak.js')).toMatch(/finally \{\s*client\.release\(\);/);
  });

  it('stops a commit that cannot be repaired', () => {
    const begin = `${clean}export const begin = () => pool.query('BEGIN');\n`;
    const project = stage({ 'begin.js': begin });
    const { status, stdout, stderr } = shell(project, command);
    expect(stdout + stderr).toContain('pool/no-transaction-on-pool');
    expect(status).toBe(1);
  });
});

it('Oxlint fails before ESLint is started', () => {
  const project = create({ 'leak.js': leak, '.oxlintrc.json': findBlock(guide, 'Oxlint', 'json') });
  const command = lineOf(recipes, 'Oxlint');
  const first = shell(project, command);
  expect(first.stdout).toContain('pool(require-release)');
  expect({ status: first.status, started: exists(project, '.eslintcache') }).toEqual({ status: 1, started: false });
  const annotated = shell(project, command, { GITHUB_ACTIONS: 'true' });
  expect(annotated.stdout).toMatch(/^::error file=leak\.js,line=4,/m);
  writeFiles(project.folder, { 'leak.js': clean, 'db.js': db.replace('30', '25') });
  const second = shell(project, command);
  expect({ status: second.status, started: exists(project, '.eslintcache') }).toEqual({ status: 0, started: true });
});

it('every package that a page installs is one that is tested', () => {
  const installs = [recipes, guide, steps].flat().flatMap(({ code }) => code.match(/^npm install .*$/gm) ?? []);
  const names = installs.flatMap((line) => line.split(' ').slice(2)).filter((name) => !name.startsWith('-'));
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => name !== 'eslint-plugin-pool' && !(name in packages))).toEqual([]);
});

it('adoption repairs a legacy codebase step by step', () => {
  const unheard = unbounded.split('\n').slice(0, 3).join('\n').replace(' 0', ' 5000');
  const project = create({ 'leak.js': leak, 'handler.js': handler, 'unbounded.js': unbounded, 'unheard.js': unheard });
  git(project, 'init', '--quiet');
  const known = (): string[] => Object.keys(JSON.parse(read(project, 'eslint-suppressions.json')) as object).sort();

  expect(shell(project, lineOf(steps, '1.')).status).toBe(1);
  const before = collectFound(project);
  expect(before).toEqual([
    'handler.js:6 pool/no-pool-in-handler',
    'leak.js:4 pool/require-release',
    'unbounded.js:3 pool/require-timeouts',
    'unheard.js:3 pool/require-error-listener',
  ]);

  for (const index of [0, 1]) expect(shell(project, lineOf(steps, '2.', index)).status).toBe(0);
  expect(git(project, 'diff', '--cached', '--name-only')).toBe('eslint-suppressions.json\n');
  expect(known()).toEqual(['handler.js', 'leak.js', 'unbounded.js', 'unheard.js']);
  expect(lint(project).status).toBe(0);

  const repair = lineOf(steps, '3.', 0);
  const prune = lineOf(steps, '3.', 1);
  shell(project, repair);
  expect(shell(project, prune).status).toBe(0);
  expect(read(project, 'leak.js')).toContain('finally');
  expect(read(project, 'handler.js')).toBe(handler);
  expect(known()).toEqual(['handler.js', 'unbounded.js', 'unheard.js']);

  shell(project, repair.replace(/ --rule .*/, ''));
  expect(shell(project, prune).status).toBe(0);
  expect(read(project, 'unbounded.js')).toBe(unbounded);
  expect(known()).toEqual(['unbounded.js', 'unheard.js']);

  shell(project, repair.replace(/ --rule .*/, '').replace('problem', 'suggestion'));
  expect(shell(project, prune).status).toBe(0);
  // What needs somebody's eye waits in the list.
  expect(known()).toEqual(['unheard.js']);
  expect(lint(project)).toEqual({ status: 0, stdout: '', stderr: '' });
});

it('the guide goes from the first run to a guarded process', () => {
  const project = createProject(host, 'guide', {
    'package.json': '{"type":"module"}',
    'eslint.config.mjs': findBlock(guide, 'JavaScript', 'js'),
    'src/users.js': findBlock(guide, 'First run', 'js'),
  });
  const shown = (text: string): string => text.replaceAll(`${project.folder}/`, '').trim();
  const run = shell(project, lineOf(guide, 'First run'));
  expect(shown(run.stdout)).toBe(findBlock(guide, 'First run', 'text').trim());
  expect(run.status).toBe(1);

  expect(shell(project, lineOf(guide, 'Fix')).status).toBe(0);
  expect(read(project, 'src/users.js')).toContain(findBlock(guide, 'Fix', 'js'));

  writeFiles(project.folder, {
    'pool-policy.json': findBlock(guide, 'Policy', 'json'),
    'eslint.config.mjs': findBlock(guide, 'Policy', 'js'),
  });
  const stated = shell(project, lineOf(guide, 'First run'));
  expect(shown(stated.stdout)).toContain(findBlock(guide, 'Policy', 'text').trim());

  // The driver is not there: only that the pools of the program would be guarded is looked at.
  writeFiles(project.folder, { 'src/users.js': 'console.log(1);' });
  expect(shell(project, lineOf(guide, 'Runtime'))).toEqual({
    status: 0,
    stdout: '1\n',
    stderr: '[pool] pools are guarded (observe) by pool-policy.json.\n',
  });
});

it('no command of these pages is left out', () => {
  const lines = [recipes, guide, steps].flatMap((page) => collectLines(page));
  expect(lines.filter((line) => !taken.has(line))).toEqual([]);
});
