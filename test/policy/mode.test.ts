import { describe, expect, it } from 'vitest';
import { modeOf, withMode } from '../../src/policy/mode.ts';
import type { Mode, Policy } from '../../src/policy/policy.ts';

const leak = 'pool/require-release';
const policy: Policy = { instances: 2, runtime: { mode: 'enforce', rules: { [leak]: 'strict' }, stacks: 'never' } };

describe('the mode', () => {
  it.for<[string, Policy, string | undefined, Mode, Mode]>([
    ['observes where nothing is stated', {}, undefined, 'observe', 'observe'],
    ['is the stated one', { runtime: { mode: 'strict' } }, undefined, 'strict', 'strict'],
    ['is the one of the id, else of all', policy, undefined, 'strict', 'enforce'],
    ['is not changed by an empty POOL_MODE', policy, '', 'strict', 'enforce'],
    ['of all is that of POOL_MODE', { runtime: { rules: { [leak]: 'observe' } } }, 'enforce', 'observe', 'enforce'],
    ['of an empty policy is that of POOL_MODE', {}, 'strict', 'strict', 'strict'],
    ['of everything is POOL_MODE=observe', policy, 'observe', 'observe', 'observe'],
  ])('%s', ([, stated, word, ofLeak, ofOthers]) => {
    const effective = withMode(stated, word);
    expect([modeOf(effective, leak), modeOf(effective, 'pool/require-timeouts')]).toEqual([ofLeak, ofOthers]);
  });

  it('of the environment leaves the rest of the policy, and the policy itself, as it was', () => {
    const before = structuredClone(policy);
    expect(withMode(policy, 'strict')).toMatchObject({ instances: 2, runtime: { mode: 'strict', stacks: 'never' } });
    expect(policy).toEqual(before);
  });

  it.for(['warn', 'OBSERVE', 'toString', ' '])('is not %j', (word) => {
    expect(() => withMode(policy, word)).toThrow(
      `POOL_MODE must be "observe", "enforce" or "strict", not ${JSON.stringify(word)}.`,
    );
  });
});
