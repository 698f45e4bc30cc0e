import { raise } from './raise.ts';
import { isFirst, liveGuards, world } from './world.ts';

/** What is held, and who waits, when the process ends. */

/** Lines that a dying process prints. */
const SHOWN = 10;

/** Reports at the end of the process, without keeping it alive. */
export function watchShutdown(): void {
  if (isFirst('shutdown')) process.on('exit', reportHeld);
}

/** Also when `drain` is over its deadline. */
export function reportHeld(): void {
  let left = SHOWN;
  for (const lease of world.leases) {
    if (left === 0) break;
    left -= 1;
    const data = { given: world.leases.ageOf(lease) };
    raise({ guard: lease.guard, id: 'runtime/held-at-shutdown', key: 'held', lease, data });
  }
  for (const guard of liveGuards()) {
    const { waiting } = guard.source.counts();
    if (waiting > 0) raise({ guard, id: 'runtime/held-at-shutdown', key: 'waiting', data: { waiting } });
  }
}
