import type { Driver } from './driver.ts';
import { mysql2 } from './mysql2.ts';

/** The promise entry of mysql2. Read in mysql2 3.24.5. */
export const mysql2Promise: Driver = {
  name: 'mysql2/promise',
  modules: ['mysql2/promise', 'mysql2/promise.js'],
  exports: {
    // promise.js exports one object by `require`; the default import is that object.
    default: { namespace: true },
    createPool: { call: 'promisePool' },
    createPoolCluster: { call: 'promiseCluster' },
    createConnection: { call: 'promiseConnection' },
    // promise.d.ts:43-141.
    Pool: { type: 'promisePool' },
    PoolCluster: { type: 'promiseCluster' },
    PoolNamespace: { type: 'promiseNamespace' },
    PoolConnection: { type: 'promisePoolConnection' },
    Connection: { type: 'promiseConnection' },
  },
  kinds: {
    ...mysql2.kinds,
    promiseConnection: {
      ...mysql2.kinds['promiseConnection'],
      owns: {
        what: 'connection',
        end: ['end', 'destroy', 'close'],
        awaitEnd: true,
        open: ['connect'],
        session: ['changeUser'],
        pooled: {
          maker: 'createPool',
          checkout: 'getConnection',
          giveBack: 'release',
          statements: ['query', 'execute'],
        },
      },
    },
  },
};
