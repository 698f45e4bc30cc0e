import { boundsOf } from '../drivers/reading/bounds.ts';
import { poolLimit, poolOf, processLimit } from '../policy/budget.ts';
import type { Limit } from '../policy/budget.ts';
import type { Policy } from '../policy/policy.ts';
import { isNumber, isOfOrigins, poolNameOf } from './finding.ts';
import type { Configuration, Finding } from './finding.ts';

/** Pools to one database, together. */

type SumFinding<Place> = Finding<'sumAbovePolicy', Place>;

/** Those of one file. What is built again and again has a worse fault. */
export function sumFindings<One extends Configuration>(
  configurations: readonly One[],
  policy: Policy,
): readonly (SumFinding<never> & { readonly configuration: One })[] {
  const groups = new Map<string, One[]>();
  for (const one of configurations) {
    const key = isCounted(one) ? keyOf(one, policy) : undefined;
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const configuration = group.at(-1);
    const data = configuration && sumOf(group, processLimit(policy, databaseOf(configuration, policy)));
    return data ? [{ messageId: 'sumAbovePolicy', data, configuration, changes: [] }] : [];
  });
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

function sumOf(group: readonly Configuration[], limit: Limit | undefined): SumFinding<never>['data'] | undefined {
  if (!limit || group.length < 2) return undefined;
  const sizes = group.map(sizeOf);
  const size = sizes.every(isNumber) ? sizes.reduce((sum, one) => sum + one, 0) : 0;
  // A single one that is too large is reported by itself.
  const isAlone = sizes.some((one) => isNumber(one) && one > limit.max);
  return isAlone || size <= limit.max ? undefined : words('file', size, limit);
}

const words = (scope: string, size: number, { key, max }: Limit): SumFinding<never>['data'] => ({
  scope,
  size: String(size),
  limit: String(max),
  key,
});

/** The most that a pool may open, where it is a number on every path. */
function sizeOf({ setup }: Configuration): number | undefined {
  const sizes = boundsOf(setup, 'max').map(({ effective }) => effective);
  return sizes.length > 0 && sizes.every(isNumber) ? Math.max(...sizes) : undefined;
}

/** One that is built beside `others`, connections that other pools of the process may open: what they leave is its own. */
export function shareFindings<Place>(
  configuration: Configuration<Place>,
  policy: Policy,
  others: number,
): readonly SumFinding<Place>[] {
  const limit = shareOf(configuration, policy, 0);
  const own = poolLimit(policy, poolNameOf(configuration, policy));
  const left = shareOf(configuration, policy, others);
  return boundsOf(configuration.setup, 'max').flatMap(({ effective, given, option }) => {
    // One that is too large is reported by itself.
    if (!limit || !left || !own || !isNumber(effective) || effective > own.max || effective <= left.max) return [];
    const changes = [{ option, value: left.max, given, stated: { value: left.max, key: left.key } }];
    return [{ messageId: 'sumAbovePolicy', data: words('process', effective + others, limit), option, given, changes }];
  });
}

/** What `others` leave of the process's limit: one connection at least. */
export function shareOf(configuration: Configuration, policy: Policy, others: number): Limit | undefined {
  const limit = isOfOrigins(configuration) ? undefined : processLimit(policy, databaseOf(configuration, policy));
  return limit && { ...limit, max: Math.max(1, limit.max - others) };
}
