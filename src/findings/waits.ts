import { boundsOf, optionsFor, settingOf, statedIn } from '../analysis/index.ts';
import { milliseconds, written } from '../drivers/meaning.ts';
import type { Bound, Configuration, Given, Limit, LimitOption } from '../analysis/index.ts';
import { databaseOf, poolOf } from '../policy/budget.ts';
import { defaults } from '../policy/defaults.ts';
import type { Policy } from '../policy/policy.ts';
import { sentences } from '../policy/sentences.ts';
import { largestTimeout, statedTimeout } from '../policy/values.ts';
import type { TimeoutName } from '../policy/values.ts';
import { ALL, isWait, KEYS, OTHERS, wordsFor } from '../policy/waits.ts';
import type { Wait } from '../policy/waits.ts';
import {
  driverOf,
  fitted,
  givenText,
  isLeftOut,
  isNumber,
  isRepeated,
  nameOf,
  numberIn,
  pathOf,
  placeOf,
  poolNameOf,
} from './finding.ts';
import type { Finding } from './finding.ts';
import { suspectUnit } from './units.ts';
import { AT_ONCE, keyFor, statedFor } from './wait-words.ts';

/** How long things may take: what never ends, what ends at once, what is meant in another unit, what the policy forbids. */
export type WaitId =
  'abovePolicy' | 'longerThanRequest' | 'missing' | 'noOption' | 'overflow' | 'wrongUnit' | 'zeroAtOnce' | 'zeroNever';

type WaitFinding = Finding<WaitId>;

export type { Wait };

export interface Wanted {
  /** Whose absence is reported; those that the policy states are, too. */
  readonly limits: readonly Wait[];
  /** Also what the code leaves to the environment's connection string or to its callers. */
  readonly explicit: boolean;
  /** Also where the driver has no option for it. */
  readonly unsupported: boolean;
}

/** One limit of one pool or client. */
interface Place {
  readonly configuration: Configuration;
  readonly policy: Policy;
  readonly wait: Wait;
  readonly isWanted: boolean;
}

export function waitFindings(configuration: Configuration, policy: Policy, wanted: Wanted): readonly WaitFinding[] {
  const found: WaitFinding[] = [];
  // An option that serves two limits is one finding.
  const seen = new Set<LimitOption>();
  for (const wait of ALL) {
    const isWanted = wanted.limits.includes(wait) || statedFor(configuration, policy, wait) !== undefined;
    const place = { configuration, policy, wait, isWanted };
    const setup = wanted.explicit ? statedIn(configuration.setup) : configuration.setup;
    const bounds = boundsOf(setup, wait).filter(({ option }) => !seen.has(option));
    found.push(...bounds.flatMap((bound) => findingOf(place, bound) ?? []));
    if (isWanted && wanted.unsupported && !isRepeated(configuration)) found.push(...unsupported(place));
    for (const { option } of bounds) seen.add(option);
  }
  return found;
}

function findingOf(place: Place, bound: Bound): WaitFinding | undefined {
  const { given } = bound;
  const one = given ? wrongly(place, bound, given) : missing(place, bound);
  return one ?? above(place, bound);
}

/** No bound by default. */
function missing(place: Place, bound: Bound): WaitFinding | undefined {
  const { isWanted, wait } = place;
  if (!isWanted || bound.effective !== 'unbounded' || isCovered(place)) return undefined;
  return finding(place, bound, 'missing', wordsFor(wait));
}

/** Either bound is enough; where the driver has options for both, the first is asked for. */
function isCovered({ configuration: { setup }, wait }: Place): boolean {
  if (wait === 'query' || wait === 'socket') return hasOption(setup, OTHERS[wait] ?? wait);
  const other = OTHERS[wait];
  const [first] = other ? boundsOf(setup, other) : [];
  return first !== undefined && first.effective !== 'unbounded';
}

const hasOption = (setup: Configuration['setup'], limit: Limit): boolean => optionsFor(setup, limit)?.length !== 0;

/** A value that does not mean what it says. */
function wrongly(place: Place, bound: Bound, given: Given): WaitFinding | undefined {
  const { effective, option } = bound;
  const { configuration, wait } = place;
  const number = numberIn(given);
  if (number === undefined) return isLeftOut(configuration, given) ? leftOut(place, bound) : undefined;
  const driver = driverOf(configuration);
  if (effective === 'at once' && number > 0) return finding(place, bound, 'overflow', {});
  if (effective === 'at once') return finding(place, bound, 'zeroAtOnce', { driver, harm: AT_ONCE[wait] });
  if (effective === 'unbounded') return zeroNever(place, bound);
  const suspect = isNumber(effective) ? suspectUnit(option, wait, effective) : undefined;
  if (!suspect) return undefined;
  return finding(place, bound, 'wrongUnit', { driver, unit: suspect.unit, meaning: suspect.meaning }, suspect.value);
}

/** `undefined` and `null` are no choice, except where they take a default away. */
function leftOut(place: Place, bound: Bound): WaitFinding | undefined {
  if (bound.effective !== 'unbounded') return undefined;
  return bound.option.default === 'unbounded' ? missing(place, bound) : zeroNever(place, bound);
}

/** It takes away a bound that the driver has, or one that is asked for. */
function zeroNever(place: Place, bound: Bound): WaitFinding | undefined {
  if (!place.isWanted && bound.option.default === 'unbounded') return undefined;
  const { harm } = wordsFor(place.wait);
  return finding(place, bound, 'zeroNever', { driver: driverOf(place.configuration), harm });
}

