import type { Adapter } from '../adapter.ts';
import { isMarked, prototypeWith, watchConstruction } from '../patched.ts';
import { originAbove } from '../stacks.ts';
import { findMissingOfClient, patchClient } from './pg/client.ts';
import { adoptPool, findMissing, isPool, patchPool } from './pg/pool.ts';
import type { PgPool } from './pg/pool.ts';

/**
 * node-postgres, and through it Drizzle, Kysely, TypeORM, Prisma's adapter and Neon's pool. `Pool` of pg is a subclass of
 * pg-pool's: one prototype is patched for both; a trap on the export sees where a pool is built.
 */
export const pg: Adapter = {
  driver: 'pg',
  entries: { pg: /^lib\/index\.js$/, 'pg-pool': /^index\.js$/ },
  recognizes: (exports) => isPg(exports) || isPoolClass(exports),
  patch(exports) {
    if (isPoolClass(exports)) return patchClass(exports.prototype as PgPool);
    if (!isPg(exports)) return undefined;
    const client = exports.Client.prototype;
    const why = findMissingOfClient(client) ?? patchClass(Object.getPrototypeOf(exports.Pool.prototype));
    if (why !== undefined) return why;
    patchClient(client);
    if (isMarked(exports)) return undefined;
    exports.Pool = watchConstruction(exports.Pool, (pool, trap) => adoptPool(pool, { origin: originAbove(trap) }));
    return undefined;
  },
  guard(target, options) {
    if (!isPool(target)) return undefined;
    const prototype = prototypeWith(target, 'newClient');
    if (!prototype) return undefined;
    patchPool(prototype);
    return adoptPool(target, options);
  },
};

function patchClass(prototype: PgPool): string | undefined {
  const why = findMissing(prototype);
  if (why === undefined) patchPool(prototype);
  return why;
}

type PoolClass = new (...args: never[]) => Parameters<typeof adoptPool>[0];
type ClientClass = { readonly prototype: Parameters<typeof patchClient>[0] };

interface Pg {
  Pool: PoolClass;
  readonly Client: ClientClass;
}

/** pg-pool's own. */
function isPoolClass(exports: unknown): exports is { readonly prototype: object } {
  return typeof exports === 'function' && typeof exports.prototype?.newClient === 'function';
}

function isPg(exports: unknown): exports is Pg {
  if (typeof exports !== 'object' || exports === null) return false;
  const { Client, Pool } = exports as Partial<Pg>;
  return typeof Pool === 'function' && typeof Client === 'function';
}
