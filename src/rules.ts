import type { Rule } from 'eslint';
import noDoubleRelease from '../rules/no-double-release.ts';
import noTransactionOnPool from '../rules/no-transaction-on-pool.ts';
import noUseAfterRelease from '../rules/no-use-after-release.ts';
import requireRelease from '../rules/require-release.ts';

/** Every rule, alphabetical. */
export const rules: Readonly<Record<string, Rule.RuleModule>> = {
  'no-double-release': noDoubleRelease,
  'no-transaction-on-pool': noTransactionOnPool,
  'no-use-after-release': noUseAfterRelease,
  'require-release': requireRelease,
};
