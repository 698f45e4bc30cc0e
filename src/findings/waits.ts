import { boundsOf, optionsFor, settingOf, statedIn } from '../analysis/index.ts';
import type { Bound, Configuration, Limit, LimitOption } from '../analysis/index.ts';
import { databaseOf, poolOf } from '../policy/budget.ts';
import { defaults } from '../policy/defaults.ts';
import type { Policy } from '../policy/policy.ts';
import { waits } from '../policy/sentences.ts';
import { largestTimeout, statedTimeout } from '../policy/values.ts';
import type { TimeoutName } from '../policy/values.ts';
import { givenText, isNumber, nameOf, placeOf } from './finding.ts';
import type { Finding } from './finding.ts';
import { milliseconds, suspectUnit, written } from './units.ts';

/** How long things may take: what never ends, what ends at once, what is meant in another unit, what the policy forbids. */
export type WaitId =
  'abovePolicy' | 'longerThanRequest' | 'missing' | 'noOption' | 'overflow' | 'wrongUnit' | 'zeroAtOnce' | 'zeroNever';

type WaitFinding = Finding<WaitId>;

/** The limits that are times, by the key of the policy that says how long. */
const KEYS = {
  acquire: 'acquireMs',
  connect: 'connectMs',
  http: 'httpMs',
  idle: 'idleMs',
  statement: 'statementMs',
  query: 'statementMs',
  command: 'statementMs',
  socket: 'statementMs',
  lifetime: 'lifetimeMs',
} as const satisfies Partial<Record<Limit, TimeoutName>>;

export type Wait = keyof typeof KEYS;
const ALL = Object.keys(KEYS) as Wait[];
const isWait = (limit: Limit): limit is Wait => Object.hasOwn(KEYS, limit);

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
    const isWanted = wanted.limits.includes(wait) || statedTimeout(policy, KEYS[wait]) !== undefined;
    const place = { configuration, policy, wait, isWanted };
    const setup = wanted.explicit ? statedIn(configuration.setup) : configuration.setup;
    const bounds = boundsOf(setup, wait).filter(({ option }) => !seen.has(option));
    found.push(...bounds.flatMap((bound) => findingOf(place, bound) ?? []));
    if (isWanted && wanted.unsupported) found.push(...unsupported(place));
    for (const { option } of bounds) seen.add(option);
  }
  return found;
}

function findingOf(place: Place, bound: Bound): WaitFinding | undefined {
  const one = bound.given ? wrongly(place, bound, bound.given.value) : missing(place, bound);
  return one ?? above(place, bound);
}

/** No bound by default. */
function missing(place: Place, bound: Bound): WaitFinding | undefined {
  const { isWanted, wait } = place;
  if (!isWanted || bound.effective !== 'unbounded' || isCovered(place)) return undefined;
  return finding(place, bound, 'missing', wordsFor(wait));
}

/** What another limit bounds as well: who waits for a connection waits for its opening; a statement has two ends. */
const OTHERS: Partial<Record<Wait, Wait>> = {
  connect: 'acquire',
  query: 'statement',
  statement: 'query',
  socket: 'command',
  command: 'socket',
};

/** Either bound is enough; where the driver has options for both, the first is asked for. */
function isCovered({ configuration: { setup }, wait }: Place): boolean {
  if (wait === 'query' || wait === 'socket') return hasOption(setup, OTHERS[wait] ?? wait);
  const other = OTHERS[wait];
  const [first] = other ? boundsOf(setup, other) : [];
  return first !== undefined && first.effective !== 'unbounded';
}

const hasOption = (setup: Configuration['setup'], limit: Limit): boolean => optionsFor(setup, limit)?.length !== 0;

/** A number that does not mean what it says. */
function wrongly(place: Place, bound: Bound, value: NonNullable<Bound['given']>['value']): WaitFinding | undefined {
  const { effective, option } = bound;
  if (value.is !== 'number') return undefined;
  const isZero = value.number === 0;
  if (effective === 'at once' && !isZero) return finding(place, bound, 'overflow', {});
  const driver = place.configuration.driver.name;
  if (effective === 'at once') return finding(place, bound, 'zeroAtOnce', { driver, harm: 'nobody ever waits' });
  if (effective === 'unbounded') return zeroNever(place, bound);
  const suspect = isNumber(effective) ? suspectUnit(option, place.wait, effective) : undefined;
  if (!suspect) return undefined;
  return finding(place, bound, 'wrongUnit', { driver, unit: suspect.unit, meaning: suspect.meaning }, suspect.value);
}

