import { boundsOf } from '../drivers/reading/bounds.ts';
import type { LimitOption } from '../drivers/driver.ts';
import type { Bound, Given } from '../drivers/reading/setup.ts';
import { poolLimit } from '../policy/budget.ts';
import type { Limit } from '../policy/budget.ts';
import { defaults } from '../policy/defaults.ts';
import type { Policy } from '../policy/policy.ts';
import { sentences } from '../policy/sentences.ts';
import { queueValue, sizeValue } from '../policy/values.ts';
import {
  boundsInView,
  driverOf,
  fitted,
  isLeftOut,
  isNumber,
  isOfOrigins,
  isRepeated,
  nameOf,
  numberIn,
  pathOf,
  poolNameOf,
  writtenText,
} from './finding.ts';
import type { Configuration, Finding, Stated } from './finding.ts';

/** How many connections, and how many that wait: what has no bound, what the policy forbids, what nobody chose. */
export type SizeId =
  | 'aboveBudget'
  | 'abovePolicy'
  | 'minAboveMax'
  | 'noNumber'
  | 'queueAbovePolicy'
  | 'single'
  | 'unbounded'
  | 'unboundedQueue'
  | 'unchosen';

type SizeFinding<Place> = Finding<SizeId, Place>;

export interface Wanted {
  /** Also what nobody chose, and pools of one that serve requests. */
  readonly explicit: boolean;
  /** The program runs a server. */
  readonly serves: boolean;
}

/** A pool under a policy. */
interface Judged<Place = unknown> {
  readonly configuration: Configuration<Place>;
  readonly policy: Policy;
}

export function sizeFindings<Place>(
  configuration: Configuration<Place>,
  policy: Policy,
  wanted: Wanted,
): readonly SizeFinding<Place>[] {
  const judged = { configuration, policy };
  const maxima = boundsInView(configuration, 'max');
  const queues = boundsInView(configuration, 'queue');
  return [
    ...maxima.flatMap((bound) => sizeFinding(judged, bound) ?? (wanted.explicit ? single(judged, wanted, bound) : [])),
    ...(wanted.explicit ? unchosen(judged) : []),
    ...queues.flatMap((bound) => queueFinding(judged, bound) ?? []),
    ...contradictions(judged),
  ];
}

function sizeFinding<Place>(judged: Judged<Place>, bound: Bound<Place>): SizeFinding<Place> | undefined {
  const { effective, given } = bound;
  const value = meantFor(judged, bound);
  if (effective === 'unbounded') return finding(judged, bound, 'unbounded', value, { cause: causeOf(judged, given) });
  const harm = given && harmOf(bound, given);
  if (harm) return finding(judged, bound, 'noNumber', value, { harm });
  return isNumber(effective) ? abovePolicy(judged, bound, effective) : undefined;
}

function sizeFor({ configuration, policy }: Judged, option: LimitOption, least = 1): number {
  const own = isNumber(option.default) ? option.default : undefined;
  if (isOfOrigins(configuration)) return own ?? defaults.sockets;
  return sizeValue(policy, poolNameOf(configuration, policy), Math.max(own ?? defaults.max, least));
}

/** What the policy allows. */
function limitFor({ configuration, policy }: Judged, { limits }: LimitOption): Limit | undefined {
  const queue = policy.perProcess?.queue;
  if (limits.includes('queue') && queue !== undefined) return { max: queue, key: 'perProcess.queue' };
  if (!limits.includes('max') || isOfOrigins(configuration)) return undefined;
  return poolLimit(policy, poolNameOf(configuration, policy));
}

/** The size that somebody wrote in a way that the driver does not read, within what is allowed; else the one for pools without. */
function meantFor(judged: Judged, { given, option }: Bound): number {
  const number = Math.floor((given && numberIn(given)) ?? 0);
  if (!(number >= 1 && number < Infinity)) return sizeFor(judged, option);
  return Math.min(number, limitFor(judged, option)?.max ?? number);
}

function causeOf({ configuration }: Judged, given: Given | undefined): string {
  const driver = driverOf(configuration);
  return given ? `\`${writtenText(given)}\` means no limit in ${driver}` : `${driver} has no limit by default`;
}

/** What becomes of a value that is no size. */
function harmOf({ effective, option }: Bound, given: Given): string | undefined {
  if (effective === 'none') return 'no connection is ever opened';
  if (effective === 'throws') return 'the driver throws';
  return isNumber(effective) && isOther(option, given, effective) ? `the driver takes ${effective}` : undefined;
}

