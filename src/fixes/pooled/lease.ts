import type { Creation } from '../../analysis/model.ts';
import type { Lease } from '../release/lease.ts';

type Kind = Creation['driver']['kinds'][string];

/** The kind of the pool that takes the place of dedicated connections. */
export function pooledKind({ driver, owns }: Creation): Kind | undefined {
  const maker = owns.pooled && driver.exports[owns.pooled.maker];
  const pool = maker?.new ?? maker?.call;
  return pool === undefined ? undefined : driver.kinds[pool];
}

/** How a connection comes back that the driver's pool hands out in place of a dedicated one. */
export function pooledLease(creation: Creation): Lease | undefined {
  const { driver, kind, owns } = creation;
  const { pooled } = owns;
  const gives = pooledKind(creation)?.checkouts?.[pooled?.checkout ?? '']?.gives;
  const lease = gives === undefined ? undefined : driver.kinds[gives]?.lease;
  if (!pooled || !lease) return undefined;
  const { notGiveBack: _, ...rest } = lease;
  const others = [...lease.giveBack, ...owns.end].filter((one) => one !== pooled.giveBack);
  // What ends the dedicated one counts as giving back: it becomes that.
  const uses = [...new Set([...lease.uses, ...(driver.kinds[kind]?.lease?.uses ?? [])])];
  return { ...rest, uses, giveBack: [pooled.giveBack, ...new Set(others)] };
}
