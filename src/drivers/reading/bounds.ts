import type { Limit, LimitOption, Limits } from '../driver.ts';
import { meaningOf } from './meaning.ts';
import type { Value } from './meaning.ts';
import type { Bound, Entry, Given, Setting, Setup } from './setup.ts';

/**
 * What holds for a limit, for the rules and for the runtime. In: how a pool or client is set up. Out: what stands for each
 * option, in the options or in the connection string, and what the driver makes of it.
 */

/** What stands for an option, the home that the driver reads first. */
export function settingOf<Place>(setup: Setup<Place>, option: LimitOption): Setting<Place> {
  const names = inOptions(setup, option);
  const homes = option.urlWins ? [inUrl(setup, option), names] : [names, inUrl(setup, option)];
  const given: Given<Place>[] = [];
  for (const home of homes) {
    given.push(...home.given);
    if (home.state === 'open' || home.sure) return { ...home, option, given };
  }
  return { option, given, state: given.length > 0 ? 'written' : 'absent', sure: false };
}

/** Under the first of its names; which one counts where several are written, nobody should have to know. */
function inOptions<Place>(setup: Setup<Place>, option: LimitOption): Entry<Given<Place>> {
  const paths = option.in === 'url' ? [] : [option.option, ...(option.also ?? [])];
  const homes = paths.map((path) => {
    const { given, state, sure } = setup.entry(path);
    const read = given.map((one) => ({
      ...one,
      in: 'options' as const,
      path,
      effective: meaningOf(option, one.value),
    }));
    return { given: read, state, sure };
  });
  const written = homes.filter((one) => one.state === 'written');
  const given = written.flatMap((one) => one.given);
  if (written.length > 1) return { given, state: 'open', sure: false };
  const first = homes.find((one) => one.state !== 'absent');
  const isOpen = first && !first.sure && homes.some((one) => one.state === 'open');
  return isOpen ? { given, state: 'open', sure: false } : (first ?? ABSENT);
}

const ABSENT: Entry<never> = { given: [], state: 'absent', sure: false };

/** Prisma reads the address from its schema where none is given. */
function inUrl<Place>({ addresses, addressOpen, limits }: Setup<Place>, option: LimitOption): Entry<Given<Place>> {
  if (!option.url?.length) return ABSENT;
  const parameters = addresses.flatMap((one) => one.parameters);
  const given = parameters.flatMap((one) => {
    const path = option.url?.find((name) => isSame(limits, name, one.name));
    if (path === undefined) return [];
    const value = limits.urlValues === 'parsed' ? numberIn(one.value) : one.value;
    return [{ ...one, value, text: spelled(value), in: 'url' as const, path, effective: meaningOf(option, value) }];
  });
  const isOpen = addressOpen || addresses.some((one) => one.open) || (option.in === 'url' && addresses.length === 0);
  if (isOpen) return { given, state: 'open', sure: false };
  return given.length > 0 ? { given, state: 'written', sure: true } : ABSENT;
}

const isSame = ({ urlAnyCase }: Limits, name: string, other: string): boolean =>
  name === other || (urlAnyCase === true && name.toLowerCase() === other.toLowerCase());

function numberIn(value: Value): Value {
  if (value.is !== 'text') return value;
  return !value.text ? { is: 'unknown' } : { is: 'number', number: Number(value.text) };
}

function spelled(value: Value): string {
  if (value.is === 'number') return String(value.number);
  return value.is === 'text' ? (value.text ?? '…') : value.is;
}

/** The options for a limit that the driver reads in this setup; undefined where that depends on what we do not see. */
export function optionsFor(setup: Setup, limit: Limit): readonly LimitOption[] | undefined {
  const found: LimitOption[] = [];
  for (const option of setup.limits.options) {
    if (!option.limits.includes(limit)) continue;
    const applies = isMeant(setup, option.when);
    if (applies === undefined) return undefined;
    if (applies) found.push(option);
  }
  return found;
}

/** Whether the condition of an option or name holds; undefined: unknown. */
export function isMeant(setup: Setup, when: LimitOption['when']): boolean | undefined {
  if (!when) return true;
  const { given, state, sure } = setup.entry(when.option);
  if (state === 'absent') return false;
  if (state !== 'written' || !sure) return setup.guess(when);
  const texts = given.map(({ value }) => (value.is === 'text' ? value.text : undefined));
  if (texts.includes(undefined)) return undefined;
  const isIn = texts.map((text) => text !== undefined && when.is.includes(text));
  return isIn.every(Boolean) ? true : isIn.some(Boolean) ? undefined : false;
}

/** What holds for a limit, one for each value that is possible; empty where we do not see it, or no option is for it. */
export function boundsOf<Place>(setup: Setup<Place>, limit: Limit): readonly Bound<Place>[] {
  const options = optionsFor(setup, limit) ?? [];
  const settings = options.map((one) => settingOf(setup, one));
  if (options.some((one) => one.smallest))
    return settings.some((one) => one.state === 'open') ? [] : [leastOf(settings)];
  const bounds: Bound<Place>[] = [];
  for (const { option, given, state, sure } of settings) {
    if (state === 'open') return [];
    bounds.push(...given.map((one) => boundBy(option, one)));
    if (sure) return bounds;
  }
  const [first] = options;
  return first ? [...bounds, boundBy(first)] : [];
}

/** Without a value, the default. */
function boundBy<Place>(option: LimitOption, given?: Given<Place>): Bound<Place> {
  return { option, given, effective: given ? given.effective : option.default };
}

const sizeOf = ({ effective }: Bound): number =>
  typeof effective === 'number' ? effective : effective === 'unbounded' ? Infinity : -1;

/** Where several count together, the smallest. What we do not know may be smaller than all. */
function leastOf<Place>(settings: readonly Setting<Place>[]): Bound<Place> {
  const bounds = settings.flatMap(({ option, given, sure }) => [
    ...given.map((one) => boundBy(option, one)),
    ...(sure ? [] : [boundBy<Place>(option)]),
  ]);
  return bounds.reduce((least, one) => (sizeOf(one) < sizeOf(least) ? one : least));
}
