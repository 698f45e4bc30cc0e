import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createFolder, npm, pack, root } from './app.ts';

/**
 * The ways in which an application comes to its driver, on each major of Node that is supported. A cell is a process of its
 * own in an installed application; it prints what it found of the driver that it was given.
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

interface Found {
  /** The driver's prototype, or the function that it exports, is the guard's. */
  readonly patched: boolean;
  /** What was asked of the driver went through the guard. */
  readonly guarded: boolean;
  /** The connection was seen, whoever opened it. */
  readonly seen: boolean;
}

const yes: Found = { patched: true, guarded: true, seen: true };

/** Not by these hooks, which is documented; the connection is seen all the same. */
const no: Found = { patched: false, guarded: false, seen: true };
const blind: Found = { ...no, seen: false };

type Row = readonly [way: string, command: string, node20: Found, node22: Found, node24: Found];

const tsx = 'node_modules/tsx/dist/cli.mjs';
const jest = 'node_modules/jest/bin/jest.js --runInBand --config';
const vitest = 'node_modules/vitest/vitest.mjs run --config';

const table: readonly Row[] = [
  ['CommonJS: pg', '--import ./register.mjs require-pg.cjs', yes, yes, yes],
  ['CommonJS: pg, -r', '-r ./register.mjs require-pg.cjs', yes, yes, yes],
  ['CommonJS: pg-pool', '--import ./register.mjs require-pg-pool.cjs', yes, yes, yes],
  ['CommonJS: pg-pool, -r', '-r ./register.mjs require-pg-pool.cjs', yes, yes, yes],
  ['ESM: by name', '--import ./register.mjs named.mjs', yes, yes, yes],
  ['ESM: by name, -r', '-r ./register.mjs named.mjs', yes, yes, yes],
  ['ESM: default', '--import ./register.mjs default.mjs', yes, yes, yes],
  ['ESM: default, -r', '-r ./register.mjs default.mjs', yes, yes, yes],
  ['ESM: pg-pool', '--import ./register.mjs import-pg-pool.mjs', yes, yes, yes],
  ['ESM: import()', '--import ./register.mjs dynamic.mjs', yes, yes, yes],
  ['copies: nested and behind links', '--import ./register.mjs copies.cjs', yes, yes, yes],
  ['loaded before the hooks', 'late.cjs', yes, yes, yes],
  ['builtin module', '--import ./register.mjs http.mjs', yes, yes, yes],
  ['worker thread', '--import ./register.mjs worker.mjs', yes, yes, yes],
  ['worker thread, -r', '-r ./register.mjs worker.mjs', yes, yes, yes],
  ['cluster', '--import ./register.mjs cluster.mjs', yes, yes, yes],
  ['cluster, -r', '-r ./register.mjs cluster.mjs', yes, yes, yes],

  ['tsx, after: .ts', '--import ./register.mjs --import tsx typed.ts', yes, yes, yes],
  ['tsx, after: .mts', '--import ./register.mjs --import tsx typed.mts', yes, yes, yes],
  ['tsx, before: .ts', '--import tsx --import ./register.mjs typed.ts', yes, yes, yes],
  ['tsx, before: .mts', '--import tsx --import ./register.mjs typed.mts', yes, yes, yes],
  ['tsx, its own command: .ts', `${tsx} --import ./register.mjs typed.ts`, yes, yes, yes],
  ['tsx, its own command: .mts', `${tsx} --import ./register.mjs typed.mts`, yes, yes, yes],

  // The source of an ES module can be reached through `module.registerHooks` only, which came with Node 22.15.
  ['CommonJS: postgres', '--import ./register.mjs postgres.cjs', yes, yes, yes],
  ['ESM: postgres', '--import ./register.mjs postgres.mjs', no, yes, yes],
  ['ESM: postgres, -r', '-r ./register.mjs postgres.mjs', no, yes, yes],
  ['tracing, ESM: pg', '--import ./tracing.mjs --import ./register.mjs named.mjs', yes, yes, yes],
  ['tracing, ESM: postgres', '--import ./tracing.mjs --import ./register.mjs postgres.mjs', no, yes, yes],

  // Where another loader gives the text, Node compiles it by itself; what it compiles is reached through those hooks too.
  ['foreign loader, CommonJS', '--import ./foreign.mjs --import ./register.mjs require-pg.cjs', no, yes, yes],
  ['foreign loader, ESM', '--import ./register.mjs --import ./foreign.mjs named.mjs', no, yes, yes],

  // No module of the driver is left in a bundle.
  ['bundle', '--import ./register.mjs bundle.cjs', no, no, no],

  // Jest loads modules by itself, in a realm of its own: only its set-up file is there.
  ['jest, set up', `${jest} jest-setup.config.cjs`, yes, yes, yes],
  ['jest, preload alone', `--import ./register.mjs ${jest} jest-bare.config.cjs`, blind, blind, blind],

  // In its `vm` pools Vitest does likewise, but with modules that can be hooked from inside.
  ['vitest, set up', `${vitest} vitest-setup.config.mjs`, yes, yes, yes],
  ['vitest, set up, threads', `${vitest} vitest-setup.config.mjs --pool threads`, yes, yes, yes],
  ['vitest, set up, vmThreads', `${vitest} vitest-setup.config.mjs --pool vmThreads`, yes, yes, yes],
  ['vitest, preload alone', `${vitest} vitest-preload.config.mjs`, yes, yes, yes],
  ['vitest, preload alone, vmThreads', `${vitest} vitest-preload.config.mjs --pool vmThreads`, blind, blind, blind],
];

