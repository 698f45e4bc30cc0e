import { boundsOf, optionsFor, settingOf } from '../drivers/reading/bounds.ts';
import type { Limit, LimitOption } from '../drivers/driver.ts';
import { milliseconds, written } from '../drivers/reading/meaning.ts';
import type { Bound, Given, Setup } from '../drivers/reading/setup.ts';
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
  poolNameOf,
} from './finding.ts';
import type { Change, Configuration, Finding } from './finding.ts';
import { suspectUnit } from './units.ts';
import { AT_ONCE, keyFor, statedFor } from './wait-words.ts';

/** How long things may take: what never ends, what ends at once, what is meant in another unit, what the policy forbids. */
export type WaitId =
  'abovePolicy' | 'longerThanRequest' | 'missing' | 'noOption' | 'overflow' | 'wrongUnit' | 'zeroAtOnce' | 'zeroNever';

type WaitFinding<Place> = Finding<WaitId, Place>;

export type { Wait };

export interface Wanted {
  /** Whose absence is reported; those that the policy states are, too. */
  readonly limits: readonly Wait[];
  /** Also what the code leaves to the environment's connection string or to its callers. */
  readonly explicit: boolean;
  /** Also where the driver has no option for it. */
  readonly unsupported: boolean;
}

/** Without these a request hangs. */
export const RECOMMENDED: Wanted = { limits: ['acquire', 'connect', 'http'], explicit: false, unsupported: false };

/** One limit of one pool or client, under a policy. */
interface Judged<Place = unknown> {
  readonly configuration: Configuration<Place>;
  readonly policy: Policy;
  readonly wait: Wait;
  readonly isWanted: boolean;
}

export function waitFindings<Place>(
  configuration: Configuration<Place>,
  policy: Policy,
  wanted: Wanted,
): readonly WaitFinding<Place>[] {
  const found: WaitFinding<Place>[] = [];
  // An option that serves two limits is one finding.
  const seen = new Set<LimitOption>();
  const setup = wanted.explicit ? configuration.setup.stated() : configuration.setup;
  for (const wait of ALL) {
    const isWanted = wanted.limits.includes(wait) || statedFor(setup, policy, wait) !== undefined;
    const judged = { configuration, policy, wait, isWanted };
    const bounds = boundsOf(setup, wait).filter(({ option }) => !seen.has(option));
    found.push(...bounds.flatMap((bound) => findingOf(judged, bound) ?? []));
    if (isWanted && wanted.unsupported && !isRepeated(configuration)) found.push(...unsupported(judged));
    for (const { option } of bounds) seen.add(option);
  }
  return found;
}

function findingOf<Place>(judged: Judged<Place>, bound: Bound<Place>): WaitFinding<Place> | undefined {
  const { given } = bound;
  const one = given ? wrongly(judged, bound, given) : missing(judged, bound);
  return one ?? above(judged, bound);
}

/** No bound by default. */
function missing<Place>(judged: Judged<Place>, bound: Bound<Place>): WaitFinding<Place> | undefined {
  const { isWanted, wait } = judged;
  if (!isWanted || bound.effective !== 'unbounded' || isCovered(judged)) return undefined;
  return finding(judged, bound, 'missing', wordsFor(wait));
}

/** Either bound is enough; where the driver has options for both, the first is asked for. */
function isCovered({ configuration: { setup }, wait }: Judged): boolean {
  if (wait === 'query' || wait === 'socket') return hasOption(setup, OTHERS[wait] ?? wait);
  const other = OTHERS[wait];
  const [first] = other ? boundsOf(setup, other) : [];
  return first !== undefined && first.effective !== 'unbounded';
}

const hasOption = (setup: Setup, limit: Limit): boolean => optionsFor(setup, limit)?.length !== 0;

/** A value that does not mean what it says. */
function wrongly<Place>(
  judged: Judged<Place>,
  bound: Bound<Place>,
  given: Given<Place>,
): WaitFinding<Place> | undefined {
  const { effective, option } = bound;
  const { configuration, wait } = judged;
  const number = numberIn(given);
  if (number === undefined) return isLeftOut(given) ? leftOut(judged, bound) : undefined;
  const driver = driverOf(configuration);
  if (effective === 'at once' && number > 0) return finding(judged, bound, 'overflow', {});
  if (effective === 'at once') return finding(judged, bound, 'zeroAtOnce', { driver, harm: AT_ONCE[wait] });
  if (effective === 'unbounded') return zeroNever(judged, bound);
  const suspect = isNumber(effective) ? suspectUnit(option, wait, effective) : undefined;
  if (!suspect) return undefined;
  return finding(judged, bound, 'wrongUnit', { driver, unit: suspect.unit, meaning: suspect.meaning }, suspect.value);
}

/** `undefined` and `null` are no choice, except where they take a default away. */
function leftOut<Place>(judged: Judged<Place>, bound: Bound<Place>): WaitFinding<Place> | undefined {
  if (bound.effective !== 'unbounded') return undefined;
  return bound.option.default === 'unbounded' ? missing(judged, bound) : zeroNever(judged, bound);
}

/** It takes away a bound that the driver has, or one that is asked for. */
function zeroNever<Place>(judged: Judged<Place>, bound: Bound<Place>): WaitFinding<Place> | undefined {
  if (!judged.isWanted && bound.option.default === 'unbounded') return undefined;
  const { harm } = wordsFor(judged.wait);
  return finding(judged, bound, 'zeroNever', { driver: driverOf(judged.configuration), harm });
}

