import { execFile } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createFolder, npm, pack, root, writeFiles } from './app.ts';

/**
 * The ways in which an application comes to its driver, on each major of Node that is supported, with the packed tarball
 * installed. A cell is a process of its own; it prints what became of the pool that it built.
 */

/** All that is installed; a driver of another version may have other files. */
const packages = {
  node20: 'npm:node@20.19.0',
  node22: 'npm:node@22.23.3',
  node24: 'npm:node@24.21.0',
  pg: '8.23.1',
  'pg-pool': '3.14.0',
  postgres: '3.4.9',
  tsx: '4.23.15',
  jest: '30.5.2',
  vitest: '4.1.12',
  esbuild: '0.28.2',
  'import-in-the-middle': '3.6.0',
};

const policy = { version: 1, perProcess: { max: 10 }, runtime: { mode: 'enforce' } };

interface Found {
  /** Of 50 that were asked for. */
  readonly max: number;
  /** In their order, each with the line that it names: where the pool was built, or a connection taken. */
  readonly reports: readonly string[];
}

const yes: Found = { max: 10, reports: ['pool/no-unbounded-pool build', 'pool/no-double-release take'] };
/** No class of the driver's own is seen that builds it: it is looked at when it is first used. */
const direct: Found = { max: 10, reports: ['pool/no-unbounded-pool', 'pool/no-double-release take'] };
/** What a stand-in for an adapter does; it reports nothing. */
const marked: Found = { max: 10, reports: [] };

/** Not by these hooks, which is documented; its connection is noticed all the same. */
const noticed: Found = { max: 50, reports: ['runtime/unguarded elsewhere'] };
/** The connection of a driver that nobody patched is named. */
const told: Found = { max: 50, reports: ['runtime/unguarded take'] };
const no: Found = { max: 50, reports: [] };

type Row = readonly [way: string, command: string, node20: Found, node22: Found, node24: Found];

const preload = '--import eslint-plugin-pool/register';
const required = '-r eslint-plugin-pool/register';
const marks = '--import ./marks.mjs';
const tsx = 'node_modules/tsx/dist/cli.mjs';
const jest = 'node_modules/jest/bin/jest.js --config jest';
const vitest = 'node_modules/vitest/vitest.mjs run --config vitest';

const table: readonly Row[] = [
  ['CommonJS: pg', `${preload} require-pg.cjs`, yes, yes, yes],
  ['CommonJS: pg, -r', `${required} require-pg.cjs`, yes, yes, yes],
  ['CommonJS: pg-pool', `${preload} require-pg-pool.cjs`, direct, direct, direct],
  ['CommonJS: pg-pool, -r', `${required} require-pg-pool.cjs`, direct, direct, direct],
  ['ESM: by name', `${preload} named.mjs`, yes, yes, yes],
  ['ESM: by name, -r', `${required} named.mjs`, yes, yes, yes],
  ['ESM: default', `${preload} default.mjs`, yes, yes, yes],
  ['ESM: default, -r', `${required} default.mjs`, yes, yes, yes],
  ['ESM: pg-pool', `${preload} import-pg-pool.mjs`, direct, direct, direct],
  ['ESM: import()', `${preload} dynamic.mjs`, yes, yes, yes],
  ['copies: nested and behind links', `${preload} copies.cjs`, yes, yes, yes],
  ['loaded before the hooks', 'late.cjs', yes, yes, yes],
  ['builtin module', `${marks} http.mjs`, marked, marked, marked],
  ['worker thread', `${preload} worker.mjs`, yes, yes, yes],
  ['worker thread, -r', `${required} worker.mjs`, yes, yes, yes],
  ['cluster', `${preload} cluster.mjs`, yes, yes, yes],
  ['cluster, -r', `${required} cluster.mjs`, yes, yes, yes],

  ['tsx, after: .ts', `${preload} --import tsx typed.ts`, yes, yes, yes],
  ['tsx, after: .mts', `${preload} --import tsx typed.mts`, yes, yes, yes],
  ['tsx, before: .ts', `--import tsx ${preload} typed.ts`, yes, yes, yes],
  ['tsx, before: .mts', `--import tsx ${preload} typed.mts`, yes, yes, yes],
  ['tsx, its own command: .ts', `${tsx} ${preload} typed.ts`, yes, yes, yes],
  ['tsx, its own command: .mts', `${tsx} ${preload} typed.mts`, yes, yes, yes],

  // The source of an ES module can be reached through `module.registerHooks` only, which came with Node 22.15.
  ['CommonJS: postgres', `${marks} postgres.cjs`, marked, marked, marked],
  ['ESM: postgres', `${marks} postgres.mjs`, no, marked, marked],
  ['ESM: postgres, -r', '-r ./marks.mjs postgres.mjs', no, marked, marked],
  ['tracing, ESM: pg', `--import ./tracing.mjs ${preload} named.mjs`, yes, yes, yes],
  ['tracing, ESM: postgres', `--import ./tracing.mjs ${marks} postgres.mjs`, no, marked, marked],

  // Where another loader gives the text, Node compiles it by itself; what it compiles is reached through those hooks too.
  ['foreign loader, CommonJS', `--import ./foreign.mjs ${preload} require-pg.cjs`, told, yes, yes],
  ['foreign loader, ESM', `${preload} --import ./foreign.mjs named.mjs`, told, yes, yes],

  // No module of the driver is left in a bundle.
  ['bundle', `${preload} bundle.cjs`, noticed, noticed, noticed],

  // Test runners load modules by themselves, in a realm of their own; in its `vm` pools Vitest does, too.
  ['jest, preload alone', `${preload} ${jest}/probe.config.js`, yes, yes, yes],
  ['vitest, preload alone', `${vitest}/probe.config.mjs`, yes, yes, yes],
  ['vitest, preload alone, vmThreads', `${vitest}/probe.config.mjs --pool vmThreads`, told, told, told],
];

