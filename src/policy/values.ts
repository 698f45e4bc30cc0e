import { poolLimit, poolOf } from './budget.ts';
import { defaults } from './defaults.ts';
import type { Policy, Timeouts } from './policy.ts';

/** The numbers that a repair writes: what is stated, else what is documented. Stated ones alone are law. */

export type TimeoutName = keyof Timeouts;

export function statedTimeout({ timeouts }: Policy, name: TimeoutName): number | undefined {
  return timeouts?.[name];
}

export function timeoutValue(policy: Policy, name: TimeoutName): number {
  return statedTimeout(policy, name) ?? defaults.timeouts[name];
}

/** An option that serves several limits at once gets the largest: a wait that covers both must allow both. */
export function largestTimeout(policy: Policy, names: readonly TimeoutName[]): number {
  return Math.max(...names.map((name) => timeoutValue(policy, name)));
}

export function queueValue({ perProcess }: Policy): number {
  return perProcess?.queue ?? defaults.queue;
}

/**
 * The size for a pool that has none: the stated one, else the driver's own default; never above its share of a database.
 * The share is a ceiling and no choice, so it raises nothing.
 */
export function sizeValue(policy: Policy, pool?: string, driverDefault: number = defaults.max): number {
  const limit = poolLimit(policy, pool);
  const chosen = poolOf(policy, pool)?.max ?? policy.perProcess?.max ?? driverDefault;
  return limit ? Math.min(chosen, limit.max) : chosen;
}
