import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The compiled runtime, and copies of drivers with it and without. */

const root = path.join(import.meta.dirname, '../..');
const dist = path.join(root, 'dist/src');
const require = createRequire(import.meta.url);

export function demandDist() {
  if (fs.existsSync(path.join(dist, 'runtime/world.js'))) return;
  console.error('There is no dist/src/runtime: run `npm run build` first.');
  process.exit(2);
}

/** A module of the runtime by its path below `src`: `runtime/world.js`. */
export const load = (file) => import(pathToFileURL(path.join(dist, file)).href);

/** Every time stated, so that `enforce` does all it can. */
export const POLICY = {
  perProcess: { max: 10, queue: 1000 },
  timeouts: {
    acquireMs: 5000,
    connectMs: 5000,
    idleMs: 30_000,
    statementMs: 30_000,
    lifetimeMs: 1_800_000,
    holdMs: 60_000,
  },
};

/** The world of this process, silent and with a policy of ours whatever the environment says. */
export async function startWorld({ mode = 'observe', stacks = 'budget' } = {}) {
  const { world } = await load('runtime/world.js');
  const policy = mode === 'observe' ? {} : { ...POLICY, runtime: { mode } };
  world.settings = { policy, file: undefined, log: 'off', mistake: undefined };
  world.reporter.log = 'off';
  world.stacks.when = stacks;
  return world;
}

/** The exports of the first of these packages, loaded anew. */
export function freshCopy(packages) {
  const folders = packages.map((name) => `${path.sep}node_modules${path.sep}${name}${path.sep}`);
  for (const file of Object.keys(require.cache)) {
    if (folders.some((folder) => file.includes(folder))) delete require.cache[file];
  }
  return require(packages[0]);
}

/** A copy that the runtime guards; undefined where it has no adapter. */
export async function guardedCopy({ driver, packages, wrap }) {
  const { adapters } = await load('runtime/drivers/index.js');
  const adapter = adapters.find((one) => one.driver === driver);
  if (!adapter) return undefined;
  const exports = freshCopy(packages);
  if (wrap) return wrap(adapter, exports);
  const why = adapter.patch(exports);
  if (why !== undefined) throw new Error(`${driver} is not guarded: ${why}.`);
  return exports;
}