/** Longer than the policy allows, or than a request may take. */
function above<Place>(judged: Judged<Place>, bound: Bound<Place>): WaitFinding<Place> | undefined {
  const law = lawFor(judged, bound.option);
  if (law && isLonger(bound, law)) return tooLong(judged, bound, 'abovePolicy', law);
  const request = judged.wait === 'acquire' ? statedTimeout(judged.policy, 'httpMs') : undefined;
  const own = request === undefined ? undefined : ({ most: request, key: 'httpMs' } as const);
  return own && isLonger(bound, own) ? tooLong(judged, bound, 'longerThanRequest', own) : undefined;
}

/** A time that the policy states. */
interface Law {
  /** In milliseconds. */
  readonly most: number;
  readonly key: TimeoutName;
}

/** Seconds cannot say less than one. */
const isLonger = ({ effective, option }: Bound, { most }: Law): boolean =>
  isNumber(effective) && milliseconds(option, effective) > Math.max(most, milliseconds(option, written(option, most)));

function tooLong<Place>(judged: Judged<Place>, bound: Bound<Place>, id: WaitId, law: Law): WaitFinding<Place> {
  const given = isNumber(bound.effective) ? milliseconds(bound.option, bound.effective) : 0;
  const data = { given: String(given), limit: String(law.most), key: `timeouts.${law.key}` };
  return finding(judged, bound, id, data, written(bound.option, law.most), law);
}

/** The largest of the stated times that an option serves. */
function lawFor({ configuration: { setup }, policy }: Judged, { limits }: LimitOption): Law | undefined {
  const stated = limits.filter(isWait).flatMap((one): Law[] => {
    const most = statedFor(setup, policy, one);
    return most === undefined ? [] : [{ key: KEYS[one], most }];
  });
  return stated.reduce<Law | undefined>((a, b) => (a && a.most >= b.most ? a : b), undefined);
}

/** The driver has no option for it, nor for another that bounds it as well; and what helps in its place is not there. */
function unsupported({ configuration, wait }: Judged): WaitFinding<never>[] {
  const { setup } = configuration;
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
  return [{ messageId: 'noOption', data, changes: [] }];
}

/** Where each caller gets a connection of its own, that is the finding. */
function nobodyWaits(setup: Setup, wait: Wait): boolean {
  return wait === 'acquire' && boundsOf(setup, 'max').some(({ effective }) => effective === 'unbounded');
}

function remedyOf({ instead, perCall }: { instead?: string; perCall?: string }): string | undefined {
  if (perCall !== undefined) return `Give each call \`${perCall}\``;
  return instead === undefined ? undefined : `Set \`${instead}\``;
}

function isHelped(setup: Setup, instead: string | undefined): boolean {
  const option = setup.limits.options.find((one) => one.option === instead);
  return option !== undefined && settingOf(setup, option).given.length > 0;
}

function finding<Place>(
  judged: Judged<Place>,
  bound: Bound<Place>,
  messageId: WaitId,
  data: Readonly<Record<string, string>>,
  value: number = valueFor(judged, bound.option, judged.wait),
  law: Law | undefined = lawFor(judged, bound.option),
): WaitFinding<Place> {
  const { effective, given, option } = bound;
  const isBroken = law && (effective === 'unbounded' || isLonger(bound, law));
  const change = { option, value, given, stated: isBroken ? statedBy(law, option) : undefined };
  const repair = option.startup ? atStartup(judged, change) : { changes: [change] };
  const [first = change] = repair.changes;
  const shown = given ? givenText(given) : '';
  const path = pathOf(first.option, given);
  const words = { name: nameOf(judged.configuration), given: shown, option: path, value: String(first.value) };
  return {
    messageId,
    data: fitted(sentences['pool/require-timeouts'][messageId], { ...words, ...data }),
    option,
    given,
    ...repair,
  };
}

const statedBy = ({ key, most }: Law, option: LimitOption): Change['stated'] => ({
  value: written(option, most),
  key: `timeouts.${key}`,
});

/**
 * What is sent when a connection opens reaches the server only where nothing stands between: PgBouncer refuses the
 * connection. The client's own timer works everywhere, and when the server is silent, but the statement goes on.
 */
function atStartup<Place>(judged: Judged<Place>, server: Change<Place>): Repair<Place> {
  const { configuration, policy } = judged;
  const clients = clientChanges(judged);
  if (server.given) return { changes: [server], beside: clients };
  const database = poolOf(policy, poolNameOf(configuration, policy))?.database ?? defaults.database;
  if (databaseOf(policy, database)?.via === 'direct') return { changes: [server, ...clients], kind: 'fix' };
  return { changes: clients.length > 0 ? clients : [{ ...server, stated: undefined }], kind: 'suggest' };
}

type Repair<Place> = Pick<WaitFinding<Place>, 'beside' | 'changes' | 'kind'>;

function clientChanges(judged: Judged): Change<never>[] {
  const { setup } = judged.configuration;
  const [option] = optionsFor(setup, 'query') ?? [];
  if (!option || settingOf(setup, option).state === 'written') return [];
  const law = lawFor(judged, option);
  return [{ option, value: valueFor(judged, option, 'query'), stated: law && statedBy(law, option) }];
}

/** What a repair writes: the policy's time, else the documented one; the larger where the option serves two. */
function valueFor(judged: Judged, option: LimitOption, wait: Wait): number {
  const { configuration, policy } = judged;
  const served = option.limits.filter(isWait);
  const names = (served.length > 0 ? served : [wait]).map((one) => keyFor(configuration.setup, one));
  return written(option, lawFor(judged, option)?.most ?? largestTimeout(policy, names));
}
