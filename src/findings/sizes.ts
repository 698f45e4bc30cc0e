import { boundsOf, statedIn } from '../analysis/index.ts';
import type { Bound, Configuration, Given, LimitOption } from '../analysis/index.ts';
import { defaults } from '../policy/defaults.ts';
import { poolLimit } from '../policy/budget.ts';
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
  placeOf,
  writtenText,
} from './finding.ts';
import type { Finding } from './finding.ts';

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

type SizeFinding = Finding<SizeId>;

export interface Wanted {
  /** Also what nobody chose, and pools of one that serve requests. */
  readonly explicit: boolean;
  /** The file runs a server. */
  readonly serves: boolean;
}

export function sizeFindings(configuration: Configuration, policy: Policy, wanted: Wanted): readonly SizeFinding[] {
  const maxima = boundsInView(configuration, 'max');
  const sizes = maxima.flatMap((bound) => sizeFinding(configuration, policy, wanted, bound) ?? []);
  const queues = boundsInView(configuration, 'queue').flatMap(
    (bound) => queueFinding(configuration, policy, bound) ?? [],
  );
  return [...sizes, ...unchosen(configuration, policy, wanted), ...queues, ...contradictions(configuration)];
}

function sizeFinding(
  configuration: Configuration,
  policy: Policy,
  wanted: Wanted,
  bound: Bound,
): SizeFinding | undefined {
  const { effective, given, option } = bound;
  const value = meantFor(configuration, policy, bound);
  if (effective === 'unbounded')
    return finding(configuration, bound, 'unbounded', value, { cause: causeOf(configuration, option, given) });
  const harm = given && harmOf(configuration, bound, given);
  if (given && harm) return finding(configuration, bound, 'noNumber', value, { harm });
  if (!isNumber(effective)) return undefined;
  return abovePolicy(configuration, policy, bound, effective) ?? single(configuration, policy, wanted, bound);
}

function sizeFor(configuration: Configuration, policy: Policy, option: LimitOption, least = 1): number {
  const own = isNumber(option.default) ? option.default : undefined;
  if (isOfOrigins(configuration)) return own ?? defaults.sockets;
  return sizeValue(policy, poolNameOf(configuration, policy), Math.max(own ?? defaults.max, least));
}

/** The size that somebody wrote in a way that the driver does not read, within what is allowed; else the one for pools without. */
function meantFor(configuration: Configuration, policy: Policy, { given, option }: Bound): number {
  const number = Math.floor((given && numberIn(given)) ?? 0);
  if (!(number >= 1 && number < Infinity)) return sizeFor(configuration, policy, option);
  const limit = isOfOrigins(configuration) ? undefined : poolLimit(policy, poolNameOf(configuration, policy));
  return Math.min(number, limit?.max ?? number);
}

function causeOf(configuration: Configuration, option: LimitOption, given: Bound['given']): string {
  const driver = driverOf(configuration);
  if (!given) return `${driver} has no limit by default`;
  return `\`${writtenText(configuration, option, given)}\` means no limit in ${driver}`;
}

/** What becomes of a value that is no size. */
function harmOf(configuration: Configuration, { effective, option }: Bound, given: Given): string | undefined {
  if (effective === 'none') return 'no connection is ever opened';
  if (effective === 'throws') return 'the driver throws';
  if (!isNumber(effective) || !isOther(configuration, option, given, effective)) return undefined;
  return `the driver takes ${effective}`;
}

/** Another number than the one that is written counts; where none is written, another than the default. */
function isOther(configuration: Configuration, option: LimitOption, given: Given, effective: number): boolean {
  const number = numberIn(given);
  if (given.value.is === 'text' || (number !== undefined && !Number.isNaN(number))) return number !== effective;
  return effective !== option.default && (number !== undefined || isLeftOut(configuration, given));
}

function abovePolicy(
  configuration: Configuration,
  policy: Policy,
  bound: Bound,
  size: number,
): SizeFinding | undefined {
  const limit = isOfOrigins(configuration) ? undefined : poolLimit(policy, poolNameOf(configuration, policy));
  if (!limit || size <= limit.max) return undefined;
  const data = { size: String(size), limit: String(limit.max), key: limit.key };
  const { instances = 1 } = limit.budget ?? {};
  const id = instances > 1 ? 'aboveBudget' : 'abovePolicy';
  return finding(configuration, bound, id, limit.max, { ...data, instances: String(instances) });
}

/** In the code at least: what the environment's connection string says is no choice that a reader sees. */
function unchosen(configuration: Configuration, policy: Policy, { explicit }: Wanted): SizeFinding[] {
  const { owns, setup } = configuration;
  const isAsked = explicit && owns?.what === 'pool' && !isOfOrigins(configuration) && !isRepeated(configuration);
  if (!isAsked) return [];
  return boundsOf(statedIn(setup), 'max').flatMap((bound) => {
    if (bound.given || !isNumber(bound.effective)) return [];
    const data = { size: String(bound.effective), driver: driverOf(configuration) };
    return [finding(configuration, bound, 'unchosen', sizeFor(configuration, policy, bound.option), data)];
  });
}

/** Its requests wait for each other; one that the policy wants is no finding. */
function single(
  configuration: Configuration,
  policy: Policy,
  { explicit, serves }: Wanted,
  bound: Bound,
): SizeFinding | undefined {
  const isAlone = explicit && serves && bound.given && bound.effective === 1 && configuration.owns?.what === 'pool';
  if (!isAlone || isOfOrigins(configuration)) return undefined;
  const value = sizeFor(configuration, policy, bound.option, defaults.max);
  return value > 1 ? finding(configuration, bound, 'single', value, {}) : undefined;
}

/** A queue is bounded where the policy says so; most drivers have none that is. */
function queueFinding(configuration: Configuration, policy: Policy, bound: Bound): SizeFinding | undefined {
  const limit = policy.perProcess?.queue;
  const { effective } = bound;
  if (limit === undefined) return undefined;
  const value = queueValue(policy);
  if (effective === 'unbounded')
    return finding(configuration, bound, 'unboundedQueue', value, {
      cause: causeOf(configuration, bound.option, bound.given),
    });
  if (!isNumber(effective) || effective <= limit) return undefined;
  const data = { size: String(effective), limit: String(limit), key: 'perProcess.queue' };
  return finding(configuration, bound, 'queueAbovePolicy', value, data);
}

/** More kept open than may be open. */
function contradictions(configuration: Configuration): SizeFinding[] {
  const [most] = boundsOf(configuration.setup, 'max')
    .map((one) => one.effective)
    .filter(isNumber);
  return boundsOf(configuration.setup, 'min').flatMap((bound) => {
    const { effective, given } = bound;
    if (!given || most === undefined || !isNumber(effective) || effective <= most) return [];
    const data = { least: String(effective), size: String(most), harm: 'one of the two is wrong' };
    return [finding(configuration, bound, 'minAboveMax', most, data)];
  });
}

function finding(
  configuration: Configuration,
  { given, option }: Bound,
  messageId: SizeId,
  value: number,
  data: Readonly<Record<string, string>>,
): SizeFinding {
  const shown = given ? writtenText(configuration, option, given) : '';
  const words = { name: nameOf(configuration), option: pathOf(option, given), value: String(value), ...data };
  return {
    messageId,
    node: placeOf(configuration, option, given),
    data: fitted(sentences['pool/no-unbounded-pool'][messageId], { ...words, given: shown }),
    configuration,
    changes: [{ option, value, given }],
  };
}
