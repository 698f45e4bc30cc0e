import { afterAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { eventually } from '../../support/eventually.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import type { Events } from '../support/events.ts';
import { enforce, loadGuardedPg, loadPg, openAdmin, openPool, pidOf, strict } from './support/pg.ts';

/** Connections that come back while their transaction is open. */

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const address = { host: postgres?.host, port: postgres?.port, user: postgres?.user, database: postgres?.database };
const one = { ...address, max: 1 };

const ID = 'runtime/returned-in-transaction';
const reports = ({ violations }: Events): Events['violations'] => violations.filter(({ id }) => id === ID);

const statusOf = (client: pg.PoolClient): string =>
  (client as unknown as { getTransactionStatus: () => string }).getTransactionStatus();

/** Runs statements and gives back; `next` is the next holder. */
async function leave(pool: pg.Pool, ...statements: string[]): Promise<{ pid: number }> {
  const client = await pool.connect();
  const pid = await pidOf(client);
  for (const sql of statements) await client.query(sql).catch(() => {});
  // An error is heard a moment before the server says what state the connection is in.
  await eventually(() => expect(client).toHaveProperty('readyForQuery', true));
  client.release();
  return { pid };
}

async function nextOf(pool: pg.Pool): Promise<{ pid: number | undefined; status: string }> {
  const client = await pool.connect();
  const status = statusOf(client);
  const pid = status === 'E' ? undefined : await pidOf(client);
  client.release();
  return { pid, status };
}

const ways: readonly (readonly [status: string, statements: readonly string[]])[] = [
  ['T', ['BEGIN', 'SELECT 1']],
  ['E', ['BEGIN', 'SELECT 1 / 0']],
];

describe.skipIf(!postgres).each(ways)('a connection that is given back in state %s', (state, statements) => {
  it('takes the next holder of a plain pool into the transaction', async () => {
    const pool = openPool(loadPg(), one);
    await leave(pool, ...statements);
    expect((await nextOf(pool)).status).toBe(state);
  });

  it('is reported with the line of its checkout under `observe`, and stays', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(), one);
    await leave(pool, ...statements);
    expect(reports(events)).toHaveLength(1);
    expect(reports(events)[0]!.site).toMatch(/transaction\.test\.ts:\d+/);
    expect((await nextOf(pool)).status).toBe(state);
  });

  it('is closed under `enforce`: the next holder has another', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(enforce), one);
    const { pid } = await leave(pool, ...statements);
    expect(reports(events)).toMatchObject([{ mode: 'enforce' }]);
    const next = await nextOf(pool);
    expect(next.status).toBe('I');
    expect(next.pid).not.toBe(pid);
    expect(pool.totalCount).toBe(1);
  });

  it('is closed under `strict`, and an error for whom it belongs to', async () => {
    collectEvents();
    const pool = openPool(loadGuardedPg(strict), one);
    await expect(leave(pool, ...statements)).rejects.toMatchObject({ code: 'ERR_POOL_IN_TRANSACTION' });
    expect((await nextOf(pool)).status).toBe('I');
  });
});

describe.skipIf(!postgres)('a connection that is given back while its statement runs', () => {
  it('keeps the COMMIT that nobody waited for', async () => {
    const events = collectEvents();
    const admin = await openAdmin(address);
    await admin.query('CREATE TABLE IF NOT EXISTS kept (id int)');
    const pool = openPool(loadGuardedPg(enforce), one);
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO kept VALUES (1)');
    const committed = client.query('COMMIT');
    client.release();
    await committed;
    expect((await nextOf(pool)).status).toBe('I');
    expect((await admin.query('SELECT id FROM kept')).rows).toEqual([{ id: 1 }]);
    expect(reports(events)).toEqual([]);
  });

  it.each([
    ['observe', {}, 'T'],
    ['enforce', enforce, 'I'],
  ] as const)('is judged when it is lent again: `%s`', async (_mode, policy, status) => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(policy), one);
    const client = await pool.connect();
    const begun = client.query('BEGIN');
    client.release();
    await begun;
    expect(reports(events)).toEqual([]);
    expect((await nextOf(pool)).status).toBe(status);
    const [report] = reports(events);
    expect(report!.site).toMatch(/transaction\.test\.ts:\d+/);
  });

  it('is judged in a callback that hears of the error before the server is ready', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(enforce), one);
    const client = await pool.connect();
    await client.query('BEGIN');
    await new Promise<void>((resolve) =>
      client.query('SELECT 1 / 0', () => {
        client.release();
        resolve();
      }),
    );
    expect((await nextOf(pool)).status).toBe('I');
    expect(reports(events)).toHaveLength(1);
  });
});

describe.skipIf(!postgres)('a connection that is given back as it should be', () => {
  it.each([
    ['after COMMIT', ['BEGIN', 'SELECT 1', 'COMMIT']],
    ['after ROLLBACK', ['BEGIN', 'SELECT 1 / 0', 'ROLLBACK']],
    ['after a COMMIT that rolled back', ['BEGIN', 'SELECT 1 / 0', 'COMMIT']],
    ['after an error outside of a transaction', ['SELECT 1 / 0']],
  ])('is lent again %s, and nothing is reported', async (_name, statements) => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(strict), one);
    const { pid } = await leave(pool, ...statements);
    expect(await nextOf(pool)).toEqual({ pid, status: 'I' });
    expect(reports(events)).toEqual([]);
  });

  it('is closed without a report when its holder asks for that', async () => {
    const events = collectEvents();
    const pool = openPool(loadGuardedPg(strict), one);
    const client = await pool.connect();
    await client.query('BEGIN');
    client.release(new Error('lost'));
    expect((await nextOf(pool)).status).toBe('I');
    expect(reports(events)).toEqual([]);
  });
});

describe.skipIf(!postgres)('a transaction on the pool', () => {
  const ON_POOL = 'pool/no-transaction-on-pool';

  it.each(['BEGIN', 'begin isolation level serializable', ' START TRANSACTION', 'COMMIT', 'rollback', 'SAVEPOINT a'])(
    'is reported: %s',
    async (sql) => {
      const events = collectEvents();
      const pool = openPool(loadGuardedPg(), one);
      await pool.query(sql).catch(() => {});
      await pool.query({ text: sql }).catch(() => {});
      expect(events.ids.filter((id) => id === ON_POOL)).toHaveLength(2);
    },
  );

  it.each(['SELECT 1', 'SAVE', "INSERT INTO notes VALUES ('BEGIN')", 'COMMENT ON TABLE kept IS NULL'])(
    'is not: %s',
    async (sql) => {
      const events = collectEvents();
      const pool = openPool(loadGuardedPg(), one);
      await pool.query(sql).catch(() => {});
      expect(events.ids).not.toContain(ON_POOL);
    },
  );

  it('is refused under `strict`, in either form', async () => {
    collectEvents();
    const pool = openPool(loadGuardedPg(strict), one);
    const refused = { code: 'ERR_POOL_TRANSACTION_ON_POOL' };
    await expect(pool.query('BEGIN')).rejects.toMatchObject(refused);
    const error = await new Promise<Error>((resolve) => pool.query('BEGIN', (given) => resolve(given)));
    expect(error).toMatchObject(refused);
    expect(pool.totalCount).toBe(0);
  });
});
