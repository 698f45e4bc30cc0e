import { dismiss } from '../../adopt.ts';
import { facadeOf } from '../../facade.ts';
import type { Guard } from '../../guard.ts';
import type { Lease } from '../../leases.ts';
import { isMarked } from '../../patched.ts';
import { giveBack, giveBackAgain } from '../../returning.ts';
import type { Origin } from '../../stacks.ts';
import { queueFull, serverFull, withDeadline } from '../../waiting.ts';
import { world } from '../../world.ts';
import { statusOf, terminate, watchFailures, watchSession } from './query.ts';
import type { Session, Status } from './query.ts';
import { ASKING } from './source.ts';
import type { Asking, Reserved, Sql } from './source.ts';

/** One `sql` of postgres.js: its reserved connections and its transactions. Read in postgres 3.4.9, cjs/src/index.js. */

export function patchSql(sql: Sql, guard: Guard): void {
  if (isMarked(sql)) return;
  watchFailures(sql, (error) => note(guard, error));
  patchReserve(sql, guard);
  patchBegin(sql, guard);
  patchEnd(sql, guard);
}

function patchEnd(sql: Sql, guard: Guard): void {
  const { close, end } = sql;
  sql.end = (options) => {
    dismiss(guard);
    return end(options);
  };
  sql.close = () => {
    dismiss(guard);
    return close();
  };
}

const askingOf = ({ source }: Guard): Asking => (source as unknown as { [ASKING]: Asking })[ASKING];

function note(guard: Guard, error: unknown): void {
  if ((error as { code?: unknown } | undefined)?.code === '53300') serverFull(guard);
}

/** Those that are reserved now; the driver says which connection closes: cjs/src/index.js:425. */
function watchCloses({ options }: Sql): Set<Status> {
  const sessions = new Set<Status>();
  const { onclose } = options;
  options['onclose'] = (id: number): void => {
    for (const status of sessions) if (status.id === id) status.isClosed = true;
    if (typeof onclose === 'function') onclose(id);
  };
  return sessions;
}

/** cjs/src/index.js:203. It waits without a limit of its own. */
function patchReserve(sql: Sql, guard: Guard): void {
  const original = sql.reserve;
  const asking = askingOf(guard);
  const { lendFrom, lendPlain, refuse } = handlersOf(sql, guard, asking);
  const reserveInTime = (offer: typeof lendPlain): Promise<Reserved> => {
    const full = queueFull(guard);
    if (full) return Promise.reject(full);
    asking.asking += 1;
    return inTime(guard, original.call(sql)).then(offer, refuse);
  };
  sql.reserve = function reserve(): Promise<Reserved> {
    const origin = world.leases.capture(reserve);
    const offer = origin ? lendFrom(origin) : lendPlain;
    // Its own function, because what is asked here costs every checkout.
    if (guard.isWaitLimited) return reserveInTime(offer);
    asking.asking += 1;
    return original.call(sql).then(offer, refuse);
  };
}

/** What is called when a checkout ends: `lendPlain` when it has no stack, as most. */
interface Handlers {
  readonly lendFrom: (origin: Origin) => Handlers['lendPlain'];
  readonly lendPlain: (reserved: Reserved) => Reserved;
  readonly refuse: (error: unknown) => never;
}

function handlersOf(sql: Sql, guard: Guard, asking: Asking): Handlers {
  let sessions: Set<Status> | undefined;
  const lendAt = (reserved: Reserved, origin: Origin | undefined): Reserved => {
    asking.asking -= 1;
    if (guard.isEnforced) {
      sessions ??= watchCloses(sql);
      sessions.add(watchSession(reserved, sql.options));
    }
    return lend(guard, reserved, origin, sessions);
  };
  return {
    lendFrom: (origin) => (reserved) => lendAt(reserved, origin),
    // Not by `lendFrom`: V8 makes the best code for a closure that is made once.
    lendPlain: (reserved) => lendAt(reserved, undefined),
    refuse: (error) => {
      asking.asking -= 1;
      note(guard, error);
      throw error;
    },
  };
}