/** It takes away a bound that the driver has, or one that is asked for. */
function zeroNever(place: Place, bound: Bound): WaitFinding | undefined {
  if (!place.isWanted && bound.option.default === 'unbounded') return undefined;
  const { harm } = wordsFor(place.wait);
  return finding(place, bound, 'zeroNever', { driver: place.configuration.driver.name, harm });
}

/** Longer than the policy allows, or than a request may take. */
function above(place: Place, bound: Bound): WaitFinding | undefined {
  const { effective, option } = bound;
  if (!isNumber(effective)) return undefined;
  const given = milliseconds(option, effective);
  const stated = statedLimit(place.policy, option);
  const request = place.wait === 'acquire' ? statedTimeout(place.policy, 'httpMs') : undefined;
  if (stated && given > stated.most) return tooLong(place, bound, 'abovePolicy', stated);
  if (request === undefined || given <= request) return undefined;
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

/** The largest of the stated times that an option serves; where one of them is not stated, none. */
function statedLimit(policy: Policy, { limits }: LimitOption): Stated | undefined {
  const keys = limits.filter(isWait).map((one) => KEYS[one]);
  const stated = keys.flatMap((key) => ({ key, most: statedTimeout(policy, key) ?? Infinity }));
  const most = stated.reduce<Stated | undefined>((a, b) => (a && a.most >= b.most ? a : b), undefined);
  return most && most.most < Infinity ? most : undefined;
}

/** The driver has no option for it, nor for another that bounds it as well. */
function unsupported({ configuration, wait }: Place): WaitFinding[] {
  const { driver, setup, site } = configuration;
  const lacks = setup.limits.lacks ?? [];
  const other = OTHERS[wait];
  const isOther = wait === 'query' || wait === 'socket' || (other !== undefined && hasOption(setup, other));
  if (isOther || hasOption(setup, wait) || !lacks.some(({ limit }) => limit === wait)) return [];
  const remedies = lacks.filter(({ limit }) => limit === wait || limit === other).map(remedyOf);
  const remedy = remedies.find((one) => one !== undefined) ?? 'The runtime can bound it';
  const data = { name: nameOf(configuration), wait: wordsFor(wait).wait, driver: driver.name, remedy };
  return [{ messageId: 'noOption', node: site, data, configuration, changes: [] }];
}

function remedyOf({ instead, perCall }: { instead?: string; perCall?: string }): string | undefined {
  if (perCall !== undefined) return `Give each call \`${perCall}\``;
  return instead === undefined ? undefined : `Set \`${instead}\``;
}

/** A store has replies where a database has statements. */
function wordsFor(wait: Wait): { readonly wait: string; readonly harm: string } {
  if (wait !== 'command' && wait !== 'socket') return waits[KEYS[wait]];
  return { wait: 'the wait for a reply', harm: 'requests hang when the server is silent' };
}

function finding(
  place: Place,
  { given, option }: Bound,
  messageId: WaitId,
  data: Readonly<Record<string, string>>,
  value: number = valueFor(place.policy, option, place.wait),
): WaitFinding {
  const { configuration } = place;
  const repair = given || !option.startup ? { changes: [{ option, value, given }] } : atStartup(place, option, value);
  const [first] = repair.changes;
  const words = { option: first?.option.option ?? option.option, value: String(first?.value ?? value) };
  return {
    messageId,
    node: placeOf(configuration, option, given),
    data: { name: nameOf(configuration), given: given ? givenText(configuration, given) : '', ...words, ...data },
    configuration,
    ...repair,
  };
}

/**
 * What is sent when a connection opens reaches the server only where nothing stands between: PgBouncer refuses the
 * connection. The client's own timer works everywhere, but the statement goes on.
 */
function atStartup(
  { configuration, policy }: Place,
  option: LimitOption,
  value: number,
): Pick<WaitFinding, 'changes' | 'kind'> {
  const { setup, name } = configuration;
  const database = poolOf(policy, name)?.database ?? defaults.database;
  const clients = (optionsFor(setup, 'query') ?? []).slice(0, 1).map((one) => ({
    option: one,
    value: valueFor(policy, one, 'query'),
  }));
  const changes = [{ option, value }, ...clients.filter((one) => settingOf(setup, one.option).state === 'absent')];
  if (databaseOf(policy, database)?.via === 'direct') return { changes, kind: 'fix' };
  return { changes: changes.slice(1).length > 0 ? changes.slice(1) : changes, kind: 'suggest' };
}

/** What a repair writes: the policy's time, the largest of those that the option serves, in its unit. */
function valueFor(policy: Policy, option: LimitOption, wait: Wait): number {
  const served = option.limits.filter(isWait);
  const names = (served.length > 0 ? served : [wait]).map((one) => KEYS[one]);
  return written(option, largestTimeout(policy, names));
}
