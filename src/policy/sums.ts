import { budgetOf } from './budget.ts';
import { defaults } from './defaults.ts';
import { PolicyError } from './error.ts';
import type { Policy } from './policy.ts';

/**
 * What no key shows alone: that each process gets a connection, and that pools name databases that are there.
 * @throws PolicyError
 */
export function checkSums(policy: Policy, before: string): void {
  for (const name of Object.keys(policy.databases ?? {})) {
    const budget = budgetOf(policy, name);
    if (!budget || budget.perProcess >= 1) continue;
    const { connections, reserved, instances } = budget;
    throw new PolicyError(
      `${before}databases.${name} leaves no connection for a process: (${connections} maxConnections - ${reserved} reserved) / ${instances} instances is below 1.`,
    );
  }
  for (const [pool, limit] of Object.entries(policy.pools ?? {})) checkDatabase(policy, pool, limit?.database, before);
}

function checkDatabase(policy: Policy, pool: string, database: string | undefined, before: string): void {
  const names = Object.keys(policy.databases ?? { [defaults.database]: {} });
  if (database === undefined || names.includes(database)) return;
  throw new PolicyError(
    `${before}pools.${pool}.database must be a name under databases (${names.join(', ')}), not ${JSON.stringify(database)}.`,
  );
}
