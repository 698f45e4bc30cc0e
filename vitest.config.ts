import { defineConfig } from 'vitest/config';

// Packing, installing and servers take longer than a rule test.
const slow = { testTimeout: 300_000, hookTimeout: 300_000 };
const rules = ['test/rules/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
        },
      },
      {
        extends: true,
        resolve: { alias: [{ find: /^eslint$/, replacement: 'eslint9' }] },
        test: { name: 'eslint9', include: [...rules, 'test/plugin.test.ts'], env: { ESLINT_MAJOR: '9' } },
      },
      {
        extends: true,
        test: { name: 'oxlint', include: rules, env: { RULE_TESTER: 'oxlint' } },
      },
      {
        extends: true,
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...slow },
      },
    ],
  },
});
