import type { TSESTree } from '@typescript-eslint/utils';

/**
 * What one use of a value means for sharing it.
 * - `end`   a call that ends it: must go
 * - `open`  a call that opens it
 * - `plain` it is used, or lent to a call
 */
export interface Use {
  readonly kind: 'end' | 'open' | 'plain';
  readonly call: TSESTree.CallExpression | undefined;
  /** The user's own code of another file gets it. */
  readonly isFar?: boolean;
}
