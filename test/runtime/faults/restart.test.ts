import { afterAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { enforce, loadGuardedPg, loadPg, openPool } from './support/pg.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const address = { host: postgres?.host, port: postgres?.port, user: postgres?.user, database: postgres?.database };

/** One connection is idle and one is held while the server restarts. */
async function useAcrossRestart(pool: import('pg').Pool): Promise<{ late: string; one: unknown }> {
  const [held, idle] = await Promise.all([pool.connect(), pool.connect()]);
  idle.release();
  const broken = [held, idle].map((client) => new Promise((resolve) => client.once('end', resolve)));
  await postgres!.restart();
  await Promise.all(broken);
  const late = await held.query('SELECT 1').then(
    () => 'answered',
    (error: Error) => error.message,
  );
  held.release();
  const { rows } = await pool.query('SELECT 1 AS one');
  return { late, one: rows[0] };
}

const DEAD = 'Client has encountered a connection error and is not queryable';

describe.skipIf(!postgres)('a server that restarts', () => {
  it('emits errors on a plain pool and its clients, each of which ends a process without listeners', async () => {
    const pool = openPool(loadPg(), address);
    const errors: string[] = [];
    pool.on('error', ({ message }) => errors.push(`pool: ${message}`));
    pool.on('connect', (client) => void client.on('error', ({ message }) => errors.push(`client: ${message}`)));
    expect(await useAcrossRestart(pool)).toEqual({ late: DEAD, one: { one: 1 } });
    expect(errors.filter((one) => one.startsWith('pool: terminating connection'))).toHaveLength(1);
    expect(errors.filter((one) => one.startsWith('client: terminating connection')).length).toBeGreaterThan(1);
  });

  it('is survived by a pool under `enforce` without any listener, which is whole again', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(enforce), address);
    expect(await useAcrossRestart(pool)).toEqual({ late: DEAD, one: { one: 1 } });
    expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([1, 1, 0]);
    expect(events.ids).not.toContain('pool/require-release');
  });
});

describe('a server that refuses', () => {
  it.each([
    ['plain', loadPg],
    ['enforced', () => loadGuardedPg({ ...enforce, timeouts: { acquireMs: 5000, connectMs: 5000 } })],
  ] as const)('is an error at once, and nothing is left of it: %s', async (_kind, load) => {
    collectEvents();
    const pool = openPool(load(), { host: '127.0.0.1', port: 1, max: 2 });
    const start = performance.now();
    const attempts = await Promise.allSettled([pool.connect(), pool.query('SELECT 1'), pool.connect()]);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(attempts).toMatchObject(attempts.map(() => ({ status: 'rejected', reason: { code: 'ECONNREFUSED' } })));
    expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([0, 0, 0]);
  });
});
