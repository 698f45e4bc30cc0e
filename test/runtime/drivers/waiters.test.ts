import genericPool from 'generic-pool';
import { Pool as SequelizePool } from 'sequelize-pool';
import { Pool as TarnPool } from 'tarn';
import { describe, expect, it } from 'vitest';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { world } from '../../../src/runtime/world.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

/** Who waited at a pool of whatever the program makes is served while somebody else's request gives back. */

interface Lender {
  readonly name: string;
  readonly pool: object;
  readonly take: () => Promise<object>;
  readonly release: (thing: object) => unknown;
}

const factory = { create: async () => ({}), destroy: async () => {}, validate: () => true };

const builders: readonly (() => Lender)[] = [
  () => {
    const pool = new TarnPool<object>({ ...factory, min: 0, max: 1 });
    return { name: 'tarn', pool, take: () => pool.acquire().promise, release: (thing) => pool.release(thing) };
  },
  () => {
    const pool = new SequelizePool<object>({ ...factory, min: 0, max: 1 });
    return { name: 'sequelize-pool', pool, take: () => pool.acquire(), release: (thing) => pool.release(thing) };
  },
  () => {
    const pool = genericPool.createPool({ ...factory, validate: async () => true }, { max: 1 });
    return { name: 'generic-pool', pool, take: async () => pool.acquire(), release: (thing) => pool.release(thing) };
  },
];

describe.each(builders.map((build) => build()))('a caller that waited at $name', ({ pool, release, take }) => {
  it('holds by its own request', async () => {
    collectEvents();
    underPolicy({});
    guardPool(pool);
    const first = await runInRequest('GET /first', take);
    const second = runInRequest('GET /second', take);
    runInRequest('GET /first', () => void release(first));
    const thing = await second;
    const held = [...world.leases].filter(({ guard }) => guard === guardOf(pool));
    expect(held.map(({ request }) => request?.name)).toEqual(['GET /second']);
    await release(thing);
  });
});
