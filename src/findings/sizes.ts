import { boundsOf, statedIn } from '../analysis/index.ts';
import type { Bound, Configuration, LimitOption } from '../analysis/index.ts';
import { defaults } from '../policy/defaults.ts';
import { poolLimit } from '../policy/budget.ts';
import type { Policy } from '../policy/policy.ts';
import { queueValue, sizeValue } from '../policy/values.ts';
import { isNumber, nameOf, placeOf, writtenText } from './finding.ts';
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
  const { setup } = configuration;
  const sizes = boundsOf(setup, 'max').flatMap((bound) => sizeFinding(configuration, policy, wanted, bound) ?? []);
  const queues = boundsOf(setup, 'queue').flatMap((bound) => queueFinding(configuration, policy, bound) ?? []);
  return [...sizes, ...unchosen(configuration, policy, wanted), ...queues, ...contradictions(configuration)];
}

function sizeFinding(
  configuration: Configuration,
  policy: Policy,
  wanted: Wanted,
  bound: Bound,
): SizeFinding | undefined {
  const { effective, given, option } = bound;
  const value = sizeFor(configuration, policy, option);
  if (effective === 'unbounded')
    return finding(configuration, bound, 'unbounded', value, { cause: causeOf(configuration, bound) });
  const harm = given && harmOf(bound);
  if (given && harm) return finding(configuration, bound, 'noNumber', value, { harm });
  if (!isNumber(effective)) return undefined;
  return abovePolicy(configuration, policy, bound, effective) ?? single(configuration, wanted, bound, value);
}

/** Each origin has connections of its own: the policy's numbers are for one database. */
const isPerOrigin = ({ per }: LimitOption): boolean => per === 'origin' || per === 'host';

function sizeFor({ name }: Configuration, policy: Policy, option: LimitOption): number {
  if (isPerOrigin(option)) return defaults.sockets;
  return sizeValue(policy, name, isNumber(option.default) ? option.default : defaults.max);
}

function causeOf(configuration: Configuration, { given, option }: Bound): string {
  const { driver } = configuration;
  if (!given) return `${driver.name} has no limit by default`;
  return `\`${writtenText(configuration, option, given)}\` means no limit in ${driver.name}`;
}

/** What becomes of a value that is no size. */
function harmOf({ effective, given }: Bound): string | undefined {
  if (effective === 'none') return 'no connection is ever opened';
  if (effective === 'throws') return 'the driver throws';
  const isText = given?.value.is === 'text' && isNumber(effective) && String(effective) !== given.value.text?.trim();
  return isText ? `the driver takes ${effective}` : undefined;
}

function abovePolicy(
  configuration: Configuration,
  policy: Policy,
  bound: Bound,
  size: number,
): SizeFinding | undefined {
  const limit = isPerOrigin(bound.option) ? undefined : poolLimit(policy, configuration.name);
  if (!limit || size <= limit.max) return undefined;
  const data = { size: String(size), limit: String(limit.max), key: limit.key };
  const instances = String(limit.budget?.instances ?? 1);
  const id = limit.budget ? 'aboveBudget' : 'abovePolicy';
  return finding(configuration, bound, id, limit.max, { ...data, instances });
}

/** In the code at least: what the environment's connection string says is no choice that a reader sees. */
function unchosen(configuration: Configuration, policy: Policy, { explicit }: Wanted): SizeFinding[] {
  const { driver, owns, setup } = configuration;
  if (!explicit || owns?.what !== 'pool') return [];
  return boundsOf(statedIn(setup), 'max').flatMap((bound) => {
    if (bound.given || !isNumber(bound.effective)) return [];
    const data = { size: String(bound.effective), driver: driver.name };
    return [finding(configuration, bound, 'unchosen', sizeFor(configuration, policy, bound.option), data)];
  });
}

/** Its requests wait for each other. */
function single(
  configuration: Configuration,
  { explicit, serves }: Wanted,
  bound: Bound,
  value: number,
): SizeFinding | undefined {
  const isAlone = explicit && serves && bound.given && bound.effective === 1 && configuration.owns?.what === 'pool';
  return isAlone ? finding(configuration, bound, 'single', value, {}) : undefined;
}

/** A queue is bounded where the policy says so; most drivers have none that is. */
function queueFinding(configuration: Configuration, policy: Policy, bound: Bound): SizeFinding | undefined {
  const limit = policy.perProcess?.queue;
  const { effective } = bound;
  if (limit === undefined) return undefined;
  const value = queueValue(policy);
  if (effective === 'unbounded')
    return finding(configuration, bound, 'unboundedQueue', value, { cause: causeOf(configuration, bound) });
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
  const words = { name: nameOf(configuration), option: option.option, value: String(value), ...data };
  const shown = given ? writtenText(configuration, option, given) : '';
  return {
    messageId,
    node: placeOf(configuration, option, given),
    data: { ...words, given: shown },
    configuration,
    changes: [{ option, value, given }],
  };
}
