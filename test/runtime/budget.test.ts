import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { adopt, dismiss } from '../../src/runtime/adopt.ts';
import { checkBudget } from '../../src/runtime/budget.ts';
import { guardPool } from '../../src/runtime/guard-pool.ts';
import type { Guard, Source } from '../../src/runtime/guard.ts';
import { startMariadb } from '../support/mariadb.ts';
import type { MariadbServer } from '../support/mariadb.ts';
import { startPgBouncer } from '../support/pgbouncer.ts';
import { startPostgres } from '../support/postgres.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { collectEvents } from './support/events.ts';
import type { Events } from './support/events.ts';
import { fakeSource } from './support/source.ts';

let postgres: PostgresServer | undefined;
let mariadb: MariadbServer | undefined;

beforeAll(async () => {
  postgres = await startPostgres({ maxConnections: 20 });
  mariadb = await startMariadb({ maxConnections: 30 });
  if (!postgres) return;
  await administer('CREATE ROLE app LOGIN', 'CREATE ROLE "Odd ""role" LOGIN CONNECTION LIMIT 8');
});

afterAll(async () => {
  await postgres?.stop();
  await mariadb?.stop();
});

async function administer(...statements: readonly string[]): Promise<unknown[]> {
  const { host, port, user, database } = postgres as PostgresServer;
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  const answers: unknown[] = [];
  for (const statement of statements) answers.push(...(await client.query(statement)).rows);
  await client.end();
  return answers;
}

