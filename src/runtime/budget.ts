import { compare, seenIn, tellCompared } from './budget-check.ts';
import type { BudgetCheck } from './budget-check.ts';
import { askable, askServer, canAsk } from './budget-server.ts';
import { guardOf } from './guard.ts';
import type { Guard } from './guard.ts';
import { guardPool } from './guard-pool.ts';
import { GuardedPool } from './guarded.ts';
import { raiseOrThrow } from './raise.ts';

export type { BudgetCheck };

/**
 * Asks the server of a pool what it accepts, on one connection of the pool, and compares it with what all instances may open.
 * Nothing here can hold other processes back: the result names the statement that makes the server do it.
 * @param pool guarded or not; of PostgreSQL, MySQL or MariaDB
 * @throws PoolError `ERR_POOL_BUDGET` under `strict`, when it is too much; TypeError for another pool; what the driver throws
 */
export async function checkBudget(pool: object): Promise<BudgetCheck> {
  const guard = findGuard(pool);
  if (!guard || !canAsk(guard.source))
    throw new TypeError(
      `checkBudget: the server of this pool cannot be asked. Drivers that can: ${askable.join(', ')}.`,
    );
  const check = compare(guard, await askServer(guard));
  tellCompared(guard, check);
  if (check.isOver) raiseOrThrow(seenIn(guard, check));
  return check;
}

function findGuard(pool: object): Guard | undefined {
  const target = pool instanceof GuardedPool ? pool.pool : pool;
  return guardOf(target) ?? guardOf(guardPool(target).pool);
}
