import type { Effect, LimitOption, Limits, Meaning, Misread } from '../../../src/drivers/driver.ts';

/** What was seen of a running driver, in the unit of the option. */
export type Observed = number | 'unbounded' | 'none' | 'at once' | 'throws' | 'logged';
export type Options = Record<string, unknown>;
/** Builds with these options, looks what the limit is, and ends it again. */
export type Probe = (options: Options) => Observed | Promise<Observed>;

/** A probe could not see what it was asked: anything else that is thrown is the driver's refusal. */
export class Blurred extends Error {}

/** How one kind is run. */
export interface Conformance {
  readonly driver: string;
  readonly kind: string;
  /** By option path. A fact without a probe must stand in not-run.json with its reason. */
  readonly probes: Readonly<Record<string, Probe>>;
  /** Options whose connection string has this query. */
  readonly url?: (query: string) => Options;
}

/** One thing that the data says and a run can refute. */
export interface Fact {
  /** `max zero`, `max url`, `misread pool.max`: the key of not-run.json, too. */
  readonly name: string;
  /** The option whose probe sees it. */
  readonly option: string;
  readonly options: Options;
  /** In place of `options`: the query of the URL. */
  readonly query?: string;
  readonly expected: Observed;
}

const values = {
  zero: 0,
  infinity: Infinity,
  overflow: 2 ** 32,
  text: '3',
  word: 'abc',
  nan: NaN,
  null: null,
  undefined: undefined,
  negative: -1,
  fraction: 2.5,
} as const;
type Case = keyof typeof values;
const cases = Object.keys(values) as Case[];

/** `{ pool: { max: 3 } }` for `pool.max`. */
function place(path: string, value: unknown): Options {
  const [first = '', ...rest] = path.split('.');
  return { [first]: rest.length === 0 ? value : place(rest.join('.'), value) };
}

function merge(one: Options, other: Options): Options {
  const both = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = both[key];
    const nested = [before, value].every((each) => typeof each === 'object' && each !== null);
    both[key] = nested ? merge(before as Options, value as Options) : value;
  }
  return both;
}

/** What must stand beside an option for it to count. */
function setting({ when, needs }: LimitOption): Options {
  return merge(when ? place(when.option, when.is[0]) : {}, needs ? place(needs.option, 1) : {});
}

function seenAs(means: Meaning, option: LimitOption): Observed {
  if (means === 'read') return 3;
  if (means !== 'default' && means !== 'ignored') return means;
  return typeof option.default === 'number' ? option.default : 'unbounded';
}

function factsOfOption(option: LimitOption, limits: Limits): Fact[] {
  const path = option.option;
  const rule = option.when ? `${path} (${option.when.is[0]})` : path;
  const beside = setting(option);
  const stated = cases.filter((each) => option[each] !== undefined && option.in !== 'url');
  const facts: Fact[] = stated.map((each) => ({
    name: `${rule} ${each}`,
    option: path,
    options: merge(beside, place(path, values[each])),
    expected: seenAs(option[each] as Meaning, option),
  }));
  const also = (option.also ?? []).map((name) => ({
    name: `${rule} as ${name}`,
    option: path,
    options: merge(beside, place(name, 3)),
    expected: 3,
  }));
  const inUrl = limits.urlValues === 'parsed' ? 3 : seenAs(option.text ?? 'read', option);
  const url = (option.url ?? []).flatMap((name): Fact[] => {
    const fact = { option: path, options: beside, query: `${name}=3`, expected: inUrl };
    const both = { ...fact, options: merge(beside, place(path, 4)), expected: option.urlWins ? inUrl : 4 };
    return [{ ...fact, name: `${rule} url` }, ...(option.in ? [] : [{ ...both, name: `${rule} url and option` }])];
  });
  const needs = option.needs && {
    name: `${rule} alone`,
    option: path,
    options: merge(option.when ? setting({ ...option, needs: undefined } as never) : {}, place(path, 3)),
    expected: 'unbounded' as const,
  };
  return [...defaultOf(option, rule, beside), ...facts, ...also, ...url, ...(needs ? [needs] : [])];
}

function defaultOf(option: LimitOption, rule: string, options: Options): Fact[] {
  if (typeof option.default !== 'number' && option.default !== 'unbounded') return [];
  return [{ name: `${rule} default`, option: option.option, options, expected: option.default }];
}

function effectOn(option: LimitOption, effect: Effect): Observed {
  return effect === 'ignored' ? seenAs('default', option) : effect;
}

/** A name that is not read leaves the limit that was meant as it is. */
function factOfMisread(misread: Misread, { options }: Limits): Fact {
  const { option, when, effect, instead } = misread;
  const meant = options.find((each) => each.option === instead && (!when || each.when?.option === when.option));
  const seen = meant ?? options.find((each) => each.when?.is[0] === when?.is[0]) ?? options[0];
  if (!seen) throw new Error('Limits without an option');
  return {
    name: `misread ${misread.in ? '?' : ''}${option}${when ? ` (${when.is[0]})` : ''}`,
    option: seen.option,
    options: merge(
      { ...(when && place(when.option, when.is[0])), ...setting(seen) },
      misread.in ? {} : place(option, 3),
    ),
    ...(misread.in && { query: `${option}=3` }),
    expected: effectOn(seen, effect),
  };
}

/** Everything that the data says of a kind and that a run could refute. */
export function collectFacts(limits: Limits): Fact[] {
  return [
    ...limits.options.flatMap((option) => factsOfOption(option, limits)),
    ...(limits.misread ?? []).map((each) => factOfMisread(each, limits)),
  ];
}
