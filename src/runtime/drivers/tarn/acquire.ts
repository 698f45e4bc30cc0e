import { guardOf } from '../../guard.ts';
import type { Guard } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import { currentRequest } from '../../request.ts';
import type { RequestInfo } from '../../request.ts';
import type { Origin } from '../../stacks.ts';
import { queueFull } from '../../waiting.ts';
import { world } from '../../world.ts';
import { offer, refused } from '../lenders/offer.ts';
import type { Lender } from '../lenders/offer.ts';
import { close } from './shape.ts';
import type { Pending, TarnPool } from './shape.ts';

/** How tarn lends, and how it refuses. Read in tarn 3.1.2, dist/Pool.js, dist/PendingOperation.js. */

/** On a checkout that waits: who asked. */
const ASKER = Symbol.for('eslint-plugin-pool:tarn asker');

interface Asker {
  readonly guard: Guard;
  readonly origin: Origin | undefined;
  readonly request: RequestInfo | undefined;
}

interface Asked extends Pending {
  [ASKER]?: Asker;
}

/** Most have no stack, and many no request: those of the pool that was asked last share this one. */
let plain: Asker | undefined;

function askerOf(guard: Guard, origin: Origin | undefined, request: RequestInfo | undefined): Asker {
  if (origin || request) return { guard, origin, request };
  return plain?.guard === guard ? plain : (plain = { guard, origin, request });
}

/** dist/Pool.js:91-119, 300: what it lends goes to the checkout that waits, once it is found to be valid. */
export function patchAcquire(prototype: TarnPool, pendings: Pending, guardIn: (pool: TarnPool) => Guard): void {
  const original = prototype.acquire;
  prototype.acquire = function acquire(this: TarnPool): Pending {
    const guard = guardIn(this);
    const full = guard.queueLimit === undefined ? undefined : queueFull(guard);
    const origin = world.leases.capture(acquire);
    const pending: Asked = original.call(this);
    if (full) {
      pending.reject(full);
      return pending;
    }
    pending[ASKER] = askerOf(guard, origin, currentRequest());
    return pending;
  };
  patchResolve(pendings, { ...lender, ask: (pool) => askAgain(pool, original) });
}

/** Checkouts in place of another one, by their numbers: who waits is heard of once. */
const again = new WeakMap<TarnPool, Set<unknown>>();

async function askAgain(pool: TarnPool, original: TarnPool['acquire']): Promise<unknown> {
  const { eventId } = pool;
  const ids = again.get(pool) ?? new Set();
  again.set(pool, ids.add(eventId));
  try {
    return await original.call(pool).promise;
  } finally {
    ids.delete(eventId);
  }
}

const lender: Omit<Lender<TarnPool>, 'ask'> = {
  // Of an acquire, and of a create that a caller waits for: dist/PendingOperation.js:12.
  isTimeout: (error) => error.constructor.name === 'TimeoutError',
  msOf: (pool) => pool.acquireTimeoutMillis,
  close,
};

function patchResolve(prototype: Pending, own: Lender<TarnPool>): void {
  const original = prototype.resolve;
  prototype.resolve = function resolve(this: Asked, resource): void {
    const asker = this[ASKER];
    if (!asker) return original.call(this, resource);
    const { guard, origin, request } = asker;
    try {
      const given = offer(own, guard, resource, origin, request);
      original.call(this, given);
      if (given !== resource && given instanceof Promise) giveBackLate(guard, this, given);
    } catch (error) {
      // What it lends may be a proxy that throws whatever is asked.
      this.reject(error as Error);
      close(guard.source.target as TarnPool, resource);
    }
  };
}

/** Who asked may be gone by the time that a connection has said that it is alive. */
function giveBackLate(guard: Guard, pending: Pending, given: Promise<unknown>): void {
  const pool = guard.source.target as TarnPool;
  given.then((late) => pending.isRejected && pool.release(late)).catch(() => {});
}

/** The error that a caller gets is completed on its way, once nobody counts the caller any more: dist/Pool.js:112. */
export function hearFailures(pool: TarnPool): void {
  if (isMarked(pool)) return;
  pool.on('acquireFail', (id, error) => {
    const guard = again.get(pool)?.has(id) ? undefined : guardOf(pool);
    if (guard) queueMicrotask(() => refused(lender, guard, error));
  });
}
