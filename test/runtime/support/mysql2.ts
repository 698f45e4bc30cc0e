import { createRequire } from 'node:module';
import type mysql from 'mysql2';
import type promises from 'mysql2/promise';
import { onTestFinished } from 'vitest';
import type { Policy } from '../../../src/policy/policy.ts';
import { mysql2 as adapter } from '../../../src/runtime/drivers/mysql2.ts';
import { world } from '../../../src/runtime/world.ts';
import { underPolicy } from './under-policy.ts';

/** Copies of mysql2: patched prototypes stay patched, so that each test and each baseline has one of its own. */

export type Mysql = typeof mysql;
export type Promises = typeof promises;

export interface Copy {
  readonly mysql: Mysql;
  readonly promises: Promises;
}

const require = createRequire(import.meta.url);

/** mysql2 as it comes from the disk. */
export function loadMysql(): Copy {
  const own = /[\\/]node_modules[\\/]mysql2[\\/]/;
  for (const file of Object.keys(require.cache).filter((each) => own.test(each))) delete require.cache[file];
  return { mysql: require('mysql2') as Mysql, promises: require('mysql2/promise') as Promises };
}

/** A copy that is guarded, as `register` does it. */
export function loadGuardedMysql(policy: Policy = {}): Copy {
  underPolicy(policy);
  const copy = loadMysql();
  for (const exports of [copy.mysql, copy.promises])
    if (adapter.patch(exports) !== undefined) throw new Error('mysql2 is not guarded.');
  return copy;
}

/** Ends the pool after the test, whoever forgot what in it. */
export function endLater<Pool extends { end(): unknown }>(pool: Pool): Pool {
  onTestFinished(async () => {
    for (const lease of world.leases) if (lease.guard.source.target === pool) world.leases.end(lease);
    try {
      await pool.end();
    } catch {
      // It was ended in the test.
    }
  });
  return pool;
}

/** The mode alone: nothing is stated, so nothing is clamped. */
export const enforce: Policy = { runtime: { mode: 'enforce' } };
export const strict: Policy = { runtime: { mode: 'strict' } };
