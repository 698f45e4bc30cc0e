import { createRequire } from 'node:module';
import type { Conformance, Options } from './facts.ts';
import { letThrough, many, settle, until, untilSettled } from './watch.ts';

const require = createRequire(import.meta.url);
const { createPool } = require('generic-pool');

const make = (options: Options) => createPool({ create: async () => ({}), destroy: async () => {} }, options);

/** The pools here stay full: nobody gives back. */
const take = (pool: { acquire(): Promise<object> }): Promise<object> => pool.acquire();

/** The evictor looks every second where it looks at all. */
async function untilClosed({ evictionRunIntervalMillis, ...options }: Options) {
  const pool = make(evictionRunIntervalMillis ? { ...options, evictionRunIntervalMillis: 1000 } : options);
  await pool.release(await take(pool));
  const passed = await until(() => pool.size === 0);
  // Only what is older than that goes: one second later.
  return typeof passed === 'number' ? passed - 1000 : passed;
}

export const conformances: Conformance[] = [
  {
    driver: 'generic-pool',
    kind: 'pool',
    probes: {
      async max(options) {
        const pool = make(options);
        for (let asked = 0; asked < many; asked++) take(pool).catch(() => {});
        await settle();
        return letThrough(pool.borrowed);
      },
      async min(options) {
        const pool = make({ ...options, max: 10 });
        await settle();
        return pool.size;
      },
      async maxWaitingClients(options) {
        const pool = make({ ...options, max: 1 });
        await take(pool);
        for (let asked = 0; asked < many; asked++) take(pool).catch(() => {});
        await settle();
        return letThrough(pool.pending);
      },
      async acquireTimeoutMillis(options) {
        const pool = make({ ...options, max: 1 });
        take(pool).catch(() => {});
        await settle();
        return untilSettled(async () => take(pool));
      },
      idleTimeoutMillis: untilClosed,
      softIdleTimeoutMillis: (options) => untilClosed({ ...options, idleTimeoutMillis: 2 ** 31 - 1 }),
    },
  },
];
