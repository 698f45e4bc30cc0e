import type { Adapter } from '../adapter.ts';
import { isMarked, prototypeWith, watchConstruction } from '../patched.ts';
import { builtAbove } from './lenders/owner.ts';
import { isManager, patchManager } from './sequelize-pool/manager.ts';
import type { Manager } from './sequelize-pool/manager.ts';
import { adoptPool, isSequelizePool, patchPool } from './sequelize-pool/pool.ts';
import type { SequelizePool } from './sequelize-pool/pool.ts';

/** sequelize-pool, and through it Sequelize. Read in sequelize-pool 7.1.0, sequelize 6.37.8. */
export const sequelizePool: Adapter = {
  driver: 'sequelize-pool',
  entries: {
    // What index.js exports is read from here each time, and cannot be replaced there.
    'sequelize-pool': /^lib\/Pool\.js$/,
    sequelize: /^lib\/dialects\/abstract\/connection-manager\.js$/,
  },
  recognizes: isPoolModule,
  patch(exports) {
    if (isManagerClass(exports)) return patchManager(exports.prototype);
    if (!isPoolModule(exports)) return undefined;
    const why = patchPool(exports.Pool.prototype);
    const isReplaceable = Object.getOwnPropertyDescriptor(exports, 'Pool')?.writable === true;
    if (why !== undefined || !isReplaceable || isMarked(exports)) return why;
    exports.Pool = watchConstruction(exports.Pool, (pool, trap) => adoptPool(pool, { origin: builtAbove(trap) }));
    return undefined;
  },
  guard(target, options) {
    if (!isSequelizePool(target)) return undefined;
    const prototype = prototypeWith(target, 'destroyAllNow');
    if (!prototype) return undefined;
    patchPool(prototype);
    return adoptPool(target, options);
  },
};

interface PoolModule {
  Pool: new (options: object) => SequelizePool;
}

function isPoolModule(exports: unknown): exports is PoolModule {
  const { Pool } = Object(exports) as Partial<PoolModule>;
  return typeof Pool === 'function' && typeof Pool.prototype?.destroyAllNow === 'function';
}

function isManagerClass(exports: unknown): exports is { readonly prototype: Manager } {
  return typeof exports === 'function' && isManager(exports.prototype);
}
