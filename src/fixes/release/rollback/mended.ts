import type { TSESTree } from '@typescript-eslint/utils';
import type { Leak } from '../../../analysis/model.ts';
import type { Hold } from '../hold.ts';

/** What throws is mended by a `catch` that rolls back, and so is a `catch` that forgets; what leaves is not. */
export function isMended({ reason, witness }: Leak, { list, take }: Hold, isNew: boolean): boolean {
  if (witness.range[0] < (list[take]?.range[1] ?? 0)) return false;
  return reason === 'throw' || (!isNew && isInCatch(witness));
}

function isInCatch(node: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node; at; at = at.parent) if (at.type === 'CatchClause') return true;
  return false;
}
