import type { Adapter } from '../adapter.ts';
import { isMarked, prototypeWith, watchConstruction } from '../patched.ts';
import { builtAbove } from './lenders/owner.ts';
import { adoptTarn, patchTarn } from './tarn/pool.ts';
import { isTarn } from './tarn/shape.ts';
import type { TarnPool } from './tarn/shape.ts';
import { isKnexClient, patchKnex } from './tarn/knex.ts';
import type { KnexClient } from './tarn/knex.ts';

/** tarn, and through it knex and mssql. Read in tarn 3.1.2, knex 3.3.0. */
export const tarn: Adapter = {
  driver: 'tarn',
  entries: { tarn: /^dist\/tarn\.js$/, knex: /^lib\/client\.js$/ },
  recognizes: isTarnModule,
  patch(exports) {
    if (isKnexClass(exports)) return patchKnex(exports.prototype);
    if (!isTarnModule(exports)) return undefined;
    const why = patchTarn(exports.Pool.prototype);
    if (why !== undefined || isMarked(exports)) return why;
    exports.Pool = watchConstruction(exports.Pool, (pool, trap) => adoptTarn(pool, { origin: builtAbove(trap) }));
    return undefined;
  },
  guard(target, options) {
    if (!isTarn(target)) return undefined;
    const prototype = prototypeWith(target, 'numPendingAcquires');
    if (!prototype) return undefined;
    patchTarn(prototype);
    return adoptTarn(target, options);
  },
};

type TarnClass = new (options: object) => TarnPool;

interface TarnModule {
  Pool: TarnClass;
}

function isTarnModule(exports: unknown): exports is TarnModule {
  const { Pool } = Object(exports) as Partial<TarnModule>;
  return typeof Pool === 'function' && typeof Pool.prototype?.numPendingAcquires === 'function';
}

function isKnexClass(exports: unknown): exports is { readonly prototype: KnexClient } {
  return typeof exports === 'function' && isKnexClient(exports.prototype);
}
