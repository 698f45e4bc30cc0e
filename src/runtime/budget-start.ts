import type { Policy } from '../policy/policy.ts';
import { compare, seenIn, tell, tellCompared } from './budget-check.ts';
import { askServer, canAsk } from './budget-server.ts';
import type { Guard } from './guard.ts';
import { raise } from './raise.ts';
import { isFirst, world } from './world.ts';

/** Once for each server, soon after the start: do the numbers of the policy hold on the server as it is? */

/**
 * The first look, then each twice as late as the one before: a connection that the program opened must be idle, since none is
 * opened for a question.
 */
const FIRST_MS = 1_000;
const LAST_MS = 60_000;

const { setTimeout } = globalThis;

/** Only where a policy states how many connections there should be. Keeps neither the pool nor the process alive. */
export function watchBudget(guard: Guard): void {
  if (guard.source.kind !== 'pool' || !canAsk(guard.source) || !statesNumbers(guard.policy)) return;
  if (!world.started.has(keyFor(guard))) look(new WeakRef(guard), FIRST_MS);
}

function statesNumbers({ databases, instances, perProcess, pools }: Policy): boolean {
  return [databases, instances, perProcess, pools].some((stated) => stated !== undefined);
}

function keyFor({ source }: Guard): string {
  const { host, port } = source.address();
  return `budget ${host}:${port}`;
}

function look(reference: WeakRef<Guard>, ms: number): void {
  const timer = setTimeout(() => {
    const guard = reference.deref();
    if (!guard || guard.isEnded || world.started.has(keyFor(guard))) return;
    if (guard.source.counts().idle === 0) look(reference, Math.min(2 * ms, LAST_MS));
    else if (isFirst(keyFor(guard))) void checkAtStart(guard);
  }, ms);
  timer.unref();
}

/** Never rejects. Nobody waits for it, so that `strict` has nobody to throw at. */
async function checkAtStart(guard: Guard): Promise<void> {
  try {
    const check = compare(guard, await askServer(guard));
    tellCompared(guard, check);
    if (check.isOver) raise(seenIn(guard, check));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tell(guard, `The server of \`${guard.name}\` could not be asked for its limits: ${why}`, { error });
  }
}
