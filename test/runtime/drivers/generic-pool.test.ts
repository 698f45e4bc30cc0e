import { createRequire } from 'node:module';
import type { Options, Pool } from 'generic-pool';
import pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { genericPool as adapter } from '../../../src/runtime/drivers/generic-pool.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { startPostgres } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

const require = createRequire(import.meta.url);
type Module = typeof import('generic-pool') & { Pool: { prototype: Pool<unknown> } };

/** A copy of the package that nobody has patched. */
function loadFresh(): Module {
  for (const file of Object.keys(require.cache))
    if (file.includes('/node_modules/generic-pool/')) delete require.cache[file];
  return require('generic-pool') as Module;
}

function loadGuarded(): Module {
  const exports = loadFresh();
  expect(adapter.patch(exports)).toBeUndefined();
  return exports;
}

const plain = loadFresh();
const guarded = loadGuarded();
const enforce = { runtime: { mode: 'enforce' } } as const;
const bounded = { acquireTimeoutMillis: 1000 } as const;

interface Thing {
  readonly id: number;
}

let made = 0;

function build(stated: Options = {}, { createPool }: Module = guarded): Pool<Thing> {
  const create = async (): Promise<Thing> => ({ id: (made += 1) });
  return createPool({ create, destroy: async () => {} }, { max: 2, ...bounded, ...stated });
}

const guardFor = (pool: object): Guard => guardOf(pool)!;

