import { boundsOf, isMeant, settingOf } from '../drivers/reading/bounds.ts';
import type { LimitOption, Misread, Unit } from '../drivers/driver.ts';
import type { Given, Setup } from '../drivers/reading/setup.ts';
import { shorten } from '../policy/words.ts';
import { driverOf, isNumber, lastOf, nameOf, numberIn, writtenText } from './finding.ts';
import type { Configuration, Finding } from './finding.ts';

/** Options that limit nothing: names that the driver does not read, places where it does not look, values it refuses. */
export type NameId = 'dead' | 'inUrl' | 'misplaced' | 'throws' | 'unknown';

export interface NameFinding<Place = unknown> extends Finding<NameId, Place> {
  /** Where it belongs, for the repair. */
  readonly move?: Move | undefined;
}

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly fromUnit: Unit | undefined;
  readonly toUnit: Unit | undefined;
}

export function nameFindings<Place>(configuration: Configuration<Place>): readonly NameFinding<Place>[] {
  const { setup } = configuration;
  const misread = setup.limits.misread?.filter(({ when }) => isMeant(setup, when)) ?? [];
  const options = setup.limits.options.filter(({ when }) => isMeant(setup, when));
  return [
    ...misread.flatMap((one) => (one.in === 'url' ? inUrl(configuration, one) : byName(configuration, one))),
    ...options.flatMap((one) => [...dead(configuration, one), ...refused(configuration, one)]),
  ];
}

/** A property that the driver does not read, here. */
function byName<Place>(configuration: Configuration<Place>, misread: Misread): NameFinding<Place>[] {
  const { instead, option } = misread;
  const { given } = configuration.setup.entry(option);
  const isMisplaced = instead?.includes('.') === true && lastOf(instead) === lastOf(option);
  const messageId = misread.effect === 'throws' ? 'throws' : isMisplaced ? 'misplaced' : 'unknown';
  const place = instead?.replace(/\.[^.]*$/, '') ?? '';
  const data = { ...wordsOf(configuration, misread), place };
  // A limit is a number: `keepAlive: true` means something else.
  const isLimit = given.every(({ value }) => value.is !== 'other');
  const move = isLimit ? moveOf(configuration.setup, misread) : undefined;
  return given.slice(0, 1).map((one) => ({ messageId, data, given: one, changes: [], move }));
}

function moveOf({ limits }: Setup, { instead, option, unit }: Misread): Move | undefined {
  if (instead === undefined) return undefined;
  const target = limits.options.find((one) => one.option === instead || one.also?.includes(instead));
  return { from: option, to: instead, fromUnit: unit ?? target?.unit, toUnit: target?.unit };
}

/** A URL parameter that nobody reads: once for each address. */
function inUrl<Place>(configuration: Configuration<Place>, misread: Misread): NameFinding<Place>[] {
  const messageId = misread.effect === 'throws' ? 'throws' : 'inUrl';
  const data = wordsOf(configuration, misread);
  return configuration.setup.addresses.flatMap(({ parameters }) => {
    const given = parameters.find(({ name }) => name === misread.option);
    return given ? [{ messageId, data, given, changes: [] }] : [];
  });
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
function dead<Place>(configuration: Configuration<Place>, option: LimitOption): NameFinding<Place>[] {
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
  return [{ messageId: 'dead', data, option, given, changes }];
}

/** One that bounds nothing by itself, like an interval, is off until somebody sets it. */
function optionAt({ limits }: Setup, path: string): LimitOption {
  const off: LimitOption = { option: path, limits: [], unit: 'count', default: 0, zero: 0 };
  return limits.options.find((one) => one.option === path) ?? off;
}

/** The number that an option has in effect; undefined where we do not see it. */
function valueOf(setup: Setup, option: LimitOption): number | undefined {
  const { given, state } = settingOf(setup, option);
  if (state === 'open') return undefined;
  const effective = state === 'absent' ? option.default : given[0]?.effective;
  return effective === 'max' ? Infinity : isNumber(effective) ? effective : undefined;
}

/** A value with which the driver throws. */
function refused<Place>(configuration: Configuration<Place>, option: LimitOption): NameFinding<Place>[] {
  if (option.limits.includes('max')) return [];
  const { given } = settingOf(configuration.setup, option);
  return given
    .filter(({ effective }) => effective === 'throws')
    .map((one) => ({ messageId: 'throws', data: refusal(configuration, one), option, given: one, changes: [] }));
}

function refusal(configuration: Configuration, given: Given): Record<string, string> {
  const number = given.value.is === 'text' ? numberIn(given) : undefined;
  const remedy = given.value.is === 'text' ? `Write ${number || 'a number'}` : 'Write a positive number';
  return { driver: driverOf(configuration), option: writtenText(given), remedy, name: '' };
}