/** Test runs with the set-up file of the documentation; each test is run so many times. */
const runs = [
  ['jest', `${jest}/leaks.config.js --json --maxWorkers 2`, 1],
  ['jest, install', `${jest}/install.config.js --json --runInBand`, 1],
  ['vitest: forks, threads with and without isolation, vmThreads', `${vitest}/leaks.config.mjs --reporter json`, 4],
] as const;

const nodes = ['node20', 'node22', 'node24'] as const;
const cells = table.flatMap(([way, command, ...found]) =>
  nodes.map((node, index) => [way, node, command, found[index]] as const),
);
const testRuns = runs.flatMap(([way, ...run]) => nodes.map((node) => [way, node, ...run] as const));

let app = '';
/** With nothing but our package in it, and no policy above it. */
let bare = '';

/** Where the probes connect: it says nothing. Whoever listens there already does as well. */
const silent = net
  .createServer()
  .unref()
  .on('error', () => {});

beforeAll(() => {
  silent.listen(6432, '127.0.0.1');
  app = createFolder('hooks');
  bare = createFolder('bare');
  fs.cpSync(path.join(root, 'test/e2e/fixtures/hooks'), app, { recursive: true });
  writeFiles(app, { 'pool-policy.json': JSON.stringify(policy) });
  fs.copyFileSync(path.join(app, 'empty.cjs'), path.join(bare, 'empty.cjs'));
  const own = { 'eslint-plugin-pool': `file:${pack(app)}` };
  installAll(bare, own);
  installAll(app, { ...packages, ...own });
  copyPackages();
  const bundling = 'esbuild require-pg.cjs --bundle --platform=node --external:pg-native --outfile=bundle.cjs';
  npm(app, 'exec', '--', ...bundling.split(' '));
});

afterAll(() => {
  silent.close();
  for (const folder of [app, bare]) fs.rmSync(folder, { recursive: true, force: true });
});

