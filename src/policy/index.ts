import { checkPolicy } from './check.ts';
import type { Policy } from './policy.ts';

/** What `eslint-plugin-pool/policy` exports. */

export { loadPolicy } from './load.ts';
export type { LoadOptions } from './load.ts';
export type { Database, Mode, PerProcess, Policy, PoolLimit, Runtime, Timeouts } from './policy.ts';
export type { ViolationId } from './violations.ts';

/**
 * The same policy, checked, with completion for its keys.
 * @throws Error that names the key, what it holds and what belongs there.
 */
export function definePolicy(policy: Policy): Policy {
  return checkPolicy(policy, { root: 'definePolicy: the policy', before: 'definePolicy: ' });
}
