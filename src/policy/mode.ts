import { alternatives, show } from './check.ts';
import { defaults } from './defaults.ts';
import { PolicyError } from './error.ts';
import type { Mode, Policy } from './policy.ts';
import type { ViolationId } from './violations.ts';

const MODES: readonly Mode[] = ['observe', 'enforce', 'strict'];

/**
 * The policy under the mode of the environment, `POOL_MODE`. `observe` is the emergency brake and also lifts the modes
 * of single rules; the others take the place of `runtime.mode` alone.
 * @throws PolicyError on any other word.
 */
export function withMode(policy: Policy, word: string | undefined): Policy {
  if (word === undefined || word === '') return policy;
  const mode = MODES.find((one) => one === word);
  if (!mode) throw new PolicyError(`POOL_MODE must be ${alternatives(MODES)}, not ${show(word)}.`);
  const rules = mode === 'observe' ? undefined : policy.runtime?.rules;
  return { ...policy, runtime: { ...policy.runtime, mode, rules } };
}

/** What happens at a violation of this kind. */
export function modeOf({ runtime }: Policy, id: ViolationId): Mode {
  return runtime?.rules?.[id] ?? runtime?.mode ?? defaults.mode;
}
