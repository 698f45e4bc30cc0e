import type { Guard } from './guard.ts';
import { codes, PoolError } from './errors.ts';
import { errorOf, raise, violationOf } from './raise.ts';
import type { Seen } from './raise.ts';
import type { Violation } from './report.ts';
import { world } from './world.ts';

/** Callers that wait for a connection: too many of them, or too long. */

const ID = 'runtime/exhausted';

/** Thousands may fail in one moment: one look at who holds what serves them all. */
const FRESH_MS = 100;
const looked = new WeakMap<Guard, Partial<Record<Key, Look>>>();

type Key = 'exhausted' | 'queueFull';

interface Look {
  readonly at: number;
  readonly violation: Violation;
}

/**
 * The driver's error for a caller that got nothing in time. Under `enforce` it gets a `code`, `counts` and `holders`; its
 * message stays, because programs look for it.
 */
export function exhausted(guard: Guard, error: Error, waitedMs: number): Error {
  guard.timeouts += 1;
  const { max, waiting } = guard.source.counts();
  const data = { given: Math.round(waitedMs), size: guard.held, limit: max, waiting };
  const { holders } = look(guard, 'exhausted', data);
  if (!guard.enforces(ID)) return error;
  const code = (error as { code?: unknown }).code ?? codes[ID];
  return Object.assign(error, { code, counts: guard.source.counts(), holders });
}

function look(guard: Guard, key: Key, data: Seen['data']): Violation {
  const now = performance.now();
  const looks = looked.get(guard) ?? {};
  const before = looks[key];
  if (before && now - before.at < FRESH_MS) return before.violation;
  const violation = violationOf({ guard, id: ID, key, data: data ?? {}, withHolders: true });
  looked.set(guard, { ...looks, [key]: { at: now, violation } });
  world.reporter.emit(violation);
  return violation;
}

/** An error for a caller that must not wait, because as many wait already as the policy allows. */
export function queueFull(guard: Guard): PoolError | undefined {
  const limit = guard.queueLimit;
  if (limit === undefined || guard.source.counts().waiting < limit) return undefined;
  const violation = look(guard, 'queueFull', { waiting: limit, key: 'perProcess.queue' });
  return guard.enforces(ID) ? errorOf({ guard, id: ID, key: 'queueFull' }, violation) : undefined;
}

/** The server refused a connection because it has too many. */
export function serverFull(guard: Guard): void {
  const { max, total } = guard.source.counts();
  const data = { size: total, limit: max, key: `databases.${guard.database}.maxConnections` };
  raise({ guard, id: 'runtime/server-full', key: 'refused', data, withHolders: true });
}

const { clearTimeout, setTimeout } = globalThis;

/**
 * A wait that ends after so many milliseconds, for drivers that have no limit of their own. What comes too late goes to
 * `late`.
 */
export function withDeadline<Connection>(
  guard: Guard,
  ms: number,
  taken: Promise<Connection>,
  late: (connection: Connection) => void,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    // Keeps the process alive, as the wait itself would: nothing ends silently.
    const timer = setTimeout(() => {
      isOver = true;
      reject(exhausted(guard, deadlineError(guard, ms), ms));
    }, ms);
    taken.then(
      (connection) => {
        clearTimeout(timer);
        if (isOver) late(connection);
        else resolve(connection);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (!isOver) reject(error as Error);
      },
    );
  });
}

export function deadlineError(guard: Guard, ms: number): PoolError {
  return new PoolError(ID, `No connection of \`${guard.name}\` became free in ${ms} ms.`);
}
