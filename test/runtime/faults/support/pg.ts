import { createRequire } from 'node:module';
import type pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Policy } from '../../../../src/policy/policy.ts';
import { pg as adapter } from '../../../../src/runtime/drivers/pg.ts';
import { world } from '../../../../src/runtime/world.ts';

/** Copies of pg: patched prototypes stay patched, so that each test and each baseline has one of its own. */

export type Pg = typeof pg;

const require = createRequire(import.meta.url);

/** pg as it comes from the disk. */
export function loadPg(): Pg {
  const own = /[\\/]node_modules[\\/]pg(?:-pool)?[\\/]/;
  for (const file of Object.keys(require.cache).filter((each) => own.test(each))) delete require.cache[file];
  return require('pg') as Pg;
}

/** The policy of the process, as if its file held it, until the test ends. */
export function statePolicy(policy: Policy): void {
  const { settings, shortestHold } = world;
  const { log } = world.reporter;
  world.settings = { policy, file: undefined, log: 'off', mistake: undefined };
  world.reporter.log = 'off';
  // Each test builds its pools at the same line, that of `openPool`.
  world.built.clear();
  onTestFinished(() => {
    Object.assign(world, { settings, shortestHold });
    world.reporter.log = log;
  });
}

/** A copy that is guarded, as `register` does it. */
export function loadGuardedPg(policy: Policy = {}): Pg {
  statePolicy(policy);
  const copy = loadPg();
  if (adapter.patch(copy) !== undefined) throw new Error('pg is not guarded.');
  return copy;
}

/** Whoever forgets what in the test: its connections are closed when it ends. */
export function openPool({ Pool }: Pg, options: pg.PoolConfig): pg.Pool {
  const pool = new Pool(options);
  const clients = new Set<pg.PoolClient>();
  pool.on('connect', (client) => clients.add(client));
  onTestFinished(() => {
    for (const lease of world.leases) if (lease.guard.source.target === pool) world.leases.end(lease);
    void pool.end().catch(() => {});
    for (const client of clients) {
      const { connection } = client as unknown as { connection?: { stream: { destroy: () => void } } };
      client.on('error', () => {});
      connection?.stream.destroy();
    }
  });
  return pool;
}

/** The mode alone: nothing is stated, so nothing is clamped. */
export const enforce: Policy = { runtime: { mode: 'enforce' } };
export const strict: Policy = { runtime: { mode: 'strict' } };

export async function pidOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]!.pid;
}

/** Somebody else, who looks at the server. */
export async function openAdmin(address: pg.ClientConfig): Promise<pg.Client> {
  const { Client } = loadPg();
  const client = new Client({ ...address, application_name: 'admin' });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}
