import { statedTimeout, timeoutValue } from '../../policy/values.ts';
import type { Guard } from '../guard.ts';
import type { Lease } from '../leases.ts';
import { raise } from '../raise.ts';
import { watchHeld } from './listeners.ts';
import { isFirst, world } from '../world.ts';

/** Connections that are held too long, and those that come back after all. */

/** Stacks that are made readable in one step: 4 µs each. The rest is counted. */
const SHOWN = 20;

/** Whose report is its own: they are not among those that were counted. */
const named = new WeakSet<Lease>();

/** Starts the look at the oldest leases; once for the process. */
export function watchLeaks(): void {
  if (!isFirst('leaks')) return;
  const { clock, leases } = world;
  clock.onStep((starved) => {
    if (starved > 0) reportStarvation(starved);
    reportLeaks();
    watchHeld();
    leases.refresh();
  });
  leases.onLateReturn = reportReturn;
}

const KEY = 'timeouts.holdMs';

/** Milliseconds; a leak is named without a policy, too. */
export const holdMsOf = ({ policy }: Guard): number => timeoutValue(policy, 'holdMs');

function reportLeaks(): void {
  const rest = new Map<Guard, number>();
  let shown = 0;
  for (const lease of world.leases.olderThan(world.shortestHold)) {
    const { guard } = lease;
    if (lease.isReported || world.leases.ageOf(lease) <= holdMsOf(guard)) continue;
    lease.isReported = true;
    if (shown < SHOWN || statesReclaim(guard)) reportLeak(lease);
    else rest.set(guard, (rest.get(guard) ?? 0) + 1);
    shown += 1;
  }
  for (const [guard, count] of rest) {
    const data = { count, limit: holdMsOf(guard), key: KEY };
    raise({ guard, id: 'pool/require-release', key: 'heldMore', data, withHolders: true });
  }
}

function reportLeak(lease: Lease): void {
  const { guard } = lease;
  const given = world.leases.ageOf(lease);
  named.add(lease);
  raise({
    guard,
    id: 'pool/require-release',
    key: 'heldLong',
    lease,
    data: { given, limit: holdMsOf(guard), key: KEY },
  });
  if (statesReclaim(guard)) reclaim(lease, given);
}

/** Destroying what somebody holds hides the bug, so that a mode alone does not do it: the policy must name it. */
function statesReclaim({ policy, source }: Guard): boolean {
  const mode = policy.runtime?.rules?.['runtime/reclaimed'];
  const isMeant = statedTimeout(policy, 'holdMs') !== undefined && mode !== undefined && mode !== 'observe';
  return isMeant && source.destroy !== undefined;
}

function reclaim(lease: Lease, given: number): void {
  const { connection, guard } = lease;
  raise({ guard, id: 'runtime/reclaimed', key: 'destroyed', lease, data: { given } });
  lease.isReclaimed = true;
  guard.source.destroy?.(connection);
  world.leases.end(lease);
}

/** Only of a connection that was named: thousands may come back in one moment, when what held them all up is over. */
function reportReturn(lease: Lease): void {
  if (lease.isReclaimed || !named.has(lease)) return;
  const given = world.leases.ageOf(lease);
  raise({ guard: lease.guard, id: 'runtime/late-return', key: 'returned', lease, data: { given } });
}

function reportStarvation(starved: number): void {
  const ms = Math.round(starved);
  const message = `The event loop was blocked for ${ms} ms; nobody is blamed for connections held in that time.`;
  world.reporter.emit({ type: 'starved', message, pool: undefined, data: { ms } });
}
