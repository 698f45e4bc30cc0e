import type { Limit, LimitOption } from '../../drivers/driver.ts';
import { milliseconds, written } from '../../drivers/meaning.ts';
import { databaseOf, poolLimit, processLimit } from '../../policy/budget.ts';
import { queueValue, sizeValue, statedTimeout, timeoutValue } from '../../policy/values.ts';
import { ALL, isWait, KEYS, OTHERS, wordsFor } from '../../policy/waits.ts';
import type { Wait } from '../../policy/waits.ts';
import type { ViolationId } from '../../policy/violations.ts';
import type { Guard } from '../guard.ts';
import { boundOf, optionsFor } from './bounds.ts';
import type { Bound, Configured } from './bounds.ts';

/** What is wrong with how a pool is set up: the linter's violations, with the values of the running process. */

export interface Finding {
  readonly id: ViolationId;
  readonly key: string;
  readonly data: Readonly<Record<string, number | string>>;
  /** What `enforce` writes: only what the policy states. */
  readonly changes: readonly Change[];
}

export interface Change {
  readonly option: LimitOption;
  /** In the option's unit. */
  readonly value: number;
  /** The key of the policy. */
  readonly key: string;
  readonly given: Bound['given'];
}

/** `others`: what the pools of this process to the same database may open already. */
export function judge(guard: Guard, others: number): readonly Finding[] {
  return [...sizeFindings(guard, others), ...queueFindings(guard), ...waitFindings(guard), ...nameFindings(guard)];
}

const configured = ({ source: { limits, options } }: Guard): Configured => ({ limits, options });

function sizeFindings(guard: Guard, others: number): Finding[] {
  const bound = boundOf(configured(guard), 'max');
  if (!bound) return [];
  const { effective, given, option } = bound;
  const { name, policy } = guard;
  const limit = isOfOrigins(guard) ? undefined : poolLimit(policy, name);
  const whole = limit && { ...limit, max: Math.max(1, shareOf(guard, limit.max, others)) };
  const change = whole ? [{ option, value: whole.max, key: whole.key, given }] : [];
  const path = given?.path ?? option.option;
  if (effective === 'unbounded') {
    const value = whole?.max ?? sizeValue(policy, name);
    const cause = given ? `\`${path}\` is ${String(given.value).slice(0, 10)}` : 'nothing bounds them';
    return [{ id: 'pool/no-unbounded-pool', key: 'unbounded', data: { option: path, value, cause }, changes: change }];
  }
  if (typeof effective !== 'number' || !limit || !whole || effective <= whole.max) return [];
  const data = { option: path, size: effective, limit: whole.max, value: whole.max, key: limit.key };
  if (effective > limit.max && limit.budget)
    return [{ ...above('aboveBudget', { ...data, instances: limit.budget.instances }), changes: change }];
  if (effective > limit.max) return [{ ...above('abovePolicy', data), changes: change }];
  const sum = { scope: 'process', size: effective + others, limit: limit.max, key: limit.key };
  return [{ ...above('sumAbovePolicy', sum), changes: change }];
}

const above = (key: string, data: Finding['data']): Omit<Finding, 'changes'> => ({
  id: 'pool/no-unbounded-pool',
  key,
  data,
});

/** What the process's limit leaves of the pool's own. */
function shareOf({ database, policy }: Guard, most: number, others: number): number {
  const process = processLimit(policy, database);
  return process ? Math.min(most, process.max - others) : most;
}

/** Each origin has connections of its own; the policy's numbers are for one database. */
function isOfOrigins({ source: { limits } }: Guard): boolean {
  return limits.options.some((one) => one.limits.includes('max') && (one.per === 'origin' || one.per === 'host'));
}

/** Only where the policy states a number: nearly every driver's queue has no bound. */
function queueFindings(guard: Guard): Finding[] {
  const { policy } = guard;
  const bound = boundOf(configured(guard), 'queue');
  const limit = policy.perProcess?.queue;
  if (!bound || limit === undefined) return [];
  const { effective, given, option } = bound;
  const key = 'perProcess.queue';
  const changes = [{ option, value: queueValue(policy), key, given }];
  const words = { option: option.option, value: limit, limit, key };
  const id = 'pool/no-unbounded-pool';
  if (effective === 'unbounded') {
    const cause = given ? `\`${given.path}\` is ${String(given.value).slice(0, 10)}` : 'nothing bounds it';
    return [{ id, key: 'unboundedQueue', data: { ...words, cause }, changes }];
  }
  const isAbove = typeof effective === 'number' && effective > limit;
  return isAbove ? [{ id, key: 'queueAbovePolicy', data: { ...words, size: effective }, changes }] : [];
}

