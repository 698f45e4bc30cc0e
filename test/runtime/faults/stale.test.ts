import { afterAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { enforce, loadGuardedPg, loadPg, openPool, strict } from './support/pg.ts';

/** Somebody gives back, or uses, what he gave back before; with pg, the next holder has the same object. */

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const address = { host: postgres?.host, port: postgres?.port, user: postgres?.user, database: postgres?.database };
const one = { ...address, max: 1 };

const TWICE = 'Release called on client which has already been released to the pool.';

describe.skipIf(!postgres)('a release that comes too late', () => {
  it('frees the connection of the next holder in plain pg, who is blamed for it', async () => {
    const pool = openPool(loadPg(), one);
    const a = await pool.connect();
    a.release();
    const b = await pool.connect();
    expect(b).toBe(a);
    expect(() => a.release()).not.toThrow();
    // B holds it, and a third gets it, too.
    expect(pool.idleCount).toBe(1);
    const c = await pool.connect();
    expect(c).toBe(b);
    c.release();
    expect(() => b.release()).toThrow(TWICE);
  });

  it('is an error for whom it belongs to, with facades, and harms nobody else', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(), one);
    guardPool(pool, undefined, { facade: true });
    const a = await pool.connect();
    await a.query('SELECT 1');
    a.release();
    const b = await pool.connect();
    expect(b).not.toBe(a);
    expect(() => a.release()).toThrow(expect.objectContaining({ code: 'ERR_POOL_DOUBLE_RELEASE' }) as Error);
    expect(pool.idleCount).toBe(0);
    expect((await b.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(() => b.release()).not.toThrow();
    const found = events.violations.filter(({ id }) => id === 'pool/no-double-release');
    expect(found).toHaveLength(1);
    // The line of A's checkout.
    expect(found[0]!.site).toMatch(/stale\.test\.ts:\d+/);
    expect(found[0]!.stack).toContain('stale.test.ts');
  });

  it('is stopped in the form with a callback, too', async () => {
    collectEvents();
    const pool = openPool(loadGuardedPg(), one);
    guardPool(pool, undefined, { facade: true });
    const take = (): Promise<[pg.PoolClient, () => void]> =>
      new Promise((resolve, reject) =>
        pool.connect((error, client, release) => (error ? reject(error) : resolve([client!, release]))),
      );
    const [a, releaseA] = await take();
    releaseA();
    const [b, releaseB] = await take();
    expect(() => a.release()).toThrow(expect.objectContaining({ code: 'ERR_POOL_DOUBLE_RELEASE' }) as Error);
    expect(() => releaseA()).toThrow();
    expect((await b.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(pool.idleCount).toBe(0);
    releaseB();
    expect(pool.idleCount).toBe(1);
  });

  it('is stopped for a lease, where the pool has no facades', async () => {
    collectEvents();
    const pool = openPool(loadGuardedPg(), one);
    const guarded = guardPool(pool);
    const a = await guarded.lease();
    await a.release();
    const b = await guarded.lease();
    await expect(a.release()).rejects.toMatchObject({ code: 'ERR_POOL_DOUBLE_RELEASE' });
    // The end of its block is no second release.
    await expect(a[Symbol.asyncDispose]()).resolves.toBeUndefined();
    expect((await b.connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(guarded.stats()).toMatchObject({ held: 1, idle: 0 });
    await b.release();
  });

  it('is found without facades, where the program kept the function', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(), one);
    const a = await pool.connect();
    const release = a.release;
    release();
    const b = await pool.connect();
    expect(() => release()).toThrow(TWICE);
    expect(events.violations.filter(({ id }) => id === 'pool/no-double-release')).toMatchObject([
      { message: expect.stringContaining('while somebody else holds it') },
    ]);
    expect(pool.idleCount).toBe(0);
    b.release();
  });
});

describe.skipIf(!postgres)('a second release', () => {
  it.each([
    ['observe', {}, { message: TWICE }],
    ['enforce', enforce, { message: TWICE }],
    ['strict', strict, { code: 'ERR_POOL_DOUBLE_RELEASE' }],
  ] as const)('is reported with the line of the checkout: `%s`', async (_mode, policy, error) => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(policy), one);
    const client = await pool.connect();
    client.release();
    expect(() => client.release()).toThrow(expect.objectContaining(error) as Error);
    const found = events.violations.filter(({ id }) => id === 'pool/no-double-release');
    expect(found).toHaveLength(1);
    expect(found[0]!.site).toMatch(/stale\.test\.ts:\d+/);
    expect(pool.idleCount).toBe(1);
  });
});

describe.skipIf(!postgres)('a query after the release', () => {
  it('runs in plain pg, in the middle of what the next holder does', async () => {
    const pool = openPool(loadPg(), one);
    const a = await pool.connect();
    a.release();
    const b = await pool.connect();
    await b.query('BEGIN');
    await a.query('ROLLBACK');
    const { rows } = await b.query(
      'SELECT pg_current_xact_id_if_assigned() IS NULL AS ended, now() = statement_timestamp() AS alone',
    );
    expect(rows).toEqual([{ ended: true, alone: true }]);
    b.release();
  });

  it('is an error with a facade, and reaches nobody', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(), one);
    guardPool(pool, undefined, { facade: true });
    const a = await pool.connect();
    a.release();
    const b = await pool.connect();
    await b.query('BEGIN');
    expect(() => a.query('ROLLBACK')).toThrow(expect.objectContaining({ code: 'ERR_POOL_USE_AFTER_RELEASE' }) as Error);
    expect(events.violations).toContainEqual(
      expect.objectContaining({
        id: 'pool/no-use-after-release',
        message: expect.stringContaining('`query`') as string,
      }),
    );
    expect((b as unknown as { getTransactionStatus: () => string }).getTransactionStatus()).toBe('T');
    await b.query('ROLLBACK');
    b.release();
  });
});
