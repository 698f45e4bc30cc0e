import type { Creation } from '../analysis/model.ts';
import type { Lease } from './lease.ts';

/** How a connection comes back that the driver's pool hands out in place of a dedicated one. */
export function pooledLease({ driver, kind, owns }: Creation): Lease | undefined {
  const { pooled } = owns;
  const maker = pooled && driver.exports[pooled.maker];
  const pool = maker?.new ?? maker?.call;
  const gives = pool === undefined ? undefined : driver.kinds[pool]?.checkouts?.[pooled?.checkout ?? '']?.gives;
  const lease = gives === undefined ? undefined : driver.kinds[gives]?.lease;
  if (!pooled || !lease) return undefined;
  const { notGiveBack: _, ...rest } = lease;
  const others = [...lease.giveBack, ...owns.end].filter((one) => one !== pooled.giveBack);
  // What ends the dedicated one counts as giving back: it becomes that.
  const uses = [...new Set([...lease.uses, ...(driver.kinds[kind]?.lease?.uses ?? [])])];
  return { ...rest, uses, giveBack: [pooled.giveBack, ...new Set(others)] };
}
