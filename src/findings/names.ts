import type { TSESTree } from '@typescript-eslint/utils';
import { boundsOf, entryOf, isMeant, settingOf } from '../analysis/index.ts';
import type { Configuration, Given, LimitOption, Property, Unit } from '../analysis/index.ts';
import { shorten } from '../policy/words.ts';
import { driverOf, isNumber, lastOf, nameOf, numberIn, placeOf, writtenText } from './finding.ts';
import type { Change } from './finding.ts';

/** Options that limit nothing: names that the driver does not read, places where it does not look, values it refuses. */
export type NameId = 'dead' | 'inUrl' | 'misplaced' | 'throws' | 'unknown';

export interface NameFinding {
  readonly messageId: NameId;
  readonly node: TSESTree.Node;
  readonly data: Readonly<Record<string, string>>;
  readonly configuration: Configuration;
  /** Where it belongs, for the repair. */
  readonly move?: Move | undefined;
  /** What makes it work. */
  readonly changes?: readonly Change[];
}

export interface Move {
  readonly property: Property;
  readonly from: string;
  readonly to: string;
  readonly fromUnit: Unit | undefined;
  readonly toUnit: Unit | undefined;
}

type Misread = NonNullable<Configuration['setup']['limits']['misread']>[number];

export function nameFindings(configuration: Configuration): readonly NameFinding[] {
  const { setup } = configuration;
  const misread = setup.limits.misread?.filter(({ when }) => isMeant(setup, when)) ?? [];
  const options = setup.limits.options.filter(({ when }) => isMeant(setup, when));
  return [
    ...misread.flatMap((one) => (one.in === 'url' ? inUrl(configuration, one) : byName(configuration, one))),
    ...options.flatMap((one) => [...dead(configuration, one), ...refused(configuration, one)]),
  ];
}

/** A property that the driver does not read, here. */
function byName(configuration: Configuration, misread: Misread): NameFinding[] {
  const { properties } = entryOf(configuration.setup, misread.option);
  return properties.slice(0, 1).map((property) => {
    const { instead } = misread;
    const isMisplaced = instead !== undefined && lastOf(instead) === property.name && instead.includes('.');
    const id = misread.effect === 'throws' ? 'throws' : isMisplaced ? 'misplaced' : 'unknown';
    const place = instead?.replace(/\.[^.]*$/, '') ?? '';
    const data = { ...wordsOf(configuration, misread), place };
    return { messageId: id, node: property.node, data, configuration, move: moveOf(configuration, misread, property) };
  });
}

function moveOf({ setup }: Configuration, { instead, option, unit }: Misread, property: Property): Move | undefined {
  const target = setup.limits.options.find((one) => one.option === instead || one.also?.includes(instead ?? ''));
  if (instead === undefined || isNoLimit(setup, option)) return undefined;
  return { property, from: option, to: instead, fromUnit: unit ?? target?.unit, toUnit: target?.unit };
}

/** Something else is written there than a number: `keepAlive: true`. */
function isNoLimit(setup: Configuration['setup'], option: string): boolean {
  const { given } = settingOf(setup, { option, limits: [], unit: 'count', default: 'unbounded' });
  return given.some(({ value }) => value.is === 'other');
}

/** A URL parameter that nobody reads. */
function inUrl(configuration: Configuration, misread: Misread): NameFinding[] {
  const { addresses } = configuration.setup;
  const found = addresses.filter(({ parameters }) => parameters.some(({ name }) => name === misread.option));
  const messageId = misread.effect === 'throws' ? 'throws' : 'inUrl';
  return found.map(({ node }) => ({ messageId, node, data: wordsOf(configuration, misread), configuration }));
}

const UNITS: Readonly<Record<Unit, string>> = { count: '', ms: ' (milliseconds)', s: ' (seconds)' };

function wordsOf(configuration: Configuration, { instead, option, unit }: Misread): Record<string, string> {
  const { setup } = configuration;
  const target = setup.limits.options.find((one) => one.option === instead);
  const inUnit = target && unit && unit !== target.unit ? UNITS[target.unit] : '';
  const remedy = instead === undefined ? 'Remove it' : `Use \`${instead}\`${inUnit}`;
  return { driver: driverOf(configuration), option: shorten(option, 30), remedy, name: nameOf(configuration) };
}

/** It works only together with another option. */
function dead(configuration: Configuration, option: LimitOption): NameFinding[] {
  const { setup } = configuration;
  const { needs } = option;
  const setting = settingOf(setup, option);
  const [given] = setting.given;
  if (!needs || setting.state !== 'written' || !given || given.effective === 'unbounded') return [];
  const other = optionAt(setup, needs.option);
  const least = valueOf(setup, other);
  const [most] = boundsOf(setup, 'max').map(({ effective }) => effective);
  const isDead = needs.is === 'positive' ? least === 0 : least !== undefined && isNumber(most) && least >= most;
  if (!isDead) return [];
  // Half of them may stay.
  const value = needs.is === 'positive' ? 1000 : Math.floor((isNumber(most) ? most : 0) / 2);
  const data = { option: option.option, name: nameOf(configuration), needs: needs.option, value: String(value) };
  const changes = [{ option: other, value, given: settingOf(setup, other).given[0] }];
  return [{ messageId: 'dead', node: placeOf(configuration, option, given), data, configuration, changes }];
}

/** One that bounds nothing by itself, like an interval, is off until somebody sets it. */
function optionAt({ limits }: Configuration['setup'], path: string): LimitOption {
  const off: LimitOption = { option: path, limits: [], unit: 'count', default: 0, zero: 0 };
  return limits.options.find((one) => one.option === path) ?? off;
}

/** The number that an option has in effect; undefined where we do not see it. */
function valueOf(setup: Configuration['setup'], option: LimitOption): number | undefined {
  const { given, state } = settingOf(setup, option);
  if (state === 'open') return undefined;
  const effective = state === 'absent' ? option.default : given[0]?.effective;
  return effective === 'max' ? Infinity : isNumber(effective) ? effective : undefined;
}

/** A value with which the driver throws. */
function refused(configuration: Configuration, option: LimitOption): NameFinding[] {
  if (option.limits.includes('max')) return [];
  const { given } = settingOf(configuration.setup, option);
  return given.filter(({ effective }) => effective === 'throws').map((one) => refusal(configuration, option, one));
}

function refusal(configuration: Configuration, option: LimitOption, given: Given): NameFinding {
  const number = given.value.is === 'text' ? numberIn(given) : undefined;
  const remedy = given.value.is === 'text' ? `Write ${number || 'a number'}` : 'Write a positive number';
  const data = { driver: driverOf(configuration), option: writtenText(configuration, option, given), remedy, name: '' };
  return { messageId: 'throws', node: placeOf(configuration, option, given), data, configuration };
}
