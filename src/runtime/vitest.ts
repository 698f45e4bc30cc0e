import { prepare } from './testing.ts';

/**
 * For vitest, in a file of `setupFiles`:
 *
 *     import { assertNoLeaks } from 'eslint-plugin-pool/vitest';
 *     afterEach(assertNoLeaks);
 */
export { assertNoLeaks, install } from './testing.ts';

prepare();
