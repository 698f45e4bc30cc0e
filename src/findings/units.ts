import type { Limit, LimitOption } from '../drivers/driver.ts';

/** Times in the units of the drivers' options. */

const UNITS = { ms: 'milliseconds', s: 'seconds', count: 'times' } as const;

interface Suspect {
  readonly unit: string;
  /** The time that the value really means. */
  readonly meaning: string;
  /** The value in the option's unit, had it been written in the other. */
  readonly value: number;
}

/** Below this many milliseconds, seconds were meant: no connection opens, and no pool empties, so fast on purpose. */
const SHORTEST = 100;
/** From this many seconds on, milliseconds were meant: a wait of a quarter of an hour; for what may stay open, three hours. */
const LONGEST_WAIT = 1000;
const LONGEST_STAY = 10_000;
const HOUR = 3600;
const WEEK = 604_800;

/** A value that makes sense in the other unit only. */
export function suspectUnit(option: LimitOption, limit: Limit, value: number): Suspect | undefined {
  const unit = UNITS[option.unit];
  if (option.unit === 'ms' && value > 0 && value < SHORTEST)
    return { unit, meaning: `${value} ms`, value: value * 1000 };
  const longest = limit === 'idle' || limit === 'lifetime' ? LONGEST_STAY : LONGEST_WAIT;
  // Whole hours are written in seconds on purpose.
  const isMeant = value % 100 !== 0 || (value % HOUR === 0 && value <= WEEK);
  if (option.unit !== 's' || value < longest || isMeant) return undefined;
  return { unit, meaning: spoken(value), value: Math.max(1, Math.round(value / 1000)) };
}

function spoken(seconds: number): string {
  if (seconds < 2 * HOUR) return `${Math.round(seconds / 60)} minutes`;
  const hours = seconds / HOUR;
  return hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
}
