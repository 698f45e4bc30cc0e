import { countsOf } from './databases.ts';
import type { Guard } from './guard.ts';
import { raise } from './raise.ts';
import { isFirst, liveGuards, world } from './world.ts';

/** What is held, and who waits, when the process ends. */

/** Lines that a dying process prints. */
const SHOWN = 10;

/** Reports at the end of the process, without keeping it alive. */
export function watchShutdown(): void {
  if (isFirst('shutdown')) process.on('exit', () => reportHeld());
}

/** Also when `drain` is over its deadline, of the pools that it ends. */
export function reportHeld(isMeant: (guard: Guard) => boolean = () => true): void {
  let left = SHOWN;
  for (const lease of world.leases) {
    if (left === 0) break;
    if (!isMeant(lease.guard)) continue;
    left -= 1;
    const data = { given: world.leases.ageOf(lease) };
    raise({ guard: lease.guard, id: 'runtime/held-at-shutdown', key: 'held', lease, data });
  }
  for (const guard of liveGuards()) {
    if (!isMeant(guard)) continue;
    const { waiting } = countsOf(guard.source);
    if (waiting > 0) raise({ guard, id: 'runtime/held-at-shutdown', key: 'waiting', data: { waiting } });
  }
}