/** Another number than the one that is written counts; where none is written, another than the default. */
function isOther(option: LimitOption, given: Given, effective: number): boolean {
  const number = numberIn(given);
  if (given.value.is === 'text' || (number !== undefined && !Number.isNaN(number))) return number !== effective;
  return effective !== option.default && (number !== undefined || isLeftOut(given));
}

function abovePolicy<Place>(judged: Judged<Place>, bound: Bound<Place>, size: number): SizeFinding<Place> | undefined {
  const limit = limitFor(judged, bound.option);
  if (!limit || size <= limit.max) return undefined;
  const data = { size: String(size), limit: String(limit.max), key: limit.key };
  const { instances = 1 } = limit.budget ?? {};
  const id = instances > 1 ? 'aboveBudget' : 'abovePolicy';
  return finding(judged, bound, id, limit.max, { ...data, instances: String(instances) });
}

/** In the code at least: what the environment's connection string says is no choice that a reader sees. */
function unchosen<Place>(judged: Judged<Place>): SizeFinding<Place>[] {
  const { configuration } = judged;
  const isAsked = configuration.owns?.what === 'pool' && !isOfOrigins(configuration) && !isRepeated(configuration);
  if (!isAsked) return [];
  return boundsOf(configuration.setup.stated(), 'max').flatMap((bound) => {
    if (bound.given || !isNumber(bound.effective)) return [];
    const data = { size: String(bound.effective), driver: driverOf(configuration) };
    return [finding(judged, bound, 'unchosen', sizeFor(judged, bound.option), data)];
  });
}

/** Its requests wait for each other; one that the policy wants is no finding. */
function single<Place>(judged: Judged<Place>, { serves }: Wanted, bound: Bound<Place>): SizeFinding<Place>[] {
  const { configuration } = judged;
  const isAlone = serves && bound.given && bound.effective === 1 && configuration.owns?.what === 'pool';
  if (!isAlone || isOfOrigins(configuration)) return [];
  const value = sizeFor(judged, bound.option, defaults.max);
  return value > 1 ? [finding(judged, bound, 'single', value, {})] : [];
}

/** A queue is bounded where the policy says so; most drivers have none that is. */
function queueFinding<Place>(judged: Judged<Place>, bound: Bound<Place>): SizeFinding<Place> | undefined {
  const { effective, given, option } = bound;
  const limit = limitFor(judged, option);
  if (!limit) return undefined;
  const value = queueValue(judged.policy);
  if (effective === 'unbounded')
    return finding(judged, bound, 'unboundedQueue', value, { cause: causeOf(judged, given) });
  if (!isNumber(effective) || effective <= limit.max) return undefined;
  const data = { size: String(effective), limit: String(limit.max), key: limit.key };
  return finding(judged, bound, 'queueAbovePolicy', value, data);
}

/** More kept open than may be open. */
function contradictions<Place>(judged: Judged<Place>): SizeFinding<Place>[] {
  const { setup } = judged.configuration;
  const [most] = boundsOf(setup, 'max')
    .map((one) => one.effective)
    .filter(isNumber);
  return boundsOf(setup, 'min').flatMap((bound) => {
    const { effective, given } = bound;
    if (!given || most === undefined || !isNumber(effective) || effective <= most) return [];
    const data = { least: String(effective), size: String(most), harm: 'one of the two is wrong' };
    return [finding(judged, bound, 'minAboveMax', most, data)];
  });
}

function finding<Place>(
  judged: Judged<Place>,
  bound: Bound<Place>,
  messageId: SizeId,
  value: number,
  data: Readonly<Record<string, string>>,
): SizeFinding<Place> {
  const { given, option } = bound;
  const shown = given ? writtenText(given) : '';
  const words = { name: nameOf(judged.configuration), option: pathOf(option, given), value: String(value), ...data };
  return {
    messageId,
    data: fitted(sentences['pool/no-unbounded-pool'][messageId], { ...words, given: shown }),
    option,
    given,
    changes: [{ option, value, given, stated: brokenBy(judged, bound) }],
  };
}

/** The limit that is broken. */
function brokenBy(judged: Judged, { effective, option }: Bound): Stated | undefined {
  const limit = limitFor(judged, option);
  const isBroken = effective === 'unbounded' || (isNumber(effective) && limit !== undefined && effective > limit.max);
  return isBroken && limit ? { value: limit.max, key: limit.key } : undefined;
}
