import { addressIn } from '../../address.ts';
import { knexLimits } from '../../../drivers/limits/knex.ts';
import type { Limits } from '../../../drivers/driver.ts';
import type { Address } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import { buildFor } from '../lenders/owner.ts';

/** What knex knows of the pool of tarn that it builds. Read in knex 3.3.0, lib/client.js. */

export interface KnexClient {
  /** The user's `connection`, copied; undefined where that is a function. */
  readonly connectionSettings?: unknown;
  initializePool(config?: unknown): void;
}

export function isKnexClient(prototype: unknown): prototype is KnexClient {
  return typeof Object(prototype).initializePool === 'function' && typeof Object(prototype).poolDefaults === 'function';
}

/** Patches it once. Without it, or in another version, its pool is one of tarn. */
export function patchKnex(prototype: KnexClient): undefined {
  if (isMarked(prototype)) return;
  const original = prototype.initializePool;
  prototype.initializePool = function initializePool(this: KnexClient, ...config) {
    const address = (): Address => addressOf(this.connectionSettings);
    // A stream's connection: when its query is over, and again when it is closed (lib/execution/runner.js:77, 326).
    const owner = { driver: 'knex', limits, address, optionsOf: (pool: object) => ({ pool }), isTwice: true };
    return buildFor(owner, () => original.apply(this, config));
  };
}

/** What its pool can still be told: the others are read when it is built (lib/client.js:254-266, 302-311). */
const limits: Limits = {
  ...knexLimits,
  options: knexLimits.options.filter(
    ({ limits: [limit], option }) => option.startsWith('pool.') && limit !== 'lifetime',
  ),
};

/** `server` is that of mssql, `filename` that of SQLite. */
function addressOf(settings: unknown): Address {
  const stated = typeof settings === 'string' ? { connectionString: settings } : Object(settings);
  const { connectionString, database, filename, host, port, server, user } = stated as Record<string, unknown>;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const url = text(connectionString) === undefined ? {} : addressIn(String(connectionString));
  return {
    host: url.host ?? text(host) ?? text(server),
    port: url.port ?? (port === undefined ? undefined : Number(port)),
    database: url.database ?? text(database) ?? text(filename),
    user: url.user ?? text(user),
  };
}
