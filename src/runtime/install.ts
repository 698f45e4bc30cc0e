import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import type { Adapter } from './adapter.ts';
import { adapters } from './drivers/index.ts';
import { installHooks } from './hooks/index.ts';
import { watchRequests } from './request.ts';
import { startLine } from './settings.ts';
import { watchShutdown } from './shutdown.ts';
import { noteGuarded, reportRefused, watchUnguarded } from './watch/unguarded.ts';
import { isFirst, settings, world } from './world.ts';

/**
 * Guards every supported driver that is loaded from here on, and those that are loaded already: what
 * `--import eslint-plugin-pool/register` does.
 * @throws PolicyError under `POOL_MODE=strict`, when the policy is wrong
 */
export function register(): void {
  start();
  watchUnguarded(adapters.flatMap(({ entries }) => Object.keys(entries)));
  installHooks({
    adapters,
    onPatched: (_driver, file) => noteGuarded(file),
    onRefused: (driver, file, why) => reportRefused(driver, `${why} (${file})`),
  });
}

/**
 * Guards the pools that are built with this module: `install(require('pg'))`, for test runners and bundles, in which no hook
 * sees how a driver is loaded.
 * @param module what `require` or `import` of the driver gives
 * @throws TypeError when it is no driver that can be guarded
 */
export function install<Module extends object>(module: Module): Module {
  start();
  const candidates = [module, (module as { default?: unknown }).default].filter((one) => one !== undefined);
  if (!adapters.some((adapter) => candidates.some((one) => isInstalled(adapter, one)))) throw new TypeError(UNKNOWN);
  return module;
}

const names = adapters.map(({ driver }) => driver).join(', ');
const UNKNOWN = `install: this is no driver that can be guarded. Give it what \`require\` gives of one of: ${names}.`;

function isInstalled(adapter: Adapter, exports: unknown): boolean {
  if (!adapter.recognizes(exports)) return false;
  const why = adapter.patch(exports);
  if (why !== undefined) reportRefused(adapter.driver, why);
  return true;
}

/**
 * Once for the process: the policy is read and checked, and one line says which it is.
 * @param isTest the line is only said of a mistake: runners have many processes and threads
 * @throws PolicyError under `POOL_MODE=strict`, when the policy is wrong
 */
export function start(isTest = false): void {
  if (!isFirst('start')) return;
  const read = settings();
  watchRequests();
  watchShutdown();
  const { file, mistake, policy } = read;
  if (isSaidAlready() || (isTest && !mistake)) return;
  const data = { file, mode: policy.runtime?.mode ?? 'observe', mistake: mistake?.message };
  world.reporter.emit({ type: 'start', message: startLine(read), pool: undefined, data });
}

/** Worker threads inherit the hooks, and a world of their own with them: one line is enough for the process. */
function isSaidAlready(): boolean {
  const key = 'eslint-plugin-pool:started';
  if (getEnvironmentData(key) !== undefined) return true;
  setEnvironmentData(key, true);
  return false;
}
