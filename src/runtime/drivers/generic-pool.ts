import type { Adapter } from '../adapter.ts';
import { prototypeWith } from '../patched.ts';
import { adoptPool, isGenericPool, patchPool } from './generic-pool/pool.ts';
import type { GenericPool } from './generic-pool/pool.ts';

/** generic-pool. Read in generic-pool 3.9.0. `createPool` is `new Pool`, and a prototype is patched for both. */
export const genericPool: Adapter = {
  driver: 'generic-pool',
  entries: { 'generic-pool': /^index\.js$/ },
  recognizes: isModule,
  patch(exports) {
    if (!isModule(exports)) return undefined;
    // Makes nothing: it is not started.
    const pool = exports.createPool({ create: () => {}, destroy: () => {} }, { autostart: false });
    return isGenericPool(pool) ? patchPool(exports.Pool.prototype) : 'its pool has not the fields that are known';
  },
  guard(target, options) {
    if (!isGenericPool(target)) return undefined;
    const prototype = prototypeWith(target, 'isBorrowedResource');
    if (!prototype) return undefined;
    patchPool(prototype);
    return adoptPool(target, options);
  },
};

interface Module {
  readonly Pool: { readonly prototype: GenericPool };
  readonly createPool: (factory: object, options: object) => object;
}

function isModule(exports: unknown): exports is Module {
  const { Pool, createPool } = Object(exports) as Partial<Module>;
  return typeof createPool === 'function' && typeof Pool?.prototype?.isBorrowedResource === 'function';
}
