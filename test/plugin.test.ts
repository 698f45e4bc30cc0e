import { describe, expect, it } from 'vitest';
import plugin from '../src/index.ts';

describe('the plugin', () => {
  it('names itself', () => {
    expect(plugin.meta).toEqual({ name: 'eslint-plugin-pool', version: expect.any(String), namespace: 'pool' });
  });
});
