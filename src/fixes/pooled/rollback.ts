import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isAwaited } from '../../ast/awaited.ts';
import type { Borrowed } from '../release/borrowed.ts';
import type { Hold } from '../release/hold.ts';
import { freeName } from '../text/free-name.ts';
import { collectOpenExits } from '../release/rollback/open-exits.ts';
import { ownRollbacks } from '../release/rollback/own.ts';
import { swallowedAt } from './swallowed.ts';
import type { Swallowed } from './swallowed.ts';
import type { Rollback } from '../release/rollback/plan.ts';
import { endsWithRelease } from '../release/rollback/transaction.ts';
import { findWords } from '../release/rollback/words.ts';

export interface OwnRollback extends Rollback {
  /** Those whose failure the code passes over. */
  readonly swallowed: readonly Swallowed[];
}

/**
 * To end a connection rolls back, to give it back does not: `'none'` where no transaction can be open then, the code's
 * own rolling back where it does so in a `catch`. Undefined where a transaction may stay open.
 */
export function ownRollback(
  sourceCode: Readonly<TSESLint.SourceCode>,
  hold: Hold,
  borrowed: Borrowed,
): OwnRollback | 'none' | undefined {
  const { lease } = borrowed;
  const words = findWords(borrowed);
  const { begin, commit, rollback } = words;
  if (begin.length + commit.length + rollback.length === 0) return 'none';
  if (endsWithRelease(lease)) return 'none';
  const all = ownRollbacks(hold, words) ?? [];
  if (begin.length === 0 || commit.length === 0 || all.length === 0 || !lease.discard || !begin.every(isAwaited))
    return undefined;
  const own = all.filter(isAwaited);
  const swallowed = all.flatMap((call) => swallowedAt(call) ?? []);
  if (own.length + swallowed.length < all.length) return undefined;
  if (![...own, ...swallowed.map(({ whole }) => whole)].every(isSure)) return undefined;
  const stretch = { hold, borrowed, first: hold.take + 1, last: hold.list.length - 1 };
  const open = collectOpenExits(sourceCode, { ...stretch, end: undefined, inPlace: false, others: [], carried: [] });
  if (open.length > 0) return undefined;
  const broken = freeName(sourceCode, hold.owner, 'broken');
  return { lease, broken, own, swallowed, call: undefined, host: undefined, needless: [] };
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
