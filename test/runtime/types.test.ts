import type * as mariadb from 'mariadb';
import type mysql from 'mysql2/promise';
import type pg from 'pg';
import type postgres from 'postgres';
import { describe, expectTypeOf, it } from 'vitest';
import type { ConnectionOf } from '../../src/runtime/guard-pool.ts';
import type { GuardedPool, PoolLease } from '../../src/runtime/index.ts';

/** Checked by `npm run typecheck`: what a lease gives is what the driver's own types say. */
describe('the connection of a pool', () => {
  it('is that of the driver', () => {
    expectTypeOf<ConnectionOf<pg.Pool>>().toEqualTypeOf<pg.PoolClient>();
    expectTypeOf<ConnectionOf<mysql.Pool>>().toEqualTypeOf<mysql.PoolConnection>();
    expectTypeOf<ConnectionOf<mariadb.Pool>>().toEqualTypeOf<mariadb.PoolConnection>();
    expectTypeOf<ConnectionOf<postgres.Sql>>().toEqualTypeOf<postgres.ReservedSql>();
    expectTypeOf<ConnectionOf<{ end(): void }>>().toEqualTypeOf<object>();
  });

  it('ends with the block that holds it', () => {
    type Lease = Awaited<ReturnType<GuardedPool<pg.Pool, pg.PoolClient>['lease']>>;
    expectTypeOf<Lease>().toEqualTypeOf<PoolLease<pg.PoolClient>>();
    expectTypeOf<Lease>().toExtend<AsyncDisposable>();
  });
});
