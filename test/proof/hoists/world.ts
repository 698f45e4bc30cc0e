import { AsyncLocalStorage } from 'node:async_hooks';
import { formatPoint, isRollback } from '../../support/stub-world.ts';

/**
 * What one run of a module did: calls of its handler one after the other or at the same time, each with a number. An
 * operation is known by the call that it serves, so that it is the same one whoever built the connection it runs on.
 */

/** The nth time (from 0) that this call attempts this operation. */
export interface CallPoint {
  readonly call: number;
  readonly label: string;
  readonly nth: number;
}

export function formatCallPoint({ call, label, nth }: CallPoint): string {
  return `call ${call}: ${formatPoint({ label, nth })}`;
}

/** What a module must never do, whatever fails. */
export type MisdeedKind =
  | 'released in flight'
  | 'released twice'
  | 'returned inside a transaction'
  | 'seen by another request'
  | 'used after end'
  | 'used after release';

export interface Misdeed {
  readonly kind: MisdeedKind;
  readonly detail: string;
}

/** After so many turns nothing settles any more: a loop without end shows as a hang. */
const TURN_LIMIT = 2_000;
const AT_LOAD = -1;

export class World {
  readonly operations: CallPoint[] = [];
  readonly misdeeds: Misdeed[] = [];
  /** What each call did, in order: statements with the state of the session that they ran in, calls of helpers. */
  readonly traces = new Map<number, string[]>();
  /** Pools (and clients that own one), connections of one's own; connections that a server would have seen. */
  built = 0;
  opened = 0;
  /** Built, opened, and not ended. */
  alive = 0;
  open = 0;
  /** Handed out by a pool and not given back. */
  checkedOut = 0;
  /** Living pools and connections that end the process when a connection breaks, since nobody listens. */
  readonly unheard = new Set<object>();
  /** For calls at the same time alone: it makes every promise of the process slow. */
  readonly #calls: AsyncLocalStorage<number> | undefined;
  #call = AT_LOAD;
  readonly #plan: ReadonlySet<string>;
  readonly #seen = new Map<string, number>();
  readonly #last = new Map<number, string>();
  #turns = 0;

  constructor(plan: readonly CallPoint[], isConcurrent: boolean) {
    if (isConcurrent) this.#calls = new AsyncLocalStorage();
    this.#plan = new Set(plan.map(formatCallPoint));
  }

  get call(): number {
    return this.#calls ? (this.#calls.getStore() ?? AT_LOAD) : this.#call;
  }

  inCall<T>(call: number, action: () => T): T {
    if (this.#calls) return this.#calls.run(call, action);
    this.#call = call;
    return action();
  }

  finish(): void {
    this.#calls?.disable();
  }

  write(line: string): void {
    const lines = this.traces.get(this.call);
    if (lines) lines.push(line);
    else this.traces.set(this.call, [line]);
  }

  misbehave(kind: MisdeedKind, detail: string): void {
    this.misdeeds.push({ kind, detail });
  }

  /** Counts one operation and throws where it was told to fail. A ROLLBACK is known by what it follows. */
  attempt(operation: string): void {
    const { call } = this;
    const rollsBack = isRollback(operation);
    const label = rollsBack ? `${operation} (after ${this.#last.get(call) ?? 'nothing'})` : operation;
    const key = `${call} ${label}`;
    const point = { call, label, nth: this.#seen.get(key) ?? 0 };
    this.#seen.set(key, point.nth + 1);
    if (!rollsBack) this.#last.set(call, formatPoint(point));
    this.operations.push(point);
    if (this.#plan.has(formatCallPoint(point))) throw new Error(`injected: ${formatCallPoint(point)}`);
  }

  /** The next turn; never, once the run has gone on for too long. */
  turn(): Promise<void> {
    this.#turns += 1;
    return this.#turns > TURN_LIMIT ? new Promise(() => {}) : Promise.resolve();
  }
}
