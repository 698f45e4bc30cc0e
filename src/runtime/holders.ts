import type { Guard } from './guard.ts';
import type { Lease } from './leases.ts';
import type { Holder } from './report.ts';
import { siteOf, traceOf } from './stacks.ts';
import { world } from './world.ts';

/** Who holds connections: for messages, errors and `holders()`. */

/** As many as a message can use. */
const SHOWN = 10;

export function holderOf(lease: Lease): Holder {
  const { guard, origin, request } = lease;
  return {
    pool: guard.name,
    heldMs: world.leases.ageOf(lease),
    site: siteOf(origin),
    stack: traceOf(origin),
    request: request?.name,
  };
}

/** The longest first. */
export function holdersOf(guard: Guard, most: number = SHOWN): readonly Holder[] {
  const found: Holder[] = [];
  for (const lease of world.leases) {
    if (found.length >= most) break;
    if (lease.guard === guard) found.push(holderOf(lease));
  }
  return found;
}
