import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { unwrap } from '../../ast/unwrap.ts';
import type { Limit, LimitOption, Limits } from '../../drivers/driver.ts';
import { addressOf } from './address.ts';
import { meaningOf } from '../../drivers/meaning.ts';
import { EMPTY, entryAt, shapeOf } from './objects.ts';
import { possibleValues } from './values.ts';
import type { Bound, Entry, Given, Part, Property, Setting, Setup, Value } from './model.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Site = TSESTree.CallExpression | TSESTree.NewExpression;

/**
 * How a pool or client is set up. In: the call that builds it and the limits that its driver knows. Out: what stands for
 * each option, in the options or in the connection string, and what the driver makes of it.
 */

export function setupOf(sourceCode: SourceCode, site: Site, limits: Limits): Setup {
  const argument = optionsIn(sourceCode, site, limits);
  const shape = argument ? shapeOf(sourceCode, argument) : EMPTY;
  const named = (limits.urlIn ?? []).map((path) => entryAt(sourceCode, shape, path.split('.')));
  const strings = [
    ...addressesIn(sourceCode, site, argument),
    ...named.flatMap((one) => one.properties.map((each) => each.value)),
  ];
  const found = strings.map((one) => addressOf(sourceCode, one));
  return {
    sourceCode,
    limits,
    shape,
    argument,
    addresses: found.flatMap((one) => one ?? []),
    addressOpen: found.includes(undefined) || named.some((one) => one.state === 'open' || isPartial(one)),
  };
}

const isPartial = ({ state, sure }: Entry): boolean => state === 'written' && !sure;

/** The argument that holds the options: at its place, or the last that may be an object. */
function optionsIn(sourceCode: SourceCode, site: Site, { at }: Limits): TSESTree.Node | undefined {
  const given: readonly TSESTree.Node[] = site.arguments;
  const mayBeOptions = given.filter((one) => mayBeObject(sourceCode, one));
  if (at === undefined) return mayBeOptions.at(-1);
  const spread = given.findIndex((one) => one.type === 'SpreadElement');
  return mayBeOptions.find((one) => one === given[spread >= 0 && spread < at ? spread : at]);
}

function mayBeObject(sourceCode: SourceCode, argument: TSESTree.Node): boolean {
  const node = unwrap(argument);
  if (/^(?:ArrayExpression|Literal)$/.test(node.type) || isFunction(node) || isUrlObject(node)) return false;
  return !isText(sourceCode, argument);
}

const isUrlObject = (node: TSESTree.Node): boolean =>
  node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'URL';

/** The argument before the options, where it is text or not in view; several are a host and a port, a user and a password. */
function addressesIn(sourceCode: SourceCode, site: Site, options: TSESTree.Node | undefined): readonly TSESTree.Node[] {
  const given: readonly TSESTree.Node[] = site.arguments;
  const before = given.slice(0, options ? given.indexOf(options) : given.length).filter((one) => !isFunction(one));
  return before.length > 1
    ? []
    : before.filter((one) =>
        possibleValues(sourceCode, one).some(({ value }) => value.is === 'text' || value.is === 'unknown'),
      );
}

function isText(sourceCode: SourceCode, argument: TSESTree.Node): boolean {
  const values = possibleValues(sourceCode, argument);
  return values.some(({ value }) => value.is === 'text') && values.every(({ value }) => isTextOrNothing(value));
}

const isTextOrNothing = ({ is }: Value): boolean => is === 'text' || is === 'undefined';

/** What stands at a path of the options. */
export function entryOf({ sourceCode, shape }: Setup, path: string): Entry {
  return entryAt(sourceCode, shape, path.split('.'));
}

/** Where an option may stand: under one of its names, or in the connection string. */
type Home = Omit<Setting, 'option'>;

/** What stands for an option, the home that the driver reads first. */
export function settingOf(setup: Setup, option: LimitOption): Setting {
  const names = homeInOptions(setup, option);
  const homes = option.urlWins ? [homeInUrl(setup, option), names] : [names, homeInUrl(setup, option)];
  const given: Given[] = [];
  for (const home of homes) {
    given.push(...home.given);
    if (home.state === 'open' || home.sure) return { ...home, option, given };
  }
  return { option, given, state: given.length > 0 ? 'written' : 'absent', sure: false };
}

/** Under the first of its names; which one counts where several are written, nobody should have to know. */
function homeInOptions(setup: Setup, option: LimitOption): Home {
  const { sourceCode, shape } = setup;
  const paths = option.in === 'url' ? [] : [option.option, ...(option.also ?? [])];
  const homes = paths.map((path) => {
    const { properties, state, sure } = entryAt(sourceCode, shape, path.split('.'));
    return { given: properties.flatMap((one) => givenBy(setup, option, one)), state, sure };
  });
  const written = homes.filter((one) => one.state === 'written');
  const given = written.flatMap((one) => one.given);
  if (written.length > 1) return { given, state: 'open', sure: false };
  const first = homes.find((one) => one.state !== 'absent');
  const isOpen = first && !first.sure && homes.some((one) => one.state === 'open');
  return isOpen ? { given, state: 'open', sure: false } : (first ?? ABSENT);
}

