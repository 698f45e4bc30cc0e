import { boundsOf } from '../drivers/reading/bounds.ts';
import type { Limit, LimitOption } from '../drivers/driver.ts';
import type { Effective } from '../drivers/reading/meaning.ts';
import type { Bound, Given, Setup, Standing } from '../drivers/reading/setup.ts';
import type { Policy } from '../policy/policy.ts';
import { fill } from '../policy/sentences.ts';
import { shorten } from '../policy/words.ts';

/**
 * A pool or client, as far as it is judged. What the analysis finds in a file has this shape, and what the runtime makes of
 * a pool in the process; `Place` as in `Setup`.
 */
export interface Configuration<Place = unknown> {
  readonly name: string;
  readonly driver: { readonly name: string };
  readonly setup: Setup<Place>;
  /** What it keeps open, where it keeps something. */
  readonly owns?: { readonly what: string } | undefined;
  /** Why it is built again and again. */
  readonly creation?: { readonly repeats: unknown } | undefined;
  /** The database it is for, as its author says it; undefined where that is not in view. */
  readonly database?: string | undefined;
}

/** One thing that is wrong with how a pool or client is set up. */
export interface Finding<Id extends string, Place = unknown> {
  readonly messageId: Id;
  readonly data: Readonly<Record<string, string>>;
  /** What it is about, and what stands there; neither: the pool or client as a whole. */
  readonly option?: LimitOption | undefined;
  readonly given?: Place | undefined;
  /** The numbers that mend it. */
  readonly changes: readonly Change<Place>[];
  /** What a running process sets as well, unasked. */
  readonly beside?: readonly Change<Place>[] | undefined;
  /** `suggest`: right only where the user knows more than we do. */
  readonly kind?: 'fix' | 'suggest' | undefined;
}

export interface Change<Place = unknown> {
  readonly option: LimitOption;
  /** In the option's unit. */
  readonly value: number;
  readonly given?: Given<Place> | undefined;
  /** What the policy itself states for it, where that is broken: the number that may be written unasked. */
  readonly stated?: Stated | undefined;
}

/** A number of the policy, in the option's unit, and its key. */
export interface Stated {
  readonly value: number;
  readonly key: string;
}

/** It is built again and again: that is the worse fault, and has a rule of its own. */
export const isRepeated = ({ creation }: Configuration): boolean => creation?.repeats !== undefined;

/** What holds for a limit, as far as something is to be said of it: what nobody wrote matters once it is built once. */
export function boundsInView<Place>(configuration: Configuration<Place>, limit: Limit): readonly Bound<Place>[] {
  return boundsOf(configuration.setup, limit).filter(({ given }) => given !== undefined || !isRepeated(configuration));
}

/** The path under which a value stands: an option may have several. */
export const pathOf = ({ option }: LimitOption, given: Given | undefined): string =>
  given?.in === 'options' ? given.path : option;

export const lastOf = (path: string): string => path.replace(/^.*\./, '');

/** The value as its author writes it. */
export const givenText = ({ text }: Standing): string => shorten(text, 16);

/** `max: 0` in the options; `connection_limit=0` in a connection string. */
export function writtenText(given: Given): string {
  const text = givenText(given);
  return given.in === 'options' ? `${lastOf(given.path)}: ${text}` : `${given.path}=${text}`;
}

/** The number that somebody wrote, as text or not. */
export function numberIn({ value }: Standing): number | undefined {
  if (value.is === 'number') return value.number;
  return value.is === 'text' && value.text?.trim() ? Number(value.text) : undefined;
}

/** `null` or `undefined` in so many words: what the environment leaves out, it may also set. */
export const isLeftOut = ({ text, value }: Standing): boolean =>
  (value.is === 'null' || value.is === 'undefined') && text === value.is;

export const nameOf = ({ name }: Configuration): string => shorten(name, 20);

/** The key of a pool under `pools`: its name, or that of the field which holds it. */
export function poolNameOf({ name }: Configuration, { pools = {} }: Policy): string {
  const isPath = /^[\w$#.]+$/.test(name);
  return Object.hasOwn(pools, name) || !isPath ? name : lastOf(name).replace(/^#/, '');
}

/** The package: `mysql2` of `mysql2/promise`. */
export function driverOf({ driver }: Configuration): string {
  return driver.name.replace(/^((?:@[^/]+\/)?[^/]+).*$/, '$1');
}

/** The data with which a sentence keeps to 160 characters: the name gives way, then the path of the option. */
export function fitted(sentence: string, data: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { name = '', option = '' } = data;
  const excess = (one: typeof data): number => fill(sentence, one).length - 160;
  if (excess(data) <= 0) return data;
  const shorter = { ...data, name: shorten(name, Math.max(6, name.length - excess(data))) };
  return excess(shorter) <= 0 ? shorter : { ...shorter, option: lastOf(option) };
}

export const isNumber = (effective: Effective | undefined): effective is number => typeof effective === 'number';

/** Each origin or host has connections of its own, and `maxTotalSockets` is over all: the policy's numbers are for one database. */
export const isOfOrigins = ({ setup }: Configuration): boolean =>
  setup.limits.options.some(({ limits, per }) => limits.includes('max') && (per === 'origin' || per === 'host'));
