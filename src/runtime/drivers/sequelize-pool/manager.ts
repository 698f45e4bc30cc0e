import { sequelizeLimits } from '../../../drivers/limits/sequelize.ts';
import type { Address } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import { buildFor } from '../lenders/owner.ts';

/** What Sequelize knows of its pools. Read in sequelize 6.37.8, lib/dialects/abstract/connection-manager.js. */

export interface Manager {
  readonly config: Record<string, unknown>;
  readonly dialectName: string;
  initPools(): void;
}

export function isManager(prototype: unknown): prototype is Manager {
  const { getConnection, initPools } = Object(prototype) as Record<string, unknown>;
  return typeof initPools === 'function' && typeof getConnection === 'function';
}

/** Patches it once. Without it, or in another version, its pools are those of sequelize-pool. */
export function patchManager(prototype: Manager): undefined {
  if (isMarked(prototype)) return;
  const original = prototype.initPools;
  prototype.initPools = function initPools(this: Manager) {
    const { config, dialectName: dialect } = this;
    const optionsOf = (pool: object): Record<string, unknown> => ({
      dialect,
      pool,
      // Read whenever a connection is opened: lib/dialects/postgres/connection-manager.js:83.
      get dialectOptions() {
        return config['dialectOptions'];
      },
      set dialectOptions(value) {
        config['dialectOptions'] = value;
      },
    });
    buildFor({ driver: 'sequelize', limits: sequelizeLimits, address: () => addressOf(config), optionsOf }, () =>
      original.call(this),
    );
  };
}

/** With replication each pool has servers of its own, and which is not known here. */
function addressOf({ database, host, port, replication, username }: Manager['config']): Address {
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const isOne = !replication;
  return {
    host: isOne ? text(host) : undefined,
    port: isOne && port ? Number(port) : undefined,
    database: text(database),
    user: text(username),
  };
}
