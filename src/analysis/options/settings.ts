import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Limit, LimitOption, Limits } from '../../drivers/driver.ts';
import { addressOf } from './address.ts';
import { meaningOf } from './meaning.ts';
import { EMPTY, entryAt, shapeOf } from './objects.ts';
import { possibleValues } from './values.ts';
import type { Bound, Entry, Given, Property, Setting, Setup, Value } from './model.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Site = TSESTree.CallExpression | TSESTree.NewExpression;

/**
 * How a pool or client is set up. In: the call that builds it and the limits that its driver knows. Out: what stands for
 * each option, in the options or in the connection string, and what the driver makes of it.
 */

export function setupOf(sourceCode: SourceCode, site: Site, limits: Limits): Setup {
  const texts: readonly TSESTree.Node[] = site.arguments.filter((one) => isText(sourceCode, one));
  const argument: TSESTree.Node | undefined = limits.at === undefined ? lastOf(site, texts) : site.arguments[limits.at];
  const isOptions = argument !== undefined && !texts.includes(argument);
  const shape = isOptions ? shapeOf(sourceCode, argument) : EMPTY;
  const named = (limits.urlIn ?? []).map((path) => entryAt(sourceCode, shape, path.split('.')));
  const strings = [...texts, ...named.flatMap((one) => one.properties.map((each) => each.value))];
  const found = strings.map((one) => addressOf(sourceCode, one));
  return {
    sourceCode,
    limits,
    shape,
    argument: isOptions ? argument : undefined,
    addresses: found.flatMap((one) => one ?? []),
    addressOpen: found.includes(undefined) || named.some((one) => one.state === 'open'),
  };
}

/** The last argument that is no text; without it, options were left out. */
function lastOf(site: Site, texts: readonly TSESTree.Node[]): TSESTree.Node | undefined {
  return site.arguments.findLast((one) => !texts.includes(one));
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

/** What stands for an option, under all its names. */
export function settingOf(setup: Setup, option: LimitOption): Setting {
  const { sourceCode, shape } = setup;
  const paths = option.in === 'url' ? [] : [option.option, ...(option.also ?? [])];
  const entries = paths.map((path) => entryAt(sourceCode, shape, path.split('.')));
  const inUrl = parametersOf(setup, option);
  const properties = entries.flatMap((one) => one.properties);
  const given = [...properties.flatMap((one) => givenBy(setup, option, one)), ...inUrl];
  if (entries.some((one) => one.state === 'open') || isOpenInUrl(setup, option))
    return { option, given, state: 'open' };
  return { option, given, state: given.length > 0 ? 'written' : 'absent' };
}

function givenBy({ sourceCode }: Setup, option: LimitOption, property: Property): Given[] {
  return possibleValues(sourceCode, property.value).map((one) => ({
    ...one,
    property,
    effective: meaningOf(option, one.value),
  }));
}

function parametersOf({ addresses, limits }: Setup, option: LimitOption): Given[] {
  return addresses.flatMap(({ node, parameters }) =>
    parameters.flatMap(({ name, value }) => {
      if (!option.url?.includes(name)) return [];
      const read = limits.urlValues === 'parsed' ? numberIn(value) : value;
      return [{ value: read, node, property: undefined, effective: meaningOf(option, read) }];
    }),
  );
}

function numberIn(value: Value): Value {
  if (value.is !== 'text') return value;
  return value.text === undefined ? { is: 'unknown' } : { is: 'number', number: Number(value.text) };
}

/** Prisma reads the address from its schema where none is given. */
function isOpenInUrl({ addresses, addressOpen }: Setup, option: LimitOption): boolean {
  if (!option.url) return false;
  return addressOpen || addresses.some((one) => one.open) || (option.in === 'url' && addresses.length === 0);
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
  const { properties, state } = entryAt(sourceCode, shape, when.option.split('.'));
  if (state !== 'written') return state === 'absent' ? false : undefined;
  const values = properties.flatMap((one) => possibleValues(sourceCode, one.value));
  const texts = values.map(({ value }) => (value.is === 'text' ? value.text : undefined));
  if (texts.includes(undefined)) return undefined;
  const isIn = texts.map((text) => text !== undefined && when.is.includes(text));
  return isIn.every(Boolean) ? true : isIn.some(Boolean) ? undefined : false;
}

/** What holds for a limit, one for each value that is possible; empty where we do not see it, or no option is for it. */
export function boundsOf(setup: Setup, limit: Limit): readonly Bound[] {
  const options = optionsFor(setup, limit) ?? [];
  const settings = options.map((one) => settingOf(setup, one));
  const smallest = options.some((one) => one.smallest);
  const first = settings.find((one) => one.state !== 'absent');
  const isOpen = smallest ? settings.some((one) => one.state === 'open') : first?.state === 'open';
  if (isOpen || settings.length === 0) return [];
  if (!first) return [byDefault(smallest ? options : options.slice(0, 1))];
  return smallest ? [leastOf(settings)] : first.given.map((given) => boundBy(first.option, given));
}

function boundBy(option: LimitOption, given: Given): Bound {
  return { option, given, effective: given.effective };
}

const sizeOf = ({ effective }: Pick<Bound, 'effective'>): number =>
  typeof effective === 'number' ? effective : effective === 'unbounded' ? Infinity : -1;

/** Where several count together, the smallest. What we do not know may be smaller than all. */
function leastOf(settings: readonly Setting[]): Bound {
  const bounds = settings.flatMap(({ option, given }): Bound[] =>
    given.length > 0
      ? given.map((one) => boundBy(option, one))
      : [{ option, given: undefined, effective: option.default }],
  );
  return bounds.reduce((least, one) => (sizeOf(one) < sizeOf(least) ? one : least));
}

function byDefault(options: readonly LimitOption[]): Bound {
  const bounds = options.map((option): Bound => ({ option, given: undefined, effective: option.default }));
  return bounds.reduce((least, one) => (sizeOf(one) < sizeOf(least) ? one : least));
}