function inTime(guard: Guard, taken: Promise<Reserved>): Promise<Reserved> {
  const { acquireMs, isEnforced } = guard;
  return isEnforced && acquireMs !== undefined
    ? withDeadline(guard, acquireMs, taken, (late) => late.release())
    : taken;
}

/** Each `reserve` gives a function of its own, so that everybody's `release` is known. */
function lend(guard: Guard, reserved: Reserved, origin: Origin | undefined, sessions?: Set<Status>): Reserved {
  const lease = world.leases.beginAt(guard, reserved, origin);
  const given = reserved.release;
  const release = (): void => giveBackOnce(lease, reserved, given, sessions);
  reserved.release = release;
  return guard.hasFacades ? facadeOf<Reserved>(lease, { release }) : reserved;
}

/**
 * A connection that is closed is not the holder's any more, and a second return would free that of somebody else: the driver
 * takes both for good (cjs/src/index.js:220).
 */
function giveBackOnce(lease: Lease, reserved: Reserved, given: () => void, sessions?: Set<Status>): void {
  const { guard } = lease;
  const status = statusOf(reserved);
  if (status) sessions?.delete(status);
  if (!lease.isHeld) {
    if (giveBackAgain(lease) && !guard.enforces('pool/no-double-release')) given();
    return;
  }
  const isGone = status?.isClosed === true;
  const { error, isDirty } = giveBack(lease, isGone);
  if (isDirty) terminate(reserved);
  else if (!isGone) given();
  if (error) throw error;
}

/** cjs/src/index.js:234: the work runs between BEGIN and COMMIT, on a connection that goes back by itself. */
function patchBegin(sql: Sql, guard: Guard): void {
  const original = sql.begin;
  sql.begin = function begin(...args): Promise<unknown> {
    const work = args.at(-1);
    const full = guard.queueLimit === undefined ? undefined : queueFull(guard);
    if (full) return Promise.reject(full);
    if (typeof work !== 'function') return original.apply(sql, args);
    const start = (own: unknown): Promise<unknown> => original.apply(sql, [...args.slice(0, -1), own]);
    return new Transaction(guard, world.leases.capture(begin)).run(start, work as Work);
  };
}

type Work = (session: Session) => unknown;

class Transaction {
  readonly #guard: Guard;
  readonly #origin: Origin | undefined;
  readonly #asking: Asking;
  #lease: Lease | undefined;
  #late: unknown;

  constructor(guard: Guard, origin: Origin | undefined) {
    this.#guard = guard;
    this.#origin = origin;
    this.#asking = askingOf(guard);
  }

  async run(start: (work: Work) => Promise<unknown>, work: Work): Promise<unknown> {
    this.#asking.asking += 1;
    let isBegun = (): void => {};
    const begun = new Promise<void>((resolve) => (isBegun = resolve));
    const done = start((session) => {
      isBegun();
      return this.#work(session, work);
    });
    try {
      await this.#bounded(begun, done);
      return await done;
    } finally {
      this.#end();
    }
  }

  async #bounded(begun: Promise<unknown>, done: Promise<unknown>): Promise<void> {
    const { acquireMs, isEnforced } = this.#guard;
    if (!isEnforced || acquireMs === undefined) return;
    try {
      await withDeadline(this.#guard, acquireMs, Promise.race([begun, done]), () => {});
    } catch (error) {
      this.#late = error;
      // Nobody waits for it any more: it rolls back as soon as it has begun.
      done.catch(() => {});
      throw error;
    }
  }

  #work(session: Session, work: Work): unknown {
    if (this.#late !== undefined) throw this.#late;
    this.#asking.asking -= 1;
    this.#lease = world.leases.beginAt(this.#guard, session, this.#origin);
    return work(session);
  }

  #end(): void {
    if (this.#lease) world.leases.end(this.#lease);
    else this.#asking.asking -= 1;
  }
}
