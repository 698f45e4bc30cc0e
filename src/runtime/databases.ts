import type { Counts, Guard, Source } from './guard.ts';
import { liveGuards } from './world.ts';

/** The guards of pools and clients of databases, and their counts, for what must not fail because one of them does. */
export function collectDatabases(): Guard[] {
  return [...liveGuards()].filter(isOfDatabase);
}

/** Agents of HTTP have so many connections to each origin. */
export function isOfDatabase({ source: { limits } }: Guard): boolean {
  return !limits.options.some(({ per }) => per === 'origin');
}

const NOTHING: Counts = { total: 0, idle: 0, waiting: 0, max: 0 };

/** Nothing of what cannot be counted, as a driver may refuse at its end. */
export function countsOf(source: Source): Counts {
  try {
    return source.counts();
  } catch {
    return NOTHING;
  }
}
