import { checkSums } from './sums.ts';
import type { Key, MapKey, SectionKey, WholeKey } from './keys.ts';
import { PolicyError } from './error.ts';
import type { Policy } from './policy.ts';
import { schema } from './schema.ts';
import { shorten } from './words.ts';

/** Where a policy comes from, for messages: `settings.pool.policy`, or a file. */
export interface Source {
  /** The policy as a whole. */
  readonly root: string;
  /** What stands before the name of a key. */
  readonly before: string;
}

/**
 * The value, which is now known to be a policy. Whole or not at all: the first mistake throws.
 * @throws PolicyError that names the key, what it holds and what belongs there.
 */
export function checkPolicy(value: unknown, source: Source): Policy {
  const checked = { source, path: [] };
  checkKey(schema, value, checked);
  checkSums(value as Policy, source.before);
  return value as Policy;
}

interface Place {
  readonly source: Source;
  readonly path: readonly string[];
}

function checkKey(key: Key, value: unknown, place: Place): void {
  if (!fits(key, value)) throw new PolicyError(`${nameOf(place)} must be ${wanted(key)}, not ${show(value)}.`);
  if (key.kind === 'section' || key.kind === 'map') checkEntries(key, value as Record<string, unknown>, place);
}

function checkEntries(key: SectionKey | MapKey, value: Readonly<Record<string, unknown>>, place: Place): void {
  for (const [name, held] of Object.entries(value)) {
    const here = { ...place, path: [...place.path, name] };
    const entry = entryOf(key, name);
    if (!entry) throw new PolicyError(`${nameOf(here)} is unknown. Known keys: ${namesOf(key).join(', ')}.`);
    // JSON has no undefined: such a key is not there.
    if (held !== undefined) checkKey(entry, held, here);
  }
}

function entryOf(key: SectionKey | MapKey, name: string): Key | undefined {
  if (key.kind === 'section') return Object.hasOwn(key.keys, name) ? key.keys[name] : undefined;
  return key.names && !Object.hasOwn(key.names, name) ? undefined : key.entry;
}

function namesOf(key: SectionKey | MapKey): string[] {
  return Object.keys(key.kind === 'section' ? key.keys : (key.names ?? {}));
}

function fits(key: Key, value: unknown): boolean {
  if (key.kind === 'whole') return Number.isInteger(value) && isWithin(value as number, key);
  if (key.kind === 'constant') return value === key.value;
  if (key.kind === 'text') return typeof value === 'string';
  if (key.kind === 'word') return typeof value === 'string' && Object.hasOwn(key.words, value);
  return isPlainObject(value);
}

const isWithin = (value: number, { least, most = Number.MAX_SAFE_INTEGER }: WholeKey): boolean =>
  value >= least && value <= most;

/** Of any realm, but no class: what JSON can say. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function wanted(key: Key): string {
  if (key.kind === 'whole') return wantedNumber(key);
  if (key.kind === 'constant') return `${key.value}, the version that this release reads`;
  if (key.kind === 'text') return 'a string';
  if (key.kind === 'word') return alternatives(Object.keys(key.words));
  return key.kind === 'map' ? 'an object with a key for each name' : 'an object';
}

function wantedNumber({ least, most, unit }: WholeKey): string {
  const counted = unit === undefined ? 'a whole number' : `a whole number of ${unit}`;
  return most === undefined ? `${counted} of at least ${least}` : `${counted} from ${least} to ${most}`;
}

export function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => JSON.stringify(word));
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function nameOf({ source, path }: Place): string {
  if (path.length === 0) return source.root;
  return source.before + path.map((name) => (/^[\w$./@-]+$/.test(name) ? name : JSON.stringify(name))).join('.');
}

/** On one line and short, whatever it is; JSON would lose NaN and functions, and fail on circles. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shorten(value, 40));
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null)
    return isPlainObject(value) ? 'an object' : `a ${value.constructor.name}`;
  return String(value);
}
