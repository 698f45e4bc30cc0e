import { onTestFinished } from 'vitest';
import type { Policy } from '../../../src/policy/policy.ts';
import { world } from '../../../src/runtime/world.ts';

/** For one test, the policy of the process; what was built so far is forgotten. */
export function underPolicy(policy: Policy): void {
  const { settings } = world;
  world.settings = { policy, file: undefined, log: 'off', mistake: undefined };
  world.built.clear();
  onTestFinished(() => {
    world.settings = settings;
    world.built.clear();
  });
}
