import type { TSESTree } from '@typescript-eslint/utils';
import { entryOf } from '../analysis/index.ts';
import type { Configuration, Effective, Given, LimitOption } from '../analysis/model.ts';
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

/** The value as the user wrote it. */
export function givenText({ setup }: Configuration, { node, value }: Given): string {
  // Of a connection string, the parameter alone.
  if (value.is === 'text' && node.type !== 'Literal') return value.text ?? 'text';
  return shorten(setup.sourceCode.getText(node).replace(/\s+/g, ' '), 24);
}

/** `max: 0` as the user wrote it. */
export function writtenText(configuration: Configuration, { option }: LimitOption, given: Given): string {
  return `${option}: ${givenText(configuration, given)}`;
}

export const nameOf = ({ name }: Configuration): string => shorten(name, 20);

export const isNumber = (effective: Effective | undefined): effective is number => typeof effective === 'number';

/** Options that build two pools are wrong once. */
export function distinct<One extends Pick<Finding<string>, 'data' | 'messageId' | 'node'>>(
  findings: readonly One[],
): One[] {
  const keyOf = ({ data, messageId, node }: One): string => [node.range[0], messageId, data['option']].join();
  return [...new Map(findings.map((one) => [keyOf(one), one] as const)).values()];
}
