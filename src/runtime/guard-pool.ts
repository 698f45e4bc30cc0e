import { checkPolicy } from '../policy/check.ts';
import type { Policy } from '../policy/policy.ts';
import { withMode } from '../policy/mode.ts';
import { adapters } from './drivers/index.ts';
import { GuardedPool } from './guarded.ts';

export interface GuardOptions {
  /** Its name in messages, in metrics, and under `pools` in the policy; without it, `database@host`. */
  readonly name?: string;
  /**
   * Each checkout of the pool, also by `pool.connect()`, gets an object of its own, which is dead once it is given back: only so
   * does a stale `release()` reach nobody else's connection.
   */
  readonly facade?: boolean;
}

/** A method that gives a promise, also where the driver overloads it with a callback. */
type Gives<Connection> =
  { (): Promise<Connection>; (...args: never[]): unknown } | ((...args: never[]) => Promise<Connection>);

/** What the pool lends: by `getConnection`, `connect`, `reserve` or `acquire`. */
export type ConnectionOf<Pool> = Pool extends { getConnection: Gives<infer Connection extends object> }
  ? Connection
  : Pool extends
        | { connect: Gives<infer Connection extends object> }
        | { reserve: Gives<infer Connection extends object> }
        | { acquire: Gives<infer Connection extends object> }
    ? Connection
    : object;

/**
 * Guards one pool, also one that a bundler or another copy of a driver hid from `register`. The pool itself stays what it
 * is; a second call gives the same guard.
 * @param policy in place of the one that the process reads
 * @throws PolicyError when the policy is wrong; PoolError under `strict`, when the pool breaks it; TypeError when it is no
 * pool or client of a driver that can be guarded
 */
export function guardPool<Pool extends object>(
  pool: Pool,
  policy?: Policy,
  { facade = false, name }: GuardOptions = {},
): GuardedPool<Pool, ConnectionOf<Pool>> {
  const own = policy && withMode(checkPolicy(policy, PLACE), process.env['POOL_MODE']);
  for (const adapter of adapters) {
    const guard = adapter.guard?.(pool, { name, policy: own });
    if (!guard) continue;
    if (facade) guard.hasFacades = true;
    return new GuardedPool<Pool, ConnectionOf<Pool>>(guard);
  }
  const names = adapters.map(({ driver }) => driver).join(', ');
  throw new TypeError(`guardPool: this is no pool or client that can be guarded. Guarded drivers: ${names}.`);
}

const PLACE = { root: 'guardPool: the policy', before: 'guardPool: ' };