function installAll(folder: string, dependencies: Readonly<Record<string, string>>): void {
  const manifest = { private: true, dependencies, allowScripts: { node: true, esbuild: true } };
  writeFiles(folder, { 'package.json': JSON.stringify(manifest) });
  npm(folder, 'install', '--prefer-offline', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel', 'error');
}

/** Second copies as npm nests them, third ones as pnpm stores them, and one of another format of ourselves. */
function copyPackages(): void {
  const store = path.join(app, 'store/node_modules');
  for (const name of ['pg', 'pg-pool', 'eslint-plugin-pool']) {
    const original = path.join(app, 'node_modules', name);
    fs.cpSync(original, path.join(app, 'nested/node_modules', name), { recursive: true });
    fs.cpSync(original, path.join(store, `.pnpm/${name}@1/node_modules`, name), { recursive: true });
  }
  fs.symlinkSync('../../pg-pool@1/node_modules/pg-pool', path.join(store, '.pnpm/pg@1/node_modules/pg-pool'));
  fs.symlinkSync('.pnpm/pg@1/node_modules/pg', path.join(store, 'pg'));
  const world = path.join(
    store,
    '.pnpm/eslint-plugin-pool@1/node_modules/eslint-plugin-pool/dist/src/runtime/world.js',
  );
  const source = fs.readFileSync(world, 'utf8');
  const next = source.replace('const FORMAT = 1;', 'const FORMAT = 2;');
  if (next === source) throw new Error('The format of the runtime is written in another way.');
  fs.writeFileSync(world, next);
}

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function runNode(node: string, command: string, env: NodeJS.ProcessEnv = {}, cwd = app): Promise<Ran> {
  const { PATH, HOME } = process.env;
  const options = { cwd, env: { PATH, HOME, ...env }, timeout: 60_000 };
  return new Promise((resolve) => {
    const executable = path.join(app, 'node_modules', node, 'bin/node');
    execFile(executable, command.split(' '), options, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}

/** What a cell printed, each different thing once; all of its output where it failed, for whoever reads the failure. */
function foundBy({ status, stdout, stderr }: Ran): unknown {
  const lines = new Set(stdout.match(/^\{"max".*\}$/gm));
  return status === 0 && lines.size > 0 ? [...lines].map((line) => JSON.parse(line) as unknown) : stdout + stderr;
}

describe.concurrent('a driver is guarded, or not, as documented', () => {
  it.for(cells)('%s: %s', async ([, node, command, expected], { expect }) => {
    expect(foundBy(await runNode(node, command))).toEqual([expected]);
  });
});

interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly failureMessages: readonly string[] }[];
  }[];
}

/** Each test with what it failed for: the source of the line that is named, or all that it says. */
function failuresIn({ stdout, stderr }: Ran): (readonly [title: string, failure: string])[] {
  const json = /^\{"num.*\}$/m.exec(stdout)?.[0];
  if (json === undefined) throw new Error(stdout + stderr);
  const { testResults } = JSON.parse(json) as Results;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return tests.map(({ title, failureMessages }) => [title, lineNamedIn(failureMessages.join('\n'))] as const).sort();
}

function lineNamedIn(message: string): string {
  const [, file = '', line] = /checked out at (\S+):(\d+):\d+/.exec(message) ?? [];
  return file === '' ? message : (fs.readFileSync(path.join(app, file), 'utf8').split('\n')[Number(line) - 1] ?? '');
}

/** A test's title begins with the name of its file; one that leaks has it on the line that does. */
const failureOf = (title: string): string => (title.includes('leaks') ? `  await pool.connect(); // ${title}` : '');

const inEachFile = ['is limited', 'leaks', 'gives back', 'gives back soon'];
const ofFiles = ['first', 'second'].flatMap((file) => inEachFile.map((title) => `${file}: ${title}`));
const ofJest = ['reset: leaks', 'reset: leaks in isolation', 'reset: gives back', 'mocked: stays a mock'];

describe.concurrent('a test that leaks fails with the line, and no other', () => {
  it.for(testRuns)('%s: %s', async ([way, node, command, times], { expect }) => {
    const titles = way.startsWith('jest') ? [...ofFiles, ...ofJest] : ofFiles;
    const expected = titles.flatMap((title) => Array.from({ length: times }, () => [title, failureOf(title)]));
    const ran = await runNode(node, command);
    expect(failuresIn(ran)).toEqual(expected.sort());
    expect(ran.stdout + ran.stderr).not.toContain('pools are guarded');
  });
});

const runtime = 'eslint-plugin-pool/dist/src/runtime/index.js';
const START = '[pool] pools are guarded (enforce) by pool-policy.json.\n';

describe.concurrent.for(nodes)('a process says once what it does: %s', (node) => {
  it.for([
    ['preload', `${preload} empty.cjs`],
    ['preload, -r', `${required} empty.cjs`],
    ['preload, both', `${required} ${preload} empty.cjs`],
    ['preload, worker threads', `${preload} empty-worker.cjs`],
    ['preload, worker threads, -r', `${required} empty-worker.cjs`],
  ])('%s', async ([, command = ''], { expect }) => {
    const { status, stderr, stdout } = await runNode(node, command);
    expect({ status, stderr, said: new Set(stdout.split('\n')) }).toEqual({
      status: 0,
      stderr: START,
      said: new Set(['runs', '']),
    });
  });

  it('without a policy', async ({ expect }) => {
    const ran = await runNode(node, `${preload} empty.cjs`, {}, bare);
    const stderr = '[pool] pools are guarded (observe); there is no pool-policy.json, so nothing is clamped.\n';
    expect(ran).toEqual({ status: 0, stdout: 'runs\n', stderr });
  });

  it('as lines of JSON under POOL_LOG=json', async ({ expect }) => {
    const { stderr } = await runNode(node, `${preload} require-pg.cjs`, { POOL_LOG: 'json' });
    const types = stderr.split('\n').map((line) => (line === '' ? '' : (JSON.parse(line) as { type: string }).type));
    expect(types).toEqual(['start', 'violation', 'pool-clamp', 'violation', '']);
  });

  it('nothing under POOL_LOG=off, and guards', async ({ expect }) => {
    const ran = await runNode(node, `${preload} require-pg.cjs`, { POOL_LOG: 'off' });
    expect({ stderr: ran.stderr, found: foundBy(ran) }).toEqual({ stderr: '', found: [yes] });
  });

  it('with a wrong policy, what is wrong, and the application runs', async ({ expect }) => {
    const { status, stderr, stdout } = await runNode(node, `${preload} empty.cjs`, {
      POOL_POLICY: 'wrong-policy.json',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'runs\n' });
    expect(stderr).toMatch(/^\[pool\] [^\n]*without a policy: [^\n]*wrong-policy\.json[^\n]*perProcess\.max[^\n]*\n$/);
  });

  it('with a wrong policy under POOL_MODE=strict, the application does not run', async ({ expect }) => {
    const env = { POOL_POLICY: 'wrong-policy.json', POOL_MODE: 'strict' };
    const { status, stderr, stdout } = await runNode(node, `${preload} empty.cjs`, env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^PolicyError: .*wrong-policy\.json/m);
  });

  it('nothing when only the runtime is imported, which loads no driver and patches nothing', async ({ expect }) => {
    const ran = await runNode(node, 'import-runtime.cjs');
    const stdout = `${JSON.stringify({ isSame: true, marks: [] })}\n`;
    expect(ran).toEqual({ status: 0, stderr: '', stdout });
  });

  it('with two copies of this package, as with one', async ({ expect }) => {
    const ran = await runNode(node, `${preload} twice.mjs ./nested/node_modules/${runtime}`);
    expect(foundBy(ran)).toEqual([yes]);
    expect(ran.stderr.split('\n').filter((line) => line.startsWith(START.trim()))).toHaveLength(1);
    expect(ran.stderr).not.toContain('POOL_TWICE');
  });

  it('with a copy of another version, that there are two', async ({ expect }) => {
    const other = `./store/node_modules/.pnpm/eslint-plugin-pool@1/node_modules/${runtime}`;
    const ran = await runNode(node, `${preload} twice.mjs ${other}`);
    expect(foundBy(ran)).toEqual([yes]);
    expect(ran.stderr.split('\n').filter((line) => line.startsWith(START.trim()))).toHaveLength(1);
    expect(ran.stderr).toContain('[POOL_TWICE]');
  });
});

describe('a project that installs the package', () => {
  it('has no other one for it', ({ expect }) => {
    const listed = npm(bare, 'ls', '--omit=dev', '--all', '--parseable').trim().split('\n');
    expect(listed).toEqual([bare, path.join(bare, 'node_modules/eslint-plugin-pool')]);
  });
});