/** Longer than the policy allows, or than a request may take. */
function above(place: Place, bound: Bound): WaitFinding | undefined {
  const { effective, option } = bound;
  if (!isNumber(effective)) return undefined;
  const given = milliseconds(option, effective);
  const stated = statedLimit(place, option);
  const request = place.wait === 'acquire' ? statedTimeout(place.policy, 'httpMs') : undefined;
  // Seconds cannot say less than one.
  const isLonger = (most: number): boolean => given > Math.max(most, milliseconds(option, written(option, most)));
  if (stated && isLonger(stated.most)) return tooLong(place, bound, 'abovePolicy', stated);
  if (request === undefined || !isLonger(request)) return undefined;
  return tooLong(place, bound, 'longerThanRequest', { most: request, key: 'httpMs' });
}

interface Stated {
  readonly most: number;
  readonly key: TimeoutName;
}

function tooLong(place: Place, bound: Bound, id: WaitId, { most, key }: Stated): WaitFinding {
  const given = isNumber(bound.effective) ? milliseconds(bound.option, bound.effective) : 0;
  const data = { given: String(given), limit: String(most), key: `timeouts.${key}` };
  return finding(place, bound, id, data, written(bound.option, most));
}

/** The largest of the stated times that an option serves. */
function statedLimit({ configuration, policy }: Place, { limits }: LimitOption): Stated | undefined {
  const stated = limits.filter(isWait).flatMap((one): Stated[] => {
    const most = statedFor(configuration, policy, one);
    return most === undefined ? [] : [{ key: KEYS[one], most }];
  });
  return stated.reduce<Stated | undefined>((a, b) => (a && a.most >= b.most ? a : b), undefined);
}

/** The driver has no option for it, nor for another that bounds it as well; and what helps in its place is not there. */
function unsupported({ configuration, wait }: Place): WaitFinding[] {
  const { setup, site } = configuration;
  const other = OTHERS[wait];
  const hasOther = wait === 'query' || wait === 'socket' || (other !== undefined && hasOption(setup, other));
  // Of the two ends of a statement, one sentence speaks of both.
  const ends: readonly (Limit | undefined)[] = wait === 'statement' ? [wait, other] : [wait];
  const lacks = setup.limits.lacks?.filter(({ limit }) => ends.includes(limit)) ?? [];
  if (hasOther || hasOption(setup, wait) || lacks.length === 0 || nobodyWaits(setup, wait)) return [];
  if (lacks.some(({ instead }) => isHelped(setup, instead))) return [];
  const remedy = lacks.map(remedyOf).find((one) => one !== undefined) ?? 'The runtime can bound it';
  const words = { name: nameOf(configuration), wait: wordsFor(wait).wait, driver: driverOf(configuration), remedy };
  const data = fitted(sentences['pool/require-timeouts'].noOption, words);
  return [{ messageId: 'noOption', node: site, data, configuration, changes: [] }];
}

/** Where each caller gets a connection of its own, that is the finding. */
function nobodyWaits(setup: Configuration['setup'], wait: Wait): boolean {
  return wait === 'acquire' && boundsOf(setup, 'max').some(({ effective }) => effective === 'unbounded');
}

function remedyOf({ instead, perCall }: { instead?: string; perCall?: string }): string | undefined {
  if (perCall !== undefined) return `Give each call \`${perCall}\``;
  return instead === undefined ? undefined : `Set \`${instead}\``;
}

function isHelped(setup: Configuration['setup'], instead: string | undefined): boolean {
  const option = setup.limits.options.find((one) => one.option === instead);
  return option !== undefined && settingOf(setup, option).given.length > 0;
}

function finding(
  place: Place,
  { given, option }: Bound,
  messageId: WaitId,
  data: Readonly<Record<string, string>>,
  value: number = valueFor(place, option, place.wait),
): WaitFinding {
  const { configuration } = place;
  const repair = given || !option.startup ? { changes: [{ option, value, given }] } : atStartup(place, option, value);
  const [first] = repair.changes;
  const shown = given ? givenText(configuration, given) : '';
  const path = pathOf(first?.option ?? option, given);
  const words = { name: nameOf(configuration), given: shown, option: path, value: String(first?.value ?? value) };
  return {
    messageId,
    node: placeOf(configuration, option, given),
    data: fitted(sentences['pool/require-timeouts'][messageId], { ...words, ...data }),
    configuration,
    ...repair,
  };
}

/**
 * What is sent when a connection opens reaches the server only where nothing stands between: PgBouncer refuses the
 * connection. The client's own timer works everywhere, but the statement goes on.
 */
function atStartup(place: Place, option: LimitOption, value: number): Pick<WaitFinding, 'changes' | 'kind'> {
  const { configuration, policy } = place;
  const { setup } = configuration;
  const database = poolOf(policy, poolNameOf(configuration, policy))?.database ?? defaults.database;
  const clients = (optionsFor(setup, 'query') ?? []).slice(0, 1).map((one) => ({
    option: one,
    value: valueFor(place, one, 'query'),
  }));
  const changes = [{ option, value }, ...clients.filter((one) => settingOf(setup, one.option).state !== 'written')];
  if (databaseOf(policy, database)?.via === 'direct') return { changes, kind: 'fix' };
  return { changes: changes.slice(1).length > 0 ? changes.slice(1) : changes, kind: 'suggest' };
}

/** What a repair writes: the policy's time, else the documented one; the larger where the option serves two. */
function valueFor(place: Place, option: LimitOption, wait: Wait): number {
  const { configuration, policy } = place;
  const served = option.limits.filter(isWait);
  const names = (served.length > 0 ? served : [wait]).map((one) => keyFor(configuration, one));
  return written(option, statedLimit(place, option)?.most ?? largestTimeout(policy, names));
}
