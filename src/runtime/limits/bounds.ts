import type { Limit, LimitOption, Limits } from '../../drivers/driver.ts';
import { meaningOf } from '../../drivers/meaning.ts';
import type { Effective, Value } from '../../drivers/meaning.ts';

/** What bounds a pool, read from its options while it runs; the linter reads the same from the text. */

export interface Configured {
  readonly limits: Limits;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Bound {
  readonly option: LimitOption;
  /** The value that stands there; undefined where the default holds. */
  readonly given: { readonly value: unknown; readonly in: 'options' | 'url'; readonly path: string } | undefined;
  /** In the option's unit; undefined where we do not know what the driver makes of it. */
  readonly effective: Effective | undefined;
}

/** The option in effect for a limit; undefined where the driver has none. */
export function boundOf(configured: Configured, limit: Limit): Bound | undefined {
  const options = optionsFor(configured, limit);
  const bounds = options.map((option) => read(configured, option));
  const given = bounds.filter((bound) => bound.given);
  if (options[0]?.smallest) return smallest(given) ?? bounds[0];
  return given[0] ?? bounds[0];
}

/** The options that may set a limit here, the first counts. */
export function optionsFor({ limits, options }: Configured, limit: Limit): readonly LimitOption[] {
  return limits.options.filter((one) => one.limits.includes(limit) && isMeant(options, one));
}

function isMeant(options: Configured['options'], { when }: LimitOption): boolean {
  return !when || when.is.includes(String(valueAt(options, when.option)));
}

function smallest(bounds: readonly Bound[]): Bound | undefined {
  const size = ({ effective }: Bound): number => (typeof effective === 'number' ? effective : Infinity);
  return bounds.reduce<Bound | undefined>((least, one) => (least && size(least) <= size(one) ? least : one), undefined);
}

function read(configured: Configured, option: LimitOption): Bound {
  const ways = [inOptions(configured, option), inUrl(configured, option)];
  const given = (option.urlWins ? ways.reverse() : ways).find((one) => one !== undefined);
  return { option, given, effective: given ? meaningOf(option, valueOf(given.value)) : option.default };
}

/** A key that holds `undefined` is as good as none, unless the driver sees a difference. */
function inOptions({ options }: Configured, option: LimitOption): Bound['given'] {
  if (option.in === 'url') return undefined;
  const path = [option.option, ...(option.also ?? [])].find((one) => isSet(options, one, option));
  return path === undefined ? undefined : { value: valueAt(options, path), in: 'options', path };
}

function isSet(options: Configured['options'], path: string, option: LimitOption): boolean {
  const value = valueAt(options, path);
  if (value !== undefined) return true;
  const holder = valueAt(options, path.replace(/\.?[^.]+$/, ''));
  const isKey = typeof holder === 'object' && holder !== null && path.replace(/^.*\./, '') in holder;
  return isKey && option.undefined !== undefined;
}

function inUrl(configured: Configured, { url = [] }: LimitOption): Bound['given'] {
  const parameters = parametersOf(configured);
  const name = url.find((one) => parameters?.has(one));
  return name === undefined ? undefined : { value: parameters?.get(name), in: 'url', path: name };
}

function parametersOf({ limits: { urlIn = [] }, options }: Configured): URLSearchParams | undefined {
  const text = urlIn.map((path) => valueAt(options, path)).find((value) => typeof value === 'string');
  return text?.includes('?') ? new URLSearchParams(text.replace(/^[^?]*\?|#.*$/g, '')) : undefined;
}

export function valueAt(options: Configured['options'], path: string): unknown {
  if (path === '') return options;
  return path.split('.').reduce<unknown>((holder, key) => {
    return typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined;
  }, options);
}

export function valueOf(value: unknown): Value {
  if (typeof value === 'number') return { is: 'number', number: value };
  if (typeof value === 'string') return { is: 'text', text: value };
  if (value === null) return { is: 'null' };
  return { is: value === undefined ? 'undefined' : 'other' };
}

/** Writes an option, and the objects on the way to it. */
export function setAt(options: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let holder = options;
  for (const key of keys) {
    const inner = holder[key];
    const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
    if (next !== inner) holder[key] = next;
    holder = next;
  }
  holder[last] = value;
}

/** Takes a parameter out of the connection string, which would win over the options. */
export function removeFromUrl({ limits: { urlIn = [] }, options }: Configured, name: string): void {
  for (const path of urlIn) {
    const text = valueAt(options, path);
    if (typeof text !== 'string') continue;
    const [before = '', query = ''] = text.split('?', 2);
    const kept = query.split('&').filter((pair) => pair.split('=', 1)[0] !== name);
    setAt(options as Record<string, unknown>, path, kept.length > 0 ? `${before}?${kept.join('&')}` : before);
  }
}
