import { types } from 'node:util';
import type { Adapter } from '../adapter.ts';
import { adopt } from '../adopt.ts';
import { guardOf } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { isMarked } from '../patched.ts';
import { isUsersOwn, originAbove } from '../stacks.ts';
import type { Origin } from '../stacks.ts';
import { reportRefused } from '../watch/unguarded.ts';
import { openClient, openPromiseClient } from './mysql2/client.ts';
import { findMissing, patchPool } from './mysql2/pool.ts';
import { findMissingOfView, patchView } from './mysql2/promise.ts';
import { adoptPool, isPool, isPromisePool } from './mysql2/source.ts';
import type { Built, MysqlPool, PromisePool } from './mysql2/source.ts';

/**
 * mysql2 and `mysql2/promise`, and through them Drizzle, Kysely, TypeORM. Checkouts are seen on the prototypes; where a pool
 * is built, on the functions that build it.
 */
export const mysql2: Adapter = {
  driver: 'mysql2',
  entries: { mysql2: /^(?:index|promise|lib\/pool|lib\/pool_cluster)\.js$/ },
  recognizes: (exports) => isModule(moduleOf(exports)) || isPoolClass(exports) || isClusterClass(exports),
  patch(exports) {
    if (isPoolClass(exports)) return patchClass(exports.prototype);
    if (isClusterClass(exports)) return patchCluster(exports.prototype);
    const module = moduleOf(exports);
    return isModule(module) ? patchModule(module) : undefined;
  },
  guard(target, options) {
    if (isPool(target) || isPromisePool(target)) return guardPool(target, options);
    const known = guardOf(target);
    return known?.source.driver === 'mysql2' ? adopt(known.source, options) : undefined;
  },
};

interface Module {
  createPool: (options: unknown) => object;
  createConnection: (options: unknown) => unknown;
  /** An alias, of callbacks only: index.js. */
  connect?: Module['createConnection'];
  readonly Pool?: { readonly prototype: PoolClass };
  readonly PoolCluster?: { readonly prototype: Cluster };
  readonly PromisePool?: { readonly prototype: PromisePool };
  readonly setMaxParserCache: unknown;
}

/** A namespace of `import` cannot be changed; what it has as its default can. */
function moduleOf(exports: unknown): unknown {
  return types.isModuleNamespaceObject(exports) ? (exports as { default?: unknown }).default : exports;
}

/** No other driver of MySQL has this cache. */
function isModule(exports: unknown): exports is Module {
  if (typeof exports !== 'object' || exports === null) return false;
  const { createConnection, createPool, setMaxParserCache } = exports as Partial<Module>;
  return [createConnection, createPool, setMaxParserCache].every((one) => typeof one === 'function');
}

function isPoolClass(exports: unknown): exports is { readonly prototype: MysqlPool } {
  const prototype = prototypeIn(exports);
  return typeof prototype['getConnection'] === 'function' && typeof prototype['execute'] === 'function';
}

function isClusterClass(exports: unknown): exports is { readonly prototype: Cluster } {
  const prototype = prototypeIn(exports);
  return typeof prototype['add'] === 'function' && typeof prototype['of'] === 'function';
}

function prototypeIn(exports: unknown): Record<string, unknown> {
  return typeof exports === 'function' ? ((exports.prototype ?? {}) as Record<string, unknown>) : {};
}

function patchModule(module: Module): string | undefined {
  const { Pool, PoolCluster, PromisePool: View } = module;
  const why = (View && findMissingOfView(View.prototype)) ?? (Pool && patchClass(Pool.prototype));
  if (why !== undefined) return why;
  if (View) patchView(View.prototype);
  if (isMarked(module)) return undefined;
  if (Pool) patchViews(Pool.prototype);
  if (PoolCluster) patchCluster(PoolCluster.prototype);
  const { createConnection, createPool } = module;
  module.createPool = inPlaceOf(createPool, (options, origin) => built(createPool(options), options, origin));
  const connect = inPlaceOf(createConnection, (options, origin) => {
    // What a library opens, it also keeps.
    if (!isUsersOwn(origin)) return createConnection(options);
    const open = createConnection as never;
    return Pool ? openClient(open, options, origin) : openPromiseClient(open, options, origin);
  });
  module.createConnection = connect;
  if (module.connect) module.connect = connect;
  return undefined;
}

/** The function that the program gets instead: name, length and what hangs on it are those of the driver's. */
function inPlaceOf<Result>(
  original: (options: unknown) => Result,
  call: (options: unknown, origin: Origin) => Result,
): (options: unknown) => Result {
  const wrapper = (options: unknown): Result => call(options, originAbove(wrapper));
  return Object.defineProperties(wrapper, Object.getOwnPropertyDescriptors(original));
}

/** @throws PoolError under `strict`, where the pool breaks the policy */
function built<Result extends object>(pool: Result, stated: unknown, origin: Origin): Result {
  if (!isPool(pool) && !isPromisePool(pool)) return pool;
  try {
    guardPool(pool, { origin, stated });
  } catch (error) {
    // It has opened nothing, but may look for idle connections for ever.
    void pool.end();
    throw error;
  }
  return pool;
}

function guardPool(pool: MysqlPool | PromisePool, options: Built): Guard | undefined {
  const view = isPool(pool) ? undefined : pool;
  const core = isPool(pool) ? pool : pool.pool;
  const why = (view && findMissingOfView(view)) ?? patchClass(Object.getPrototypeOf(core) as MysqlPool);
  if (why === undefined) {
    if (view) patchView(Object.getPrototypeOf(view) as PromisePool);
    return adoptPool(core, { ...options, view });
  }
  reportRefused('mysql2', why);
  return undefined;
}

function patchClass(prototype: MysqlPool): string | undefined {
  const why = findMissing(prototype);
  if (why === undefined) patchPool(prototype);
  return why;
}

interface PoolClass extends MysqlPool {
  promise?(...parts: unknown[]): PromisePool;
}

/** The class of its views is loaded with the first one: lib/pool.js. */
function patchViews(prototype: PoolClass): void {
  const original = prototype.promise;
  if (typeof original !== 'function') return;
  prototype.promise = function promise(this: PoolClass, ...parts: unknown[]) {
    const view = original.apply(this, parts);
    patchView(Object.getPrototypeOf(view) as PromisePool);
    return view;
  };
}

/** lib/pool_cluster.js. */
interface Cluster {
  add(...parts: unknown[]): unknown;
  readonly _nodes?: Readonly<Record<string, { readonly pool?: unknown }>>;
}

/** Each node of a cluster is a pool; without this it is guarded from its first checkout on. */
function patchCluster(prototype: Cluster): undefined {
  if (isMarked(prototype)) return;
  const original = prototype.add;
  prototype.add = function add(this: Cluster, ...parts: unknown[]) {
    const result = original.apply(this, parts);
    const origin = originAbove(add);
    for (const { pool } of Object.values(this._nodes ?? {})) {
      if (isPool(pool) && !guardOf(pool)) guardPool(pool, { origin, stated: parts.at(-1) });
    }
    return result;
  };
}
