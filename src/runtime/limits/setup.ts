import type { LimitOption, Limits } from '../../drivers/driver.ts';
import type { Value } from '../../drivers/reading/meaning.ts';
import { parametersOf } from '../../drivers/reading/parameters.ts';
import type { Address, Entry, Setup, Standing } from '../../drivers/reading/setup.ts';
import { valueAt } from './options.ts';
import type { Options } from './options.ts';

/** How a pool is set up, read from its options while it runs: the findings judge it as they judge a file. */

/** What stands there, as it is. */
export interface Live {
  readonly raw: unknown;
}

export function setupOf(limits: Limits, options: Options): Setup<Live> {
  const setup: Setup<Live> = {
    limits,
    addresses: addressesIn(limits, options),
    addressOpen: false,
    entry: (path) => (isSet(limits, options, path) ? written(valueAt(options, path)) : ABSENT),
    // Nothing is out of view.
    guess: () => undefined,
    stated: () => setup,
  };
  return setup;
}

const ABSENT: Entry<never> = { given: [], state: 'absent', sure: false };

function written(raw: unknown): Entry<Standing<Live>> {
  return { given: [{ raw, value: valueOf(raw), text: textOf(raw) }], state: 'written', sure: true };
}

/**
 * Whether somebody chose what stands there. Drivers complete the options that they keep: `undefined` where it makes no
 * difference, and their own default, are nobody's choice. Of two names for one option the first counts.
 */
function isSet({ options: known }: Limits, options: Options, path: string): boolean {
  const option = known.find((one) => namesOf(one).includes(path));
  if (!option) return isOwn(options, path);
  const isChosen = (name: string): boolean => {
    const value = valueAt(options, name);
    return value === undefined ? option.undefined !== undefined && isOwn(options, name) : value !== option.default;
  };
  return namesOf(option).find(isChosen) === path;
}

const namesOf = ({ also = [], option }: LimitOption): readonly string[] => [option, ...also];

/** A name of its own: what a driver puts behind the options, or hides in them, nobody wrote. */
function isOwn(options: Options, path: string): boolean {
  const holder = valueAt(options, path.replace(/\.?[^.]+$/, ''));
  return typeof holder === 'object' && holder !== null && Object.keys(holder).includes(path.replace(/^.*\./, ''));
}

function valueOf(raw: unknown): Value {
  if (typeof raw === 'number') return { is: 'number', number: raw };
  if (typeof raw === 'string') return { is: 'text', text: raw };
  if (raw === null) return { is: 'null' };
  return { is: raw === undefined ? 'undefined' : 'other' };
}

/** As a program would write it. */
function textOf(raw: unknown): string {
  if (typeof raw === 'string') return `'${raw}'`;
  return typeof raw === 'object' && raw !== null ? '{…}' : String(raw);
}

function addressesIn({ urlIn = [] }: Limits, options: Options): readonly Address<Live>[] {
  const texts = urlIn.map((path) => valueAt(options, path)).filter((one) => typeof one === 'string');
  return texts.map((text) => ({
    open: false,
    parameters: parametersOf(text).map(({ name, text: raw }) => ({ raw, name, value: valueOf(raw) })),
  }));
}
