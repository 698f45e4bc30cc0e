import type { Rule } from 'eslint';
import noConnectPerRequest from '../rules/no-connect-per-request.ts';
import noDoubleRelease from '../rules/no-double-release.ts';
import noIgnoredOption from '../rules/no-ignored-option.ts';
import noPoolInHandler from '../rules/no-pool-in-handler.ts';
import noTransactionOnPool from '../rules/no-transaction-on-pool.ts';
import noUnboundedPool from '../rules/no-unbounded-pool.ts';
import noUseAfterRelease from '../rules/no-use-after-release.ts';
import requireErrorListener from '../rules/require-error-listener.ts';
import requireRelease from '../rules/require-release.ts';
import requireTimeouts from '../rules/require-timeouts.ts';

/** Every rule, alphabetical. */
export const rules: Readonly<Record<string, Rule.RuleModule>> = {
  'no-connect-per-request': noConnectPerRequest,
  'no-double-release': noDoubleRelease,
  'no-ignored-option': noIgnoredOption,
  'no-pool-in-handler': noPoolInHandler,
  'no-transaction-on-pool': noTransactionOnPool,
  'no-unbounded-pool': noUnboundedPool,
  'no-use-after-release': noUseAfterRelease,
  'require-error-listener': requireErrorListener,
  'require-release': requireRelease,
  'require-timeouts': requireTimeouts,
};
