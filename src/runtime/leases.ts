import type { Clock } from './clock.ts';
import type { Guard } from './guard.ts';
import { channels } from './report.ts';
import { currentRequest } from './request.ts';
import type { RequestInfo } from './request.ts';
import type { Origin, Stacks } from './stacks.ts';

/**
 * The connections that are held now, in the order in which they were checked out:
 *
 *     ring ⇄ oldest ⇄ … ⇄ youngest ⇄ ring
 *
 * A checkout links one object and a return unlinks it: no map, no timer and no clock call for each. What is held too long
 * stands in front, so that a look at it ends at the first young one.
 */
export class Lease {
  previous: Lease | undefined;
  next: Lease | undefined;
  /** A report says that it is lost. */
  declare isReported: boolean;
  /** Destroyed while it was held. */
  declare isReclaimed: boolean;
  /** Given back while its statements still ran, so that nobody knew whether its transaction was over. */
  declare isUnknown: boolean;
  /** Somebody has it for longer than its checkout. */
  declare isKept: boolean;
  readonly guard: Guard;
  /** What the driver handed out. */
  readonly connection: object;
  /** The clock's time of the checkout, in milliseconds. */
  since: number;
  origin: Origin | undefined;
  request: RequestInfo | undefined;

  constructor(guard: Guard, connection: object, since: number, origin?: Origin, request?: RequestInfo) {
    this.guard = guard;
    this.connection = connection;
    this.since = since;
    this.origin = origin;
    this.request = request;
  }

  get isHeld(): boolean {
    return this.next !== undefined;
  }

  /** Nobody will ask for it any more, or for what became of it. */
  get isFree(): boolean {
    return this.next === undefined && !this.isKept && !this.isReported && !this.isReclaimed;
  }
}

// Few leases have one of them: on the prototype they cost nothing, while a field is written at each checkout.
Object.assign(Lease.prototype, { isReported: false, isReclaimed: false, isUnknown: false, isKept: false });

/** On what a driver hands out: its lease, the last one when it is not held. */
export const LEASE = Symbol.for('eslint-plugin-pool:lease');

export interface Leased {
  [LEASE]?: Lease | undefined;
}

export class Leases {
  /** Neither the oldest nor the youngest: it stands between them. */
  readonly #ring: Lease;
  readonly #clock: Clock;
  readonly #stacks: Stacks;
  #count = 0;
  /** A connection that was reported as lost came back. */
  onLateReturn: (lease: Lease) => void = () => {};

  constructor(clock: Clock, stacks: Stacks) {
    this.#clock = clock;
    this.#stacks = stacks;
    const ring = new Lease(undefined as never, {}, 0);
    ring.previous = ring;
    ring.next = ring;
    this.#ring = ring;
  }

  get count(): number {
    return this.#count;
  }

  /** `below` is the function that the user called: the stack begins above it. */
  begin(guard: Guard, connection: object, below: (...args: never[]) => unknown): Lease {
    return this.beginAt(guard, connection, this.#stacks.capture(below));
  }

  /** The stack was taken when the connection was asked for. A promise's callback still runs in the request that asked. */
  beginAt(guard: Guard, connection: object, origin: Origin | undefined): Lease {
    return this.beginFor(guard, connection, origin, currentRequest());
  }

  /** For callbacks of drivers, which run in the request of whoever gave the connection back. */
  beginFor(guard: Guard, connection: object, origin: Origin | undefined, request: RequestInfo | undefined): Lease {
    const lease = new Lease(guard, connection, this.#since(), origin, request);
    (connection as Leased)[LEASE] = lease;
    return this.#hold(lease);
  }

  /**
   * The same where an adapter knows a checkout by its connection alone: the last lease of the connection serves again, unless
   * it is kept. What is not allocated costs neither its time nor the collector's.
   */
  beginAgain(guard: Guard, connection: object, origin: Origin | undefined, request: RequestInfo | undefined): Lease {
    const last = (connection as Leased)[LEASE];
    if (last?.guard !== guard || !last.isFree) return this.beginFor(guard, connection, origin, request);
    last.since = this.#since();
    last.origin = origin;
    last.request = request;
    if (last.isUnknown) last.isUnknown = false;
    return this.#hold(last);
  }

  #hold(lease: Lease): Lease {
    const { connection, guard } = lease;
    const ring = this.#ring;
    const youngest = ring.previous ?? ring;
    lease.previous = youngest;
    lease.next = ring;
    youngest.next = lease;
    ring.previous = lease;
    this.#count += 1;
    guard.held += 1;
    guard.taken += 1;
    if (channels.acquire.hasSubscribers) channels.acquire.publish({ pool: guard.name, connection });
    return lease;
  }

  end(lease: Lease): void {
    const { next, previous } = lease;
    if (!next || !previous) return;
    previous.next = next;
    next.previous = previous;
    lease.next = undefined;
    lease.previous = undefined;
    this.#count -= 1;
    lease.guard.held -= 1;
    if (channels.release.hasSubscribers) publishRelease(lease);
    if (lease.isReported) this.onLateReturn(lease);
  }

  get oldest(): Lease | undefined {
    const { next } = this.#ring;
    return next === this.#ring ? undefined : next;
  }

  /** The oldest first. */
  *[Symbol.iterator](): IterableIterator<Lease> {
    let lease = this.oldest;
    while (lease && lease !== this.#ring) {
      // Whoever looks at it may end it.
      const { next }: Lease = lease;
      yield lease;
      lease = next;
    }
  }

  /** The same, but only those held longer than so many milliseconds. */
  *olderThan(ms: number): IterableIterator<Lease> {
    for (const lease of this) {
      if (this.#clock.now - lease.since <= ms) return;
      yield lease;
    }
  }

  ageOf({ since }: Lease): number {
    return Math.max(0, Math.round(this.#clock.now - since));
  }

  capture(below: (...args: never[]) => unknown): Origin | undefined {
    return this.#stacks.capture(below);
  }

  /** Rounded up to the next step: nobody is said to hold longer than is true. */
  #since(): number {
    const clock = this.#clock;
    if (clock.isRunning) return clock.now + clock.interval;
    this.#stacks.refill();
    clock.start();
    return clock.now;
  }

  /** Once for each step of the clock, which rests while nothing is held. */
  refresh(): void {
    const { oldest } = this;
    this.#stacks.refill();
    this.#stacks.isArmed = oldest !== undefined && this.#clock.now - oldest.since > this.#clock.interval;
    if (!oldest) this.#clock.stop();
  }
}

function publishRelease({ connection, guard }: Lease): void {
  channels.release.publish({ pool: guard.name, connection });
}