describe('a lease of generic-pool', () => {
  it('begins with acquire and ends with release or destroy', async () => {
    const events = collectEvents();
    const pool = build();
    const [one, two] = [await pool.acquire(), await pool.acquire()];
    expect([guardFor(pool).held, guardFor(pool).name]).toEqual([2, expect.stringMatching(/^generic-pool(?: #\d+)?$/)]);
    await pool.release(one);
    await pool.destroy(two);
    expect([guardFor(pool).held, pool.size, events.ids]).toEqual([0, 1, []]);
  });

  it('lasts as long as the work of `use`, however that ends', async () => {
    const events = collectEvents();
    const pool = build();
    expect(await pool.use(async () => guardFor(pool).held)).toBe(1);
    await expect(pool.use(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([guardFor(pool).held, guardFor(pool).taken, events.ids]).toEqual([0, 2, []]);
  });

  it('is the one of who gets it, at once or after others that wait', async () => {
    const events = collectEvents();
    const pool = build({ max: 2 });
    for (const one of await Promise.all([pool.acquire(), pool.acquire()])) await pool.release(one);
    const holders: number[] = [];
    const work = async (turn: number): Promise<void> => {
      const thing = await runInRequest(`turn ${turn}`, () => pool.acquire());
      holders.push(guardFor(pool).held);
      await new Promise((resolve) => setImmediate(resolve));
      await pool.release(thing);
    };
    await Promise.all(Array.from({ length: 50 }, (_, turn) => work(turn)));
    expect([Math.max(...holders), guardFor(pool).held, guardFor(pool).taken, events.ids]).toEqual([2, 0, 52, []]);
  });

  it('is reported with the line of its checkout when it is held too long', async () => {
    const events = collectEvents();
    const pool = build();
    guardPool(pool, { timeouts: { holdMs: 40 } });
    const thing = await pool.acquire();
    await eventually(() => expect(events.ids).toContain('pool/require-release'));
    expect(events.violations.at(-1)?.site).toMatch(/generic-pool\.test\.ts/);
    await pool.release(thing);
  });

  it('frees its slot where the policy says that it is taken back, and its late return is heard by nobody', async () => {
    const events = collectEvents();
    const rules = { 'runtime/reclaimed': 'enforce' } as const;
    underPolicy({ runtime: { rules }, timeouts: { holdMs: 40 } });
    const pool = build({ max: 1 });
    const lost = await pool.acquire();
    const next = await pool.acquire();
    await expect(pool.release(lost)).resolves.toBeUndefined();
    expect(events.ids).toEqual(['pool/require-release', 'runtime/reclaimed', 'runtime/late-return']);
    await pool.release(next);
  });
});

describe('a resource that is given back again', () => {
  it('is reported, and refused by generic-pool as before', async () => {
    const events = collectEvents();
    const pool = build();
    const thing = await pool.acquire();
    await pool.release(thing);
    await expect(pool.release(thing)).rejects.toThrow('not currently part');
    expect(events.ids).toEqual(['pool/no-double-release']);
  });

  it('is a rejection with a code under strict, not an exception', async () => {
    collectEvents();
    const pool = build();
    guardPool(pool, { runtime: { mode: 'strict' } });
    const thing = await pool.acquire();
    await pool.release(thing);
    await expect(pool.release(thing)).rejects.toMatchObject({ code: 'ERR_POOL_DOUBLE_RELEASE' });
  });

  it('frees the resource of the next holder in plain generic-pool', async () => {
    const pool = build({ max: 1 }, plain);
    const first = await pool.acquire();
    await pool.release(first);
    await pool.acquire();
    await pool.release(first);
    expect(pool.borrowed).toBe(0);
  });

  it('reaches nobody else where each checkout has an object of its own', async () => {
    const events = collectEvents();
    const pool = build({ max: 1 });
    guardPool(pool, {}, { facade: true });
    const first = await pool.acquire();
    await pool.release(first);
    const second = await pool.acquire();
    await pool.release(first);
    await pool.destroy(first);
    expect([pool.borrowed, events.ids]).toEqual([1, ['pool/no-double-release', 'pool/no-double-release']]);
    await pool.release(second);
    expect(pool.borrowed).toBe(0);
  });
});

describe('the limits of generic-pool', () => {
  it('stay as they are under observe, and are reported', () => {
    const events = collectEvents();
    underPolicy({ perProcess: { max: 3 } });
    const pool = build({ max: 9, acquireTimeoutMillis: undefined });
    expect([pool.max, events.ids]).toEqual([9, ['pool/no-unbounded-pool', 'pool/require-timeouts']]);
  });

  it('are those of the policy under enforce, before the first resource is made', async () => {
    const events = collectEvents();
    underPolicy({ ...enforce, perProcess: { max: 2, queue: 1 }, timeouts: { acquireMs: 30 } });
    const pool = build({ max: 9, min: 5, acquireTimeoutMillis: undefined });
    const things = [await pool.acquire(), await pool.acquire()];
    expect(pool.size).toBe(2);
    const waiting = pool.acquire();
    await expect(pool.acquire()).rejects.toThrow('max waitingClients');
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT', counts: { total: 2, max: 2 } });
    for (const thing of things) await pool.destroy(thing);
    expect(events.ids).toContain('runtime/exhausted');
  });

  it('refuse the pool under strict', () => {
    collectEvents();
    underPolicy({ runtime: { mode: 'strict' }, perProcess: { max: 1 } });
    expect(() => build({ max: 9 })).toThrow(expect.objectContaining({ code: 'ERR_POOL_MAX_EXCEEDED' }));
  });
});

describe('a pool of generic-pool that is built', () => {
  it('for each request is reported with its line', () => {
    const events = collectEvents();
    underPolicy({});
    const handler = (): unknown => build();
    for (let request = 0; request < 2; request += 1) runInRequest('GET /', handler);
    expect(events.violations).toMatchObject([{ id: 'pool/no-pool-in-handler' }]);
    expect(events.violations[0]?.site).toMatch(/generic-pool\.test\.ts/);
  });

  it('several times at one line, each for another server, is right', () => {
    const events = collectEvents();
    underPolicy({});
    for (let server = 0; server < 5; server += 1) build();
    expect(events.ids).toEqual([]);
  });

  it('without a start is guarded from its first use', async () => {
    const pool = build({ autostart: false });
    expect(guardOf(pool)).toBeUndefined();
    await pool.release(await pool.acquire());
    expect(guardFor(pool).taken).toBe(1);
  });
});

describe('the patch of generic-pool', () => {
  it('is made once', () => {
    const exports = loadGuarded();
    const { acquire } = exports.Pool.prototype;
    expect(adapter.patch(exports)).toBeUndefined();
    expect(exports.Pool.prototype.acquire).toBe(acquire);
  });

  it('is refused where the pool is another, which stays as it was', () => {
    class Other {
      acquire(): void {}
      isBorrowedResource(): void {}
    }
    const { acquire } = Other.prototype;
    const createPool = (): Other => new Other();
    expect(adapter.patch({ Pool: Other, createPool })).toBe('its pool has not the fields that are known');
    expect(Other.prototype.acquire).toBe(acquire);
  });

  it('is made for a pool that nobody saw being built', async () => {
    const pool = build({}, loadFresh());
    const before = await pool.acquire();
    const guard = guardPool(pool, undefined, { name: 'late' });
    await pool.release(before);
    await guard.withLease(async (thing) => expect(thing.id).toBe(before.id));
    expect(guard.stats()).toMatchObject({ name: 'late', taken: 1, held: 0 });
  });

  it('tells a lease of guardPool from the next checkout of the same resource', async () => {
    collectEvents();
    const pool = build({ max: 1 });
    const guarded = guardPool(pool);
    await pool.release(await pool.acquire());
    const lease = await guarded.lease();
    await lease.release();
    const next = await pool.acquire();
    await expect(lease.release()).rejects.toMatchObject({ code: 'ERR_POOL_DOUBLE_RELEASE' });
    await lease[Symbol.asyncDispose]();
    expect([guarded.stats().held, pool.borrowed]).toEqual([1, 1]);
    await pool.release(next);
  });

  it('sees the end of a pool', async () => {
    const pool = build();
    await pool.drain();
    expect(guardFor(pool).isEnded).toBe(true);
  });
});

describe('a pool of other connections', () => {
  it('has transactions where it lends those of mysql2', async () => {
    collectEvents();
    underPolicy({});
    const ran: string[] = [];
    const query = async (sql: string): Promise<unknown> => [ran.push(sql), []];
    const create = async (): Promise<object> => ({ query, promise: () => ({ query }) });
    const pool = guardPool(guarded.createPool({ create, destroy: async () => {} }, bounded));
    await pool.transaction(async () => {});
    expect(ran.slice(0, 2)).toEqual(['BEGIN', 'COMMIT']);
  });

  it('says that it cannot run a statement on anything else, and gives back', async () => {
    collectEvents();
    underPolicy({});
    const pool = guardPool(build());
    await expect(pool.transaction(async () => {})).rejects.toThrow('no connection of pg or mysql2');
    expect(pool.stats().held).toBe(0);
  });
});

const server = await startPostgres({ maxConnections: 10 });
afterAll(() => server?.stop());

function open(max: number): Pool<pg.Client> {
  const { host, port, user, database } = server!;
  const pool = guarded.createPool<pg.Client>(
    {
      create: async () => {
        const client = new pg.Client({ host, port, user, database });
        client.on('error', () => {});
        await client.connect();
        return client;
      },
      destroy: async (client) => client.end(),
    },
    { max, ...bounded },
  );
  onTestFinished(async () => {
    await pool.drain();
    await pool.clear();
  });
  return pool;
}

describe.skipIf(!server)('a pool of clients of pg', () => {
  it('loses one that comes back inside a transaction, under enforce', async () => {
    const events = collectEvents();
    underPolicy(enforce);
    const pool = open(1);
    const client = await pool.acquire();
    await client.query('BEGIN');
    await pool.release(client);
    const next = await pool.acquire();
    expect([next === client, events.ids]).toEqual([false, ['runtime/returned-in-transaction']]);
    await pool.release(next);
  });

  it('has transactions that roll back', async () => {
    collectEvents();
    underPolicy({});
    const pool = guardPool(open(1));
    const failing = pool.transaction(async (client) => {
      await client.query('CREATE TABLE lost (id int)');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await pool.withLease((client) => expect(client.query('SELECT * FROM lost')).rejects.toThrow('does not exist'));
  });

  it('fails a transaction whose COMMIT rolled back, because a statement failed and nobody said so', async () => {
    collectEvents();
    underPolicy({});
    const pool = guardPool(open(1));
    const work = pool.transaction(async (client) => {
      await client.query('SELECT 1 / 0').catch(() => {});
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(pool.stats().held).toBe(0);
  });

  it('reports that the server is full, of which its callers hear nothing', async () => {
    const events = collectEvents();
    underPolicy({});
    const pool = open(12);
    const all = await Promise.allSettled(
      Array.from({ length: 12 }, () => pool.use(async (client) => client.query('select pg_sleep(0.2)'))),
    );
    expect(all.length).toBe(12);
    expect(events.ids).toContain('runtime/server-full');
  });
});
