import type { Leak } from './model.ts';

/**
 * What may be true of one connection at one point: a set of statuses, each with the value of one tracked condition.
 * In: masks. Out: masks. It does not know any syntax.
 */

/** No connection in the variable. */
export const ABSENT = 0b11;
/** A handle that holds nothing yet (a query runner before its first statement). */
export const IDLE = ABSENT << 2;
/** Taken and not yet back. */
export const HELD = ABSENT << 4;
/** Given back. */
export const RELEASED = ABSENT << 6;
/** Somebody else answers for it. */
export const ESCAPED = ABSENT << 8;

const SHIFT = new Map([
  [ABSENT, 0],
  [IDLE, 2],
  [HELD, 4],
  [RELEASED, 6],
  [ESCAPED, 8],
]);

/** The tracked condition is false / true: one bit of each pair. */
export const WHEN_FALSE = 0b0101010101;
export const WHEN_TRUE = 0b1010101010;

/** Every connection in one of the statuses `from` moves to status `to`. */
export function move(mask: number, from: number, to: number): number {
  let kept = mask & ~from;
  for (const [status, shift] of SHIFT) {
    if (from & status & mask) kept |= ((mask & status) >> shift) << (SHIFT.get(to) ?? 0);
  }
  return kept;
}

/** Sets the tracked condition, whatever it was. */
export function setCondition(mask: number, value: boolean): number {
  return value ? ((mask & WHEN_FALSE) << 1) | (mask & WHEN_TRUE) : ((mask & WHEN_TRUE) >> 1) | (mask & WHEN_FALSE);
}

/** Forgets the tracked condition: it may be either. */
export function forgetCondition(mask: number): number {
  return setCondition(mask, true) | setCondition(mask, false);
}

/** A mask that reaches a point, with the witnesses of what may be lost there. A mask of 0: nothing reaches it. */
export interface Flow {
  readonly mask: number;
  readonly lost: readonly Leak[];
}

/** Stands for the witnesses that a remembered piece of code was entered with. */
export const ENTRY: Leak = { reason: 'throw', witness: { range: [-1, -1] } as Leak['witness'] };

export const NOWHERE: Flow = { mask: 0, lost: [] };

/** Witnesses kept per point; the first ones in source order are the ones a reader wants. */
const MOST = 4;

export function flow(mask: number, lost: readonly Leak[] = []): Flow {
  if (mask === 0) return NOWHERE;
  return { mask, lost: mask & HELD ? lost : [] };
}

export function join(a: Flow, b: Flow): Flow {
  if (a.mask === 0) return b;
  if (b.mask === 0 || a === b) return a;
  if (b.lost.length === 0)
    return a.lost.length > 0 || a.mask === (a.mask | b.mask) ? flow(a.mask | b.mask, a.lost) : flow(a.mask | b.mask);
  const fresh = b.lost.filter((one) => !a.lost.some((known) => known.witness === one.witness));
  return flow(a.mask | b.mask, likelyFirst([...a.lost, ...fresh]).slice(0, MOST));
}

function likelyFirst(leaks: readonly Leak[]): readonly Leak[] {
  return leaks.some((one) => one.unlikely)
    ? [...leaks].sort((a, b) => Number(a.unlikely ?? false) - Number(b.unlikely ?? false))
    : leaks;
}

/** The flow of a remembered piece of code, for one way of entering it. */
export function entered(at: Flow, entry: readonly Leak[]): Flow {
  if (!at.lost.includes(ENTRY)) return at;
  return flow(at.mask, [...entry, ...at.lost.filter((one) => one !== ENTRY)].slice(0, MOST));
}

/** The same flow, where a connection that is held now has this witness. */
export function witnessed(at: Flow, leak: Leak): Flow {
  return at.mask & HELD ? { mask: at.mask, lost: [leak] } : at;
}

/** Somebody else answers for it from here on. */
export function escape(at: Flow): Flow {
  return { mask: move(at.mask, HELD | IDLE, ESCAPED), lost: [] };
}

/** What was given back by code that runs later must not look given back to the code that follows. */
export function later(before: Flow, after: Flow): Flow {
  return before.mask & RELEASED ? after : flow(move(after.mask, RELEASED, ESCAPED), after.lost);
}

/** The ways out of a piece of code other than its end. */
export class Exits {
  thrown: Flow = NOWHERE;
  returned: Flow = NOWHERE;
  readonly jumps = new Map<string, Flow>();

  jump(label: string, at: Flow): void {
    this.jumps.set(label, join(this.jumps.get(label) ?? NOWHERE, at));
  }

  /** Takes the flow that leaves by `label` out. */
  take(label: string): Flow {
    const at = this.jumps.get(label) ?? NOWHERE;
    this.jumps.delete(label);
    return at;
  }

  /** Takes over the exits of a piece of code that was entered with the witnesses `entry`. */
  add(other: Exits, entry: readonly Leak[] = []): void {
    this.thrown = join(this.thrown, entered(other.thrown, entry));
    this.returned = join(this.returned, entered(other.returned, entry));
    for (const [label, at] of other.jumps) this.jump(label, entered(at, entry));
  }
}
