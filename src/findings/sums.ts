import { boundsOf } from '../analysis/index.ts';
import type { Configuration } from '../analysis/index.ts';
import { processLimit } from '../policy/budget.ts';
import type { Policy } from '../policy/policy.ts';
import { isNumber } from './finding.ts';
import type { Finding } from './finding.ts';

/** The pools of one file to one database, together. Those that are built again and again have a worse fault. */
export function sumFindings(
  configurations: readonly Configuration[],
  policy: Policy,
): readonly Finding<'sumAbovePolicy'>[] {
  const limit = processLimit(policy);
  if (!limit) return [];
  const groups = new Map<string, Configuration[]>();
  for (const one of configurations) {
    if (one.owns?.what !== 'pool' || one.creation?.repeats || one.database === undefined) continue;
    groups.set(one.database, [...(groups.get(one.database) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const sizes = group.map(sizeOf);
    const size = sizes.every(isNumber) ? sizes.reduce((sum, one) => sum + one, 0) : 0;
    const last = group.at(-1);
    // A single one that is too large is reported by itself.
    const isAlone = sizes.some((one) => isNumber(one) && one > limit.max);
    if (!last || group.length < 2 || isAlone || size <= limit.max) return [];
    const data = { scope: 'file', size: String(size), limit: String(limit.max), key: limit.key };
    return [{ messageId: 'sumAbovePolicy' as const, node: last.site, data, configuration: last, changes: [] }];
  });
}

/** The most that a pool may open, where it is a number on every path. */
function sizeOf({ setup }: Configuration): number | undefined {
  const sizes = boundsOf(setup, 'max').map(({ effective }) => effective);
  return sizes.length > 0 && sizes.every(isNumber) ? Math.max(...sizes) : undefined;
}