const nodes = ['node20', 'node22', 'node24'] as const;
const cells = table.flatMap(([way, command, ...found]) =>
  nodes.map((node, index) => [way, node, command, found[index]] as const),
);

let app = '';

beforeAll(() => {
  app = createFolder('hooks');
  fs.cpSync(path.join(root, 'test/e2e/fixtures/hooks'), app, { recursive: true });
  const dependencies = { ...packages, 'eslint-plugin-pool': `file:${pack(app)}` };
  const manifest = { private: true, dependencies, allowScripts: { node: true, esbuild: true } };
  fs.writeFileSync(path.join(app, 'package.json'), JSON.stringify(manifest));
  npm(app, 'install', '--prefer-offline', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel', 'error');
  copyDrivers();
  const bundling = 'esbuild require-pg.cjs --bundle --platform=node --external:pg-native --outfile=bundle.cjs';
  npm(app, 'exec', '--', ...bundling.split(' '));
});

afterAll(() => fs.rmSync(app, { recursive: true, force: true }));

/** A second copy as npm nests it, and a third as pnpm stores it. */
function copyDrivers(): void {
  const store = path.join(app, 'store/node_modules');
  for (const name of ['pg', 'pg-pool']) {
    const original = path.join(app, 'node_modules', name);
    fs.cpSync(original, path.join(app, 'nested/node_modules', name), { recursive: true });
    fs.cpSync(original, path.join(store, `.pnpm/${name}@1/node_modules`, name), { recursive: true });
  }
  fs.symlinkSync('../../pg-pool@1/node_modules/pg-pool', path.join(store, '.pnpm/pg@1/node_modules/pg-pool'));
  fs.symlinkSync('.pnpm/pg@1/node_modules/pg', path.join(store, 'pg'));
}

/** What a cell printed, on the line that is JSON; else all of its output, for whoever reads the failure. */
async function runCell(node: string, command: string): Promise<unknown> {
  const { PATH, HOME } = process.env;
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: app, env: { PATH, HOME }, timeout: 60_000 };
    execFile(path.join(app, 'node_modules', node, 'bin/node'), command.split(' '), options, (error, stdout, stderr) =>
      resolve(error === null ? stdout : `${error.message}\n${stdout}\n${stderr}`),
    );
  });
  const line = /^\{"patched".*\}$/m.exec(output)?.[0];
  return line === undefined ? output : JSON.parse(line);
}

describe.concurrent('a driver is guarded, or not, as documented', () => {
  it.for(cells)('%s: %s', async ([, node, command, expected], context) => {
    context.expect(await runCell(node, command)).toEqual(expected);
  });
});
