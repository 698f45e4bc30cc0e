import { checkPolicy } from './policy/check.ts';
import type { Policy } from './policy/policy.ts';

export type { Policy };

/**
 * `settings.pool`: what the user tells about wrappers of their own. JSON only, because settings are part of ESLint's
 * cache key and cross worker boundaries. Validated once per settings object; a mistake is one sentence with its place.
 */
export interface PoolSettings {
  /** Values of the user's own modules that are pools or clients of a driver. */
  readonly pools?: readonly PoolSetting[];
  /** Own functions that hand out a connection: `getClient`. */
  readonly acquire?: readonly string[];
  /** Own functions that give a connection back: `returnClient(client)`. */
  readonly release?: readonly string[];
  /** Own functions that register request handlers: every function given to `defineRoute(fn)` runs per request. */
  readonly handlers?: readonly string[];
  /** The pool that repairs take connections from, in place of one they would build. */
  readonly sharedPool?: SharedPool;
  /** `structural`: repairs that write values or move construction become suggestions; `all` when left out. */
  readonly fixes?: 'all' | 'structural';
  /** What is allowed, as in `pool-policy.json`. */
  readonly policy?: Policy;
}

export interface SharedPool {
  /** What to write in the import: a package name, an alias (`@/db`), or a path from the project's root (`./src/db.js`). */
  readonly module: string;
  /** The exported name; `default` for the default export. */
  readonly export: string;
}

export interface PoolSetting {
  /** `**\/db` for a file by its path without extension, or a package name. */
  readonly module: string;
  /** The exported name; `default` for the default export. */
  readonly export: string;
  /** A driver's name, as in the list of drivers: `pg`. */
  readonly driver: string;
  /** The driver's kind of value; `pool` when left out. */
  readonly kind?: string;
}

const NONE: PoolSettings = {};
const valid = new WeakMap<object, PoolSettings>();

/**
 * The checked `settings.pool`.
 * @throws Error that names the key, what it holds, and what belongs there.
 */
export function readSettings(settings: unknown): PoolSettings {
  const pool = (settings as { pool?: unknown } | undefined)?.pool;
  if (pool === undefined) return NONE;
  if (!isObject(pool)) throw mistake('', pool, 'an object');
  const known = valid.get(pool);
  if (known) return known;
  for (const key of Object.keys(pool)) {
    if (!(key in CHECKS))
      throw new Error(`settings.pool.${key} is unknown. Known keys: ${Object.keys(CHECKS).join(', ')}.`);
    CHECKS[key]?.(pool[key]);
  }
  valid.set(pool, pool);
  return pool;
}

const CHECKS: Readonly<Record<string, (value: unknown) => void>> = {
  acquire: (value) => checkNames('acquire', value),
  fixes: checkFixes,
  handlers: (value) => checkNames('handlers', value),
  policy: (value) => checkPolicy(value, { root: 'settings.pool.policy', before: 'settings.pool.policy.' }),
  pools: checkPools,
  release: (value) => checkNames('release', value),
  sharedPool: checkSharedPool,
};

function checkFixes(value: unknown): void {
  if (value !== 'all' && value !== 'structural') throw mistake('.fixes', value, '"all" or "structural"');
}

function checkSharedPool(value: unknown): void {
  if (!isObject(value)) throw mistake('.sharedPool', value, 'an object { module, export }');
  for (const key of ['module', 'export']) {
    if (typeof value[key] !== 'string' || value[key] === '')
      throw mistake(`.sharedPool.${key}`, value[key], 'a string');
  }
  const extra = Object.keys(value).find((key) => key !== 'module' && key !== 'export');
  if (extra !== undefined) throw new Error(`settings.pool.sharedPool.${extra} is unknown. Known keys: module, export.`);
}

function checkNames(key: string, value: unknown): void {
  if (!Array.isArray(value)) throw mistake(`.${key}`, value, 'an array of function names');
  value.forEach((one, index) => {
    if (typeof one !== 'string' || one === '') throw mistake(`.${key}[${index}]`, one, 'a function name');
  });
}

function checkPools(value: unknown): void {
  if (!Array.isArray(value)) throw mistake('.pools', value, 'an array of { module, export, driver }');
  value.forEach((one: unknown, index) => {
    const place = `.pools[${index}]`;
    if (!isObject(one)) throw mistake(place, one, 'an object { module, export, driver }');
    for (const key of ['module', 'export', 'driver']) {
      if (typeof one[key] !== 'string' || one[key] === '') throw mistake(`${place}.${key}`, one[key], 'a string');
    }
    if (one['kind'] !== undefined && typeof one['kind'] !== 'string')
      throw mistake(`${place}.kind`, one['kind'], 'a string');
    const extra = Object.keys(one).find((key) => !/^(?:module|export|driver|kind)$/.test(key));
    if (extra !== undefined)
      throw new Error(`settings.pool${place}.${extra} is unknown. Known keys: module, export, driver, kind.`);
  });
}

function mistake(place: string, value: unknown, wanted: string): Error {
  return new Error(
    `settings.pool${place} must be ${wanted}, not ${value === undefined ? 'undefined' : JSON.stringify(value)}.`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