/** Without a stated time, the ones without which a request hangs. */
const WANTED: readonly Wait[] = ['acquire', 'connect', 'http'];

function waitFindings(guard: Guard): Finding[] {
  const seen = new Set<LimitOption>();
  return ALL.flatMap((wait): Finding[] => {
    const bound = boundOf(configured(guard), wait);
    if (!bound || seen.has(bound.option)) return [];
    seen.add(bound.option);
    return waitFinding(guard, wait, bound);
  });
}

function waitFinding(guard: Guard, wait: Wait, bound: Bound): Finding[] {
  const { policy } = guard;
  const { effective, given, option } = bound;
  const stated = statedFor(guard, option);
  const isWanted = WANTED.includes(wait) || stated !== undefined;
  const most = stated?.most ?? timeoutValue(policy, KEYS[wait]);
  const path = given?.path ?? option.option;
  const words = { option: path, value: written(option, most), driver: guard.source.driver, ...wordsFor(wait) };
  const changes = stated ? pairOf(guard, { option, value: written(option, most), key: stated.key, given }) : [];
  if (effective === 'unbounded') {
    if (!isWanted || isCovered(guard, wait)) return [];
    const key = given && option.default !== 'unbounded' ? 'zeroNever' : 'missing';
    return [{ id: 'pool/require-timeouts', key, data: { ...words, given: String(given?.value) }, changes }];
  }
  if (typeof effective !== 'number' || !stated) return [];
  const ms = milliseconds(option, effective);
  if (ms <= Math.max(stated.most, milliseconds(option, written(option, stated.most)))) return [];
  const data = { ...words, given: ms, limit: stated.most, key: stated.key };
  return [{ id: 'pool/require-timeouts', key: 'abovePolicy', data, changes }];
}

interface Stated {
  readonly most: number;
  readonly key: string;
}

/** The largest of the stated times that an option serves. */
function statedFor(guard: Guard, { limits }: LimitOption): Stated | undefined {
  const stated = limits.filter(isWait).flatMap((wait): Stated[] => {
    const most = statedTimeout(guard.policy, KEYS[wait]);
    return most === undefined || isOfHttp(guard, wait) ? [] : [{ most, key: `timeouts.${KEYS[wait]}` }];
  });
  return stated.reduce<Stated | undefined>((a, b) => (a && a.most >= b.most ? a : b), undefined);
}

/** A policy has no time for the sockets of HTTP, whose answers may come slowly, piece by piece. */
function isOfHttp({ source: { limits } }: Guard, wait: Wait): boolean {
  const isHttp = (limit: Limit): boolean => limit === 'http';
  const { lacks = [], options } = limits;
  return (
    wait === 'socket' && (options.some((one) => one.limits.some(isHttp)) || lacks.some((one) => isHttp(one.limit)))
  );
}

/** Another limit bounds it as well. */
function isCovered(guard: Guard, wait: Wait): boolean {
  const other = OTHERS[wait];
  if (other === undefined) return false;
  if (wait === 'query' || wait === 'socket') return optionsFor(configured(guard), other).length > 0;
  const bound = boundOf(configured(guard), other);
  return bound !== undefined && bound.effective !== 'unbounded';
}

/**
 * The server ends a slow statement, and the client stops waiting when the server is silent: either alone leaves a hang. What
 * is sent when a connection opens, PgBouncer refuses.
 */
function pairOf(guard: Guard, change: Change): Change[] {
  if (!change.option.startup) return [change];
  const client = boundOf(configured(guard), 'query');
  const value = client && written(client.option, change.value);
  const isBounded = client?.effective !== 'unbounded';
  const timer = client && value !== undefined && !isBounded ? [{ ...change, ...client, value }] : [];
  const isDirect = databaseOf(guard.policy, guard.database)?.via === 'direct';
  return isDirect || change.given ? [change, ...timer] : timer;
}

/** Names that this driver does not read. */
function nameFindings(guard: Guard): Finding[] {
  const { limits, options } = guard.source;
  const named = (limits.misread ?? []).filter(
    ({ in: where, option }) => where === undefined && Object.keys(options).includes(option),
  );
  return named.map(({ instead, option }) => ({
    id: 'pool/no-ignored-option',
    key: 'unknown',
    data: { driver: guard.source.driver, option, remedy: instead === undefined ? 'Remove it' : `Use \`${instead}\`` },
    changes: [],
  }));
}
