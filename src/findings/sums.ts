import { boundsOf } from '../analysis/index.ts';
import type { Configuration } from '../analysis/index.ts';
import { poolOf, processLimit } from '../policy/budget.ts';
import type { Policy } from '../policy/policy.ts';
import { isNumber, isOfOrigins, poolNameOf } from './finding.ts';
import type { Finding } from './finding.ts';

/** The pools of one file to one database, together. Those that are built again and again have a worse fault. */
export function sumFindings(
  configurations: readonly Configuration[],
  policy: Policy,
): readonly Finding<'sumAbovePolicy'>[] {
  const groups = new Map<string, Configuration[]>();
  for (const one of configurations) {
    const key = isCounted(one) ? keyOf(one, policy) : undefined;
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => sumFinding(group, policy) ?? []);
}

const isCounted = (one: Configuration): boolean =>
  one.owns?.what === 'pool' && !one.creation?.repeats && !isOfOrigins(one);

/** By the name that the policy gives it, else by its address; without one, what the environment says to the same driver. */
function keyOf(configuration: Configuration, policy: Policy): string | undefined {
  const { database, driver } = configuration;
  const named = databaseOf(configuration, policy);
  if (named !== undefined) return `named ${named}`;
  return database === '' ? `driver ${driver.name}` : database;
}

const databaseOf = (one: Configuration, policy: Policy): string | undefined =>
  poolOf(policy, poolNameOf(one, policy))?.database;

function sumFinding(group: readonly Configuration[], policy: Policy): Finding<'sumAbovePolicy'> | undefined {
  const last = group.at(-1);
  const limit = last && processLimit(policy, databaseOf(last, policy));
  if (!limit || group.length < 2) return undefined;
  const sizes = group.map(sizeOf);
  const size = sizes.every(isNumber) ? sizes.reduce((sum, one) => sum + one, 0) : 0;
  // A single one that is too large is reported by itself.
  const isAlone = sizes.some((one) => isNumber(one) && one > limit.max);
  if (isAlone || size <= limit.max) return undefined;
  const data = { scope: 'file', size: String(size), limit: String(limit.max), key: limit.key };
  return { messageId: 'sumAbovePolicy', node: last.site, data, configuration: last, changes: [] };
}

/** The most that a pool may open, where it is a number on every path. */
function sizeOf({ setup }: Configuration): number | undefined {
  const sizes = boundsOf(setup, 'max').map(({ effective }) => effective);
  return sizes.length > 0 && sizes.every(isNumber) ? Math.max(...sizes) : undefined;
}
