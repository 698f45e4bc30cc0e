import type { Adapter } from '../adapter.ts';
import { isMarked } from '../patched.ts';
import { originAbove } from '../stacks.ts';
import { adoptClient, buildClient, isClient, patchClient } from './redis/client.ts';
import { adoptPool, buildPool, isPool, patchPool } from './redis/pool.ts';
import type { Client, Pool } from './redis/source.ts';

/**
 * node-redis: its exports are functions that build, and stay so, with a look at what they are given: what they build keeps
 * copies of it. `redis` calls those of `@redis/client`. Read in redis and @redis/client 6.3.1.
 */
export const redis: Adapter = {
  driver: 'redis',
  entries: { redis: /^dist\/index\.js$/, '@redis/client': /^dist\/index\.js$/ },
  recognizes: isRedis,
  patch(exports) {
    if (!isRedis(exports)) return undefined;
    const sealed = ['createClient', 'createClientPool'].find((name) => isSealed(exports, name));
    if (sealed !== undefined) return `its \`${sealed}\` cannot be replaced`;
    if (isMarked(exports)) return undefined;
    patchFactories(exports);
    return undefined;
  },
  guard(target, options) {
    if (isPool(target)) {
      patchPool(target);
      return adoptPool(target, options);
    }
    if (!isClient(target)) return undefined;
    patchClient(target);
    return adoptClient(target, options);
  },
};

type Options = Record<string, unknown>;

interface Redis {
  createClient: (options?: Options) => Client;
  /** From 5.0 on. */
  createClientPool?: (client?: Options, pool?: Options) => Pool;
}

function isRedis(exports: unknown): exports is Redis {
  if (typeof exports !== 'object' || exports === null) return false;
  const { createClient, createCluster } = exports as { createClient?: unknown; createCluster?: unknown };
  return typeof createClient === 'function' && typeof createCluster === 'function';
}

function isSealed(exports: object, name: string): boolean {
  const { configurable = true, writable = true } = Object.getOwnPropertyDescriptor(exports, name) ?? {};
  return !configurable && !writable;
}

function patchFactories(exports: Redis): void {
  const { createClient, createClientPool } = exports;
  exports.createClient = function createClient_(options) {
    return buildClient(options, originAbove(createClient_), (adjusted) => createClient(adjusted));
  };
  named(exports.createClient, createClient);
  if (!createClientPool) return;
  exports.createClientPool = function createClientPool_(client, pool) {
    const origin = originAbove(createClientPool_);
    return buildPool(client, pool, origin, (...adjusted) => createClientPool(...adjusted));
  };
  named(exports.createClientPool, createClientPool);
}

function named(wrapper: object, { length, name }: { readonly length: number; readonly name: string }): void {
  Object.defineProperty(wrapper, 'name', { value: name, configurable: true });
  Object.defineProperty(wrapper, 'length', { value: length, configurable: true });
}