/** The server's process ends after the client's socket, and counts until then. */
async function waitForOthers(role: string, count: number): Promise<void> {
  const sql = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE usename = '${role}'`;
  await eventually(async () => expect(await administer(sql)).toEqual([{ count }]));
}

function poolOf({ host, port, database }: Omit<PostgresServer, 'restart' | 'stop'>, options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ host, port, database, connectionTimeoutMillis: 5_000, ...options });
  pool.on('error', () => {});
  onTestFinished(() => pool.end());
  return pool;
}

const over = ({ violations }: Events): Events['violations'] =>
  violations.filter(({ id }) => id === 'runtime/over-budget');

describe('checkBudget on PostgreSQL', () => {
  it('compares all instances with what the server leaves, and names the remedy', async ({ skip }) => {
    if (!postgres) return skip();
    const events = collectEvents();
    const pool = poolOf(postgres, { user: 'app', max: 5 });
    const guarded = guardPool(pool, { instances: 4 });
    const other = guardPool(poolOf(postgres, { user: 'app', max: 2 }), { instances: 4 });
    const check = await checkBudget(guarded);
    expect(check).toEqual({
      isOver: true,
      limit: 17,
      wanted: 28,
      instances: 4,
      perInstance: 7,
      share: 4,
      used: expect.any(Number),
      server: { maxConnections: 20, reserved: 3, roleLimit: Infinity, databaseLimit: Infinity },
      remedy: 'ALTER ROLE app CONNECTION LIMIT 16',
      via: 'direct',
    });
    expect(check.used).toBeGreaterThanOrEqual(1);
    expect(over(events)).toMatchObject([
      {
        message:
          '4 instances may open 28 connections, the server leaves 17. Lower `perProcess.max`, then run `ALTER ROLE app CONNECTION LIMIT 16`.',
        data: { share: 4, remedy: 'ALTER ROLE app CONNECTION LIMIT 16' },
      },
    ]);
    expect([guarded.stats(), other.stats()]).toMatchObject([{ total: 1, idle: 1, held: 0 }, { total: 0 }]);
  });

  it('is silent when there is enough for all, and still names what holds them to it', async ({ skip }) => {
    if (!postgres) return skip();
    const events = collectEvents();
    const pool = poolOf(postgres, { user: 'app', max: 5 });
    guardPool(pool, { instances: 3 });
    expect(await checkBudget(pool)).toMatchObject({
      isOver: false,
      wanted: 15,
      remedy: 'ALTER ROLE app CONNECTION LIMIT 15',
    });
    expect(over(events)).toEqual([]);
    expect(events.notices.filter(({ type }) => type === 'budget')).toMatchObject([{ data: { limit: 17, wanted: 15 } }]);
  });

  it('guards a pool that nobody guarded', async ({ skip }) => {
    if (!postgres) return skip();
    collectEvents();
    expect(await checkBudget(poolOf(postgres, { user: 'app', max: 5 }))).toMatchObject({ wanted: 5, isOver: false });
  });

  it('takes the limit of the role, and quotes a name that needs it', async ({ skip }) => {
    if (!postgres) return skip();
    const events = collectEvents();
    const pool = guardPool(poolOf(postgres, { user: 'Odd "role', max: 9 }), {});
    expect(await checkBudget(pool)).toMatchObject({
      limit: 8,
      server: { roleLimit: 8 },
      remedy: 'ALTER ROLE "Odd ""role" CONNECTION LIMIT 8',
    });
    expect(over(events)).toHaveLength(1);
  });

  it('takes the limit of the database, and what the policy reserves for others', async ({ skip }) => {
    if (!postgres) return skip();
    collectEvents();
    await administer('CREATE DATABASE small CONNECTION LIMIT 6');
    const small = guardPool(poolOf({ ...postgres, database: 'small' }, { user: 'app', max: 2 }), {});
    expect(await checkBudget(small)).toMatchObject({ limit: 6, server: { databaseLimit: 6 } });
    const policy: Policy = { databases: { default: { maxConnections: 20, reserved: 12 } } };
    const rest = guardPool(poolOf(postgres, { user: 'app', max: 2 }), policy);
    expect(await checkBudget(rest)).toMatchObject({ limit: 8 });
  });

  it('throws under strict', async ({ skip }) => {
    if (!postgres) return skip();
    collectEvents();
    const pool = guardPool(poolOf(postgres, { user: 'app', max: 5 }), { instances: 9, runtime: { mode: 'strict' } });
    await expect(checkBudget(pool)).rejects.toMatchObject({ code: 'ERR_POOL_BUDGET', rule: 'runtime/over-budget' });
    expect(pool.stats().held).toBe(0);
  });

  it('names a remedy that the server enforces', async ({ skip }) => {
    if (!postgres) return skip();
    collectEvents();
    const { remedy = '' } = await checkBudget(guardPool(poolOf(postgres, { user: 'app', max: 2 }), {}));
    await administer(remedy);
    const others = poolOf(postgres, { user: 'app', max: 3 });
    // One is open already: that of the check.
    await waitForOthers('app', 1);
    await others.query('SELECT 1');
    const held = await others.connect();
    await expect(others.connect()).rejects.toMatchObject({ code: '53300' });
    held.release();
    await administer('ALTER ROLE app CONNECTION LIMIT -1');
  });

  it('says that behind PgBouncer the numbers are those of the server', async ({ skip }) => {
    if (!postgres) return skip();
    const target = postgres;
    const bouncer = await startPgBouncer({ target });
    if (!bouncer) return skip();
    onTestFinished(() => bouncer.stop());
    const events = collectEvents();
    const policy: Policy = { instances: 9, databases: { default: { via: 'pgbouncer' } } };
    const pool = guardPool(poolOf(bouncer, { user: 'app', max: 5 }), policy);
    expect(await checkBudget(pool)).toMatchObject({
      isOver: false,
      via: 'pgbouncer',
      limit: 17,
      wanted: 45,
      remedy: undefined,
    });
    expect(over(events)).toEqual([]);
    expect(events.notices.find(({ type }) => type === 'budget')?.message).toMatch(
      /9 × 5 connections are wanted, and the server behind PgBouncer leaves 17; what PgBouncer accepts is not known\.$/,
    );
  });
});

describe('checkBudget on MariaDB', () => {
  async function mysqlPool(limit: number): Promise<mysql.Pool> {
    const { database, host, port, user } = mariadb as MariadbServer;
    const pool = mysql.createPool({ host, port, user, database, connectionLimit: limit });
    onTestFinished(() => pool.end());
    return pool;
  }

  it('takes the limits of the server and of the account', async ({ skip }) => {
    if (!mariadb) return skip();
    const events = collectEvents();
    const pool = guardPool(await mysqlPool(8), { instances: 4 });
    expect(await checkBudget(pool)).toMatchObject({
      isOver: true,
      limit: 30,
      wanted: 32,
      server: { maxConnections: 30, reserved: 0, roleLimit: Infinity },
      remedy: "ALTER USER 'app'@'%' WITH MAX_USER_CONNECTIONS 28",
    });
    expect(over(events)).toMatchObject([{ data: { size: 8, instances: 4, limit: 30 } }]);
    const { host, port } = mariadb;
    const root = await mysql.createConnection({ host, port, user: 'root' });
    await root.query("ALTER USER 'app'@'%' WITH MAX_USER_CONNECTIONS 28");
    await root.end();
    expect(await checkBudget(guardPool(await mysqlPool(1), {}))).toMatchObject({
      limit: 28,
      server: { roleLimit: 28 },
    });
  });
});

interface Asked {
  readonly guard: Guard;
  readonly run: ReturnType<typeof vi.fn>;
  readonly given: readonly unknown[];
}

const row = { most: '20', superusers: '3', reserved: '2', role: 'app', of_role: -1, of_database: -1, used: '1' };

/** A pool that can be asked; each is on a server of its own. */
function adoptAsked(policy: Policy, stated: Partial<Source> = {}): Asked {
  const given: unknown[] = [];
  const run = vi.fn(async () => ({ rows: [row] }));
  const host = stated.address?.().host ?? `db${(hosts += 1)}`;
  const source = fakeSource({
    address: () => ({ host, port: 5432, database: 'app', user: 'app' }),
    counts: () => ({ total: 1, idle: 1, waiting: 0, max: 10 }),
    run,
    take: async () => ({}),
    giveBack: (_connection, error) => void given.push(error),
    ...stated,
  });
  const guard = adopt(source, { policy });
  onTestFinished(() => dismiss(guard));
  return { guard, run, given };
}

let hosts = 0;

describe('checkBudget', () => {
  it('refuses what cannot be asked', async () => {
    collectEvents();
    const { guard } = adoptAsked({}, { driver: 'ioredis' });
    await expect(checkBudget(guard.source.target)).rejects.toThrow(/cannot be asked\. Drivers that can: pg, /);
    await expect(checkBudget({})).rejects.toThrow(TypeError);
  });

  it('takes a pool without bound for one that may open everything', async () => {
    const events = collectEvents();
    const counts = (): ReturnType<Source['counts']> => ({ total: 0, idle: 0, waiting: 0, max: Infinity });
    const { guard } = adoptAsked({ instances: 20 }, { counts });
    expect(await checkBudget(guard.source.target)).toMatchObject({
      isOver: true,
      wanted: Infinity,
      limit: 15,
      share: 0,
      server: { reserved: 5 },
      remedy: 'ALTER ROLE app CONNECTION LIMIT 15',
    });
    expect(over(events)).toHaveLength(1);
  });

  it('leaves a long remedy out of the sentence', async () => {
    const events = collectEvents();
    const run = async () => ({ rows: [{ ...row, role: 'a_role_with_quite_a_long_name' }] });
    const { guard } = adoptAsked({ instances: 4 }, { run });
    await checkBudget(guard.source.target);
    expect(over(events)).toMatchObject([
      {
        message:
          '4 instances with 10 connections each are more than the 15 that the server leaves them. Lower `perProcess.max`.',
        data: { remedy: 'ALTER ROLE a_role_with_quite_a_long_name CONNECTION LIMIT 12' },
      },
    ]);
  });

  it('closes a connection that does not answer, and gives back one whose server refuses the question', async () => {
    collectEvents();
    const silent = adoptAsked({ timeouts: { connectMs: 50 } }, { run: () => new Promise(() => {}) });
    await expect(checkBudget(silent.guard.source.target)).rejects.toThrow('did not answer in 50 ms');
    expect(silent.given).toEqual([expect.any(Error)]);
    const refused = adoptAsked({}, { run: () => Promise.reject(new Error('permission denied')) });
    await expect(checkBudget(refused.guard.source.target)).rejects.toThrow('permission denied');
    expect(refused.given).toEqual([undefined]);
  });
});

describe('the check at start', () => {
  it('asks each server once, on an idle connection, where the policy states numbers', async () => {
    const events = collectEvents();
    const policy = { instances: 4 };
    const first = adoptAsked(policy);
    const again = adoptAsked(policy, { address: first.guard.source.address });
    const unstated = adoptAsked({ timeouts: { acquireMs: 1 } });
    const busy = adoptAsked(policy, { counts: () => ({ total: 1, idle: 0, waiting: 0, max: 10 }) });
    const ended = adoptAsked(policy);
    dismiss(ended.guard);
    const other = adoptAsked(policy, { driver: 'ioredis' });
    const broken = adoptAsked(policy, { take: () => Promise.reject(new Error('refused')) });
    const last = adoptAsked({ instances: 1 });
    await eventually(() => expect(last.given.length).toBeGreaterThan(0));
    expect(first.run).toHaveBeenCalledOnce();
    expect(first.given).toEqual([undefined]);
    for (const { run } of [again, unstated, busy, ended, other]) expect(run).not.toHaveBeenCalled();
    expect(over(events)).toMatchObject([{ pool: first.guard.name, data: { limit: 15, count: 80, share: 3 } }]);
    const told = events.notices.filter(({ type }) => type === 'budget').map(({ message }) => message);
    expect(told).toContain(`The server of \`${broken.guard.name}\` could not be asked for its limits: refused`);
  });

  it('waits for an idle connection', async () => {
    collectEvents();
    let looks = 0;
    let asked = 0;
    const late = adoptAsked(
      { instances: 1 },
      {
        counts: () => ({ total: 1, idle: (looks += 1) > 8 ? 1 : 0, waiting: 0, max: 1 }),
        take: async () => ({ asked: (asked = looks) }),
      },
    );
    looks = 7;
    await eventually(() => expect(late.given.length).toBeGreaterThan(0));
    expect(asked).toBe(9);
  });

  it('opens no connection, and leaves none held', async ({ skip }) => {
    if (!postgres) return skip();
    const events = collectEvents();
    const pool = poolOf({ ...postgres, host: 'localhost' }, { user: 'app', max: 5 });
    const guarded = guardPool(pool, { instances: 4 });
    await pool.query('SELECT 1');
    await eventually(() => expect(over(events).length).toBeGreaterThan(0));
    expect(guarded.stats()).toMatchObject({ total: 1, idle: 1, held: 0 });
  });
});
