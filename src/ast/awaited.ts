import type { TSESTree } from '@typescript-eslint/utils';

/** `await` stands right before the node. */
export function isAwaited({ parent }: TSESTree.Node): boolean {
  return parent?.type === 'AwaitExpression';
}
