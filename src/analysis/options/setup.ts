import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { unwrap } from '../../ast/unwrap.ts';
import type { Limits } from '../../drivers/driver.ts';
import type { Condition } from '../../drivers/reading/setup.ts';
import { addressOf } from './address.ts';
import { EMPTY, entryAt, shapeOf } from './objects.ts';
import { possibleValues } from './values.ts';
import type { Entry, Part, Setup, Value } from './model.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Site = TSESTree.CallExpression | TSESTree.NewExpression;

/**
 * How a pool or client is set up, as the file writes it. In: the call that builds it and the limits that its driver knows.
 * Out: its options and connection strings, to be asked for what stands at a path.
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
  return asked({
    sourceCode,
    limits,
    shape,
    argument,
    addresses: found.flatMap((one) => one ?? []),
    addressOpen: found.includes(undefined) || named.some((one) => one.state === 'open' || isPartial(one)),
  });
}

type Written = Omit<Setup, 'entry' | 'guess' | 'stated'>;

function asked(written: Written): Setup {
  return {
    ...written,
    entry: (path) => entryOf(written, path),
    guess: (condition) => guessed(written.sourceCode, condition),
    stated: () => asked(statedIn(written)),
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

/** What stands at a path of the options: the values of each property. */
function entryOf({ sourceCode, shape }: Written, path: string): ReturnType<Setup['entry']> {
  const { properties, state, sure } = entryAt(sourceCode, shape, path.split('.'));
  const given = properties.flatMap((property) =>
    possibleValues(sourceCode, property.value).map((one) => ({ ...one, property, text: textOf(sourceCode, one.node) })),
  );
  return { given, state, sure };
}

const textOf = (sourceCode: SourceCode, node: TSESTree.Node): string => sourceCode.getText(node).replace(/\s+/g, ' ');

/** Where we do not see the option: the file names one dialect, and no other. */
function guessed({ text }: SourceCode, { is, option }: Condition): boolean | undefined {
  const named = text.matchAll(new RegExp(String.raw`\b${option}['"]?\s*[:=]\s*['"\`]([\w-]+)['"\`]`, 'g'));
  const [only, ...others] = new Set(Array.from(named, ([, name = '']) => name));
  return only === undefined || others.length > 0 ? undefined : is.includes(only);
}

/**
 * As far as the code states it. What the environment's connection string might add is left out, and what a caller might put
 * over the defaults that stand here: `{ ...defaults, ...options }`.
 */
function statedIn(written: Written): Written {
  const { addresses, shape } = written;
  const first = shape.parts.findIndex(({ is }) => is === 'property');
  const parts = first < 0 ? shape.parts : [...shape.parts.slice(0, first), ...seen(shape.parts.slice(first))];
  const stated = addresses.map((one) => ({ ...one, open: false }));
  return { ...written, addresses: stated, addressOpen: false, shape: { ...shape, parts } };
}

const seen = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ is }) => is !== 'gap').map((one) => (one.is === 'choice' ? { ...one, of: one.of.map(seen) } : one));