const ABSENT: Home = { given: [], state: 'absent', sure: false };

function givenBy({ sourceCode }: Setup, option: LimitOption, property: Property): Given[] {
  return possibleValues(sourceCode, property.value).map((one) => ({
    ...one,
    property,
    effective: meaningOf(option, one.value),
  }));
}

/** Prisma reads the address from its schema where none is given. */
function homeInUrl({ addresses, addressOpen, limits }: Setup, option: LimitOption): Home {
  if (!option.url?.length) return ABSENT;
  const given = addresses.flatMap(({ node, parameters }) =>
    parameters.flatMap(({ name, value }): Given[] => {
      if (!isCalled(limits, option, name)) return [];
      const read = limits.urlValues === 'parsed' ? numberIn(value) : value;
      return [{ value: read, node, property: undefined, effective: meaningOf(option, read) }];
    }),
  );
  const isOpen = addressOpen || addresses.some((one) => one.open) || (option.in === 'url' && addresses.length === 0);
  if (isOpen) return { given, state: 'open', sure: false };
  return given.length > 0 ? { given, state: 'written', sure: true } : ABSENT;
}

const isCalled = ({ urlAnyCase }: Limits, { url = [] }: LimitOption, name: string): boolean =>
  urlAnyCase ? url.some((one) => one.toLowerCase() === name.toLowerCase()) : url.includes(name);

function numberIn(value: Value): Value {
  if (value.is !== 'text') return value;
  return !value.text ? { is: 'unknown' } : { is: 'number', number: Number(value.text) };
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
export function isMeant({ sourceCode, shape }: Setup, when: LimitOption['when']): boolean | undefined {
  if (!when) return true;
  const { properties, state, sure } = entryAt(sourceCode, shape, when.option.split('.'));
  if (state === 'absent') return false;
  if (state !== 'written' || !sure) return isMeantElsewhere(sourceCode, when);
  const values = properties.flatMap((one) => possibleValues(sourceCode, one.value));
  const texts = values.map(({ value }) => (value.is === 'text' ? value.text : undefined));
  if (texts.includes(undefined)) return undefined;
  const isIn = texts.map((text) => text !== undefined && when.is.includes(text));
  return isIn.every(Boolean) ? true : isIn.some(Boolean) ? undefined : false;
}

/** Where we do not see it: the file names one dialect, and no other. */
function isMeantElsewhere({ text }: SourceCode, { is, option }: NonNullable<LimitOption['when']>): boolean | undefined {
  const named = text.matchAll(new RegExp(String.raw`\b${option}['"]?\s*[:=]\s*['"\`]([\w-]+)['"\`]`, 'g'));
  const [only, ...others] = new Set(Array.from(named, ([, name = '']) => name));
  return only === undefined || others.length > 0 ? undefined : is.includes(only);
}

/**
 * The setup as far as the code states it. What the environment's connection string might add is left out, and what a caller
 * might put over the defaults that stand here: `{ ...defaults, ...options }`.
 */
export function statedIn(setup: Setup): Setup {
  const { addresses, shape } = setup;
  const first = shape.parts.findIndex(({ is }) => is === 'property');
  const parts = first < 0 ? shape.parts : [...shape.parts.slice(0, first), ...seen(shape.parts.slice(first))];
  const stated = addresses.map((one) => ({ ...one, open: false }));
  return { ...setup, addresses: stated, addressOpen: false, shape: { ...shape, parts } };
}

const seen = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ is }) => is !== 'gap').map((one) => (one.is === 'choice' ? { ...one, of: one.of.map(seen) } : one));

/** What holds for a limit, one for each value that is possible; empty where we do not see it, or no option is for it. */
export function boundsOf(setup: Setup, limit: Limit): readonly Bound[] {
  const options = optionsFor(setup, limit) ?? [];
  const settings = options.map((one) => settingOf(setup, one));
  if (options.some((one) => one.smallest))
    return settings.some((one) => one.state === 'open') ? [] : [leastOf(settings)];
  const bounds: Bound[] = [];
  for (const { option, given, state, sure } of settings) {
    if (state === 'open') return [];
    bounds.push(...given.map((one) => boundBy(option, one)));
    if (sure) return bounds;
  }
  const [first] = options;
  return first ? [...bounds, { option: first, given: undefined, effective: first.default }] : [];
}

function boundBy(option: LimitOption, given: Given): Bound {
  return { option, given, effective: given.effective };
}

const sizeOf = ({ effective }: Pick<Bound, 'effective'>): number =>
  typeof effective === 'number' ? effective : effective === 'unbounded' ? Infinity : -1;

/** Where several count together, the smallest. What we do not know may be smaller than all. */
function leastOf(settings: readonly Setting[]): Bound {
  const bounds = settings.flatMap(({ option, given, sure }): Bound[] => [
    ...given.map((one) => boundBy(option, one)),
    ...(sure ? [] : [{ option, given: undefined, effective: option.default }]),
  ]);
  return bounds.reduce((least, one) => (sizeOf(one) < sizeOf(least) ? one : least));
}
