import { pgPoolLimits } from '../../../src/drivers/limits/pg.ts';
import type { Source } from '../../../src/runtime/guard.ts';

/** A pool without a driver, as an adapter would describe it. */
export function fakeSource(stated: Partial<Source> = {}): Source {
  return {
    driver: 'pg',
    kind: 'pool',
    target: {},
    limits: pgPoolLimits,
    options: {},
    address: () => ({ host: 'db', port: 5432, database: 'app', user: 'me' }),
    counts: () => ({ total: 0, idle: 0, waiting: 0, max: Number(stated.options?.['max'] ?? 10) }),
    end: async () => {},
    ...stated,
  };
}
