/**
 * One run of one function: what it did, what it did wrong, and which of its operations are to fail.
 */

/** The nth time (from 0) that this operation is attempted. */
export interface Point {
  readonly label: string;
  readonly nth: number;
}

/**
 * Gives the operations of one run their points. A ROLLBACK is known by what it follows, so that one which only the
 * repaired form runs is not taken for a later one of the original.
 */
export class Numbering {
  readonly #seen = new Map<string, number>();
  #last = 'nothing';

  next(operation: string): Point {
    const rollsBack = isRollback(operation);
    const label = rollsBack ? `${operation} (after ${this.#last})` : operation;
    const point = { label, nth: this.#seen.get(label) ?? 0 };
    this.#seen.set(label, point.nth + 1);
    if (!rollsBack) this.#last = formatPoint(point);
    return point;
  }
}

export function isRollback(statement: string): boolean {
  return /^\s*ROLLBACK\b/i.test(statement);
}

/** What the repaired code must never do. */
export type ViolationKind =
  'released in flight' | 'released twice' | 'returned inside a transaction' | 'used after release';

export interface Violation {
  readonly kind: ViolationKind;
  readonly detail: string;
}

export type Callback = (error: Error | null | undefined, ...results: unknown[]) => void;

/** The error of an operation that was told to fail. */
export class InjectedError extends Error {
  readonly point: Point;
  constructor(point: Point) {
    super(`injected: ${formatPoint(point)}`);
    this.point = point;
  }
}

export function formatPoint(point: Point): string {
  return `${point.label} #${point.nth}`;
}

/** After so many operations nothing settles any more, so that a retry loop without end shows as a hang. */
const OPERATION_LIMIT = 400;

export class World {
  /** Statements and calls of helpers, in order. */
  readonly trace: string[] = [];
  /** Everything that could have failed, in order. */
  readonly operations: Point[] = [];
  readonly violations: Violation[] = [];
  /** Errors thrown out of a callback, where nobody can catch them. */
  readonly uncaught: unknown[] = [];
  /** Connections checked out now, and at most. */
  checkedOut = 0;
  peak = 0;
  readonly #plan: Set<string>;
  readonly #numbering = new Numbering();

  constructor(plan: readonly Point[] = []) {
    this.#plan = new Set(plan.map(formatPoint));
  }

  get exhausted(): boolean {
    return this.operations.length > OPERATION_LIMIT;
  }

  /** Counts one operation and says whether it fails. */
  attempt(label: string): InjectedError | undefined {
    const point = this.#numbering.next(label);
    this.operations.push(point);
    return this.#plan.has(formatPoint(point)) ? new InjectedError(point) : undefined;
  }

  violate(kind: ViolationKind, detail: string): void {
    this.violations.push({ kind, detail });
  }

  hold(): void {
    this.checkedOut += 1;
    this.peak = Math.max(this.peak, this.checkedOut);
  }

  /** Hands the results over, later, in the way that was asked for. */
  settle(error: Error | undefined, results: unknown[], callback?: Callback, before?: () => void): unknown {
    if (callback === undefined) return this.#promise(error, results[0], before);
    queueMicrotask(() => {
      if (this.exhausted) return;
      before?.();
      this.call(callback, error, results);
    });
    return undefined;
  }

  call(callback: Callback, error: Error | undefined, results: unknown[]): void {
    try {
      if (error) callback(error, ...results);
      else callback(null, ...results);
    } catch (thrown) {
      this.uncaught.push(thrown);
    }
  }

  #promise(error: Error | undefined, value: unknown, before?: () => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.exhausted) return;
      queueMicrotask(() => {
        before?.();
        if (error) reject(error);
        else resolve(value);
      });
    });
  }
}
