import type { TSESTree } from '@typescript-eslint/utils';
import { boundsOf, entryOf } from '../analysis/index.ts';
import type { Bound, Configuration, Effective, Given, Limit, LimitOption } from '../analysis/model.ts';
import type { Policy } from '../policy/policy.ts';
import { fill } from '../policy/sentences.ts';
import { shorten } from '../policy/words.ts';

/** One thing that is wrong with how a pool or client is set up. */
export interface Finding<Ids extends string> {
  readonly messageId: Ids;
  /** What the user must change. */
  readonly node: TSESTree.Node;
  readonly data: Readonly<Record<string, string>>;
  readonly configuration: Configuration;
  /** The numbers that mend it. */
  readonly changes: readonly Change[];
  /** `suggest`: right only where the user knows more than we do. */
  readonly kind?: 'fix' | 'suggest';
}

export interface Change {
  readonly option: LimitOption;
  /** In the option's unit. */
  readonly value: number;
  readonly given?: Given | undefined;
}

/** It is built again and again: that is the worse fault, and has a rule of its own. */
export const isRepeated = ({ creation }: Configuration): boolean => creation?.repeats !== undefined;

/** What holds for a limit, as far as something is to be said of it: what nobody wrote matters once it is built once. */
export function boundsInView(configuration: Configuration, limit: Limit): readonly Bound[] {
  return boundsOf(configuration.setup, limit).filter(({ given }) => given !== undefined || !isRepeated(configuration));
}

/** Where a finding stands: the option, where one is written; else the object that lacks it, or the call that builds. */
export function placeOf(
  { setup, site }: Configuration,
  { option }: LimitOption,
  given: Given | undefined,
): TSESTree.Node {
  if (given) return given.property?.node ?? given.node;
  const home = option.includes('.') ? entryOf(setup, option.replace(/\.[^.]*$/, '')).properties[0]?.node : undefined;
  const place = home ?? setup.shape.literal;
  const isInside = !place || (site.range[0] <= place.range[0] && place.range[1] <= site.range[1]);
  return isInside ? site : place;
}

/** The path under which a value stands: an option may have several. */
export function pathOf({ also = [], option }: LimitOption, given: Given | undefined): string {
  return [option, ...also].find((path) => lastOf(path) === given?.property?.name) ?? option;
}

export const lastOf = (path: string): string => path.replace(/^.*\./, '');

/** The value as the user wrote it; of a connection string, the parameter alone. */
export function givenText({ setup }: Configuration, { node, property, value }: Given): string {
  const text = property ? setup.sourceCode.getText(node).replace(/\s+/g, ' ') : spelled(value);
  return shorten(text, 16);
}

function spelled(value: Given['value']): string {
  if (value.is === 'number') return String(value.number);
  return value.is === 'text' ? (value.text ?? '…') : value.is;
}

/** `max: 0` as the user wrote it; `connection_limit=0` in a connection string. */
export function writtenText(configuration: Configuration, option: LimitOption, given: Given): string {
  const text = givenText(configuration, given);
  return given.property ? `${given.property.name}: ${text}` : `${option.url?.[0] ?? option.option}=${text}`;
}

/** The number that somebody wrote, as text or not. */
export function numberIn({ value }: Given): number | undefined {
  if (value.is === 'number') return value.number;
  return value.is === 'text' && value.text?.trim() ? Number(value.text) : undefined;
}

/** `null` or `undefined` in so many words: what the environment leaves out, it may also set. */
export function isLeftOut({ setup }: Configuration, { node, value }: Given): boolean {
  return (value.is === 'null' || value.is === 'undefined') && setup.sourceCode.getText(node) === value.is;
}

export const nameOf = ({ name }: Configuration): string => shorten(name, 20);

/** The key of a pool under `pools`: its name, or that of the field which holds it. */
export function poolNameOf({ name }: Configuration, { pools = {} }: Policy): string {
  return Object.hasOwn(pools, name) ? name : lastOf(name).replace(/^#/, '');
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

/** Options that build two pools are wrong once. */
export function distinct<One extends Pick<Finding<string>, 'data' | 'messageId' | 'node'>>(
  findings: readonly One[],
): One[] {
  const keyOf = ({ data, messageId, node }: One): string =>
    [node.range[0], messageId, data['option'], data['wait']].join();
  const found = new Map<string, One>();
  for (const one of findings) if (!found.has(keyOf(one))) found.set(keyOf(one), one);
  return [...found.values()];
}

/** Each origin or host has connections of its own, and `maxTotalSockets` is over all: the policy's numbers are for one database. */
export const isOfOrigins = ({ setup }: Configuration): boolean =>
  setup.limits.options.some(({ limits, per }) => limits.includes('max') && (per === 'origin' || per === 'host'));
