import type { LimitOption, Meaning } from '../driver.ts';

/**
 * What the driver makes of a value, for the rules and for the runtime. In: the option's data and a value. Out: a number in
 * the option's unit, or a word; undefined where we do not know: then nothing is said.
 */

/**
 * What an expression may be, as far as a file says, or what an option is. `text` without a text: some text, as the
 * environment gives it. `unknown`: anything. `other`: an object, function or truth value, which no limit is.
 */
export type Value =
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'text'; readonly text: string | undefined }
  | { readonly is: 'null' | 'other' | 'undefined' | 'unknown' };

/** What a driver makes of a value: a number in the option's unit, or a word. */
export type Effective = Exclude<Meaning, 'default' | 'read'> | 'driver' | 'machine' | 'max';

/** The longest wait of a timer: 2³¹ − 1 ms. Node fires a longer one after 1 ms (lib/internal/timers.js). */
const LONGEST = 2_147_483_647;

export function meaningOf(option: LimitOption, value: Value): Effective | undefined {
  switch (value.is) {
    case 'number':
      return ofNumber(option, value.number);
    case 'text':
      return ofText(option, value.text);
    case 'null':
      return settled(option, option.null);
    case 'undefined':
      return settled(option, option.undefined ?? 'default');
    default:
      return undefined;
  }
}

function ofNumber(option: LimitOption, number: number): Effective | undefined {
  if (Number.isNaN(number)) return settled(option, option.nan);
  if (number === Infinity) return settled(option, option.infinity);
  if (isTooLong(option, number)) return settled(option, option.overflow ?? option.infinity);
  if (number === 0) return settled(option, option.zero);
  if (number < 0) return settled(option, option.negative);
  const isWhole = Number.isInteger(number) || option.unit !== 'count';
  return isWhole ? number : settled(option, option.fraction ?? number);
}

function isTooLong({ unit }: LimitOption, number: number): boolean {
  if (unit === 'count') return false;
  return (unit === 's' ? number * 1000 : number) > LONGEST;
}

function ofText(option: LimitOption, text: string | undefined): Effective | undefined {
  const isNumber = text === undefined || /^\s*-?\d+(?:\.\d+)?\s*$/.test(text);
  if (!isNumber) return settled(option, option.word);
  if (option.text !== 'read') return settled(option, option.text);
  return text === undefined ? undefined : ofNumber(option, Number(text));
}

function settled(option: LimitOption, meaning: Meaning | undefined): Effective | undefined {
  if (meaning === 'default') return option.default;
  return meaning === 'read' ? undefined : meaning;
}

/** Times in the units of the drivers' options. */
export function milliseconds({ unit }: LimitOption, value: number): number {
  return unit === 's' ? value * 1000 : value;
}

/** Milliseconds as the option wants them, no longer than they are; less than a second would be zero there. */
export function written({ unit }: LimitOption, ms: number): number {
  return unit === 's' ? Math.max(1, Math.floor(ms / 1000)) : ms;
}
