import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Borrowed } from './borrowed.ts';
import type { Hold } from './hold.ts';
import { collectOpenExits } from './open-exits.ts';
import { planRollback } from './rollback.ts';
import type { Rollback } from './rollback.ts';
import { endsWithRelease } from './transaction.ts';
import { findWords } from './words.ts';

/**
 * To end a connection rolls back, to give it back does not: `'none'` where no transaction can be open then, the code's
 * own rolling back where it does so in a `catch`. Undefined where a transaction may stay open.
 */
export function ownRollback(
  sourceCode: Readonly<TSESLint.SourceCode>,
  hold: Hold,
  borrowed: Borrowed,
): Rollback | 'none' | undefined {
  const words = findWords(borrowed);
  const { begin, commit, rollback } = words;
  if (begin.length + commit.length + rollback.length === 0) return 'none';
  if (endsWithRelease(borrowed.lease)) return 'none';
  const plan = planRollback(sourceCode, hold, borrowed);
  if (begin.length === 0 || commit.length === 0 || plan === 'none' || !plan || plan.call !== undefined)
    return undefined;
  if (!plan.lease.discard || plan.own.length === 0 || !plan.own.every(isSure)) return undefined;
  const all = { hold, borrowed, first: hold.take + 1, last: hold.list.length - 1 };
  const open = collectOpenExits(sourceCode, { ...all, end: undefined, inPlace: false, others: [], carried: [] });
  return open.length === 0 ? plan : undefined;
}

/** It runs whenever its `catch` does, or whenever there is a connection. */
function isSure(call: TSESTree.Node): boolean {
  for (let at = call; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'CatchClause') return true;
    const isAsked = parent.type === 'IfStatement' && parent.consequent === at && parent.test.type === 'Identifier';
    const isPlain = /^(?:AwaitExpression|ExpressionStatement|BlockStatement)$/.test(parent.type);
    if (!isPlain && !isAsked && !(parent.type === 'TryStatement' && parent.block === at)) return false;
  }
  return false;
}
