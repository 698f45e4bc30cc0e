import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { collect } from '../../ast/walk.ts';
import type { Borrowed } from './borrowed.ts';
import { collectCarried } from './carried.ts';
import type { Hold } from './hold.ts';
import { isInside } from '../../ast/inside.ts';
import { isAskedFor } from './presence.ts';
import { firstIndex } from './stretch.ts';
import { endsWithRelease, isExit } from './rollback/transaction.ts';
import { findWords } from './rollback/words.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What stands between taking the connection and the `try` whose `finally` gives it back. */
interface Gap {
  readonly statements: readonly TSESTree.Statement[];
  readonly guarded: TSESTree.TryStatement;
}

export function findGap(hold: Hold, borrowed: Borrowed): Gap | undefined {
  const { list, take, giveBacks } = hold;
  const { uses } = borrowed;
  const [giveBack, ...more] = giveBacks;
  const index = list.findIndex((one) => one.type === 'TryStatement' && one.finalizer?.body === giveBack?.list);
  const guarded = list[index];
  if (more.length > 0 || guarded?.type !== 'TryStatement' || index <= take) return undefined;
  if (uses.some((use) => use.range[0] > guarded.range[1])) return undefined;
  const first = firstIndex(hold, borrowed);
  const isAsked = uses.some((use) =>
    isInside(use, guarded) || use.range[0] < (list[first]?.range[0] ?? 0) ? false : isAskedFor(use, giveBacks),
  );
  if (isAsked) return undefined;
  return first < index ? { statements: list.slice(first, index), guarded } : undefined;
}

export function isMovable(sourceCode: SourceCode, { statements, guarded }: Gap, borrowed: Borrowed): boolean {
  const { block, handler } = guarded;
  const inner = [...statements, block, ...(handler ? [handler] : [])];
  const outside = (node: TSESTree.Node): boolean => !inner.some((one) => isInside(node, one));
  if (collectCarried(sourceCode, statements, outside).length > 0) return false;
  const begins = findWords(borrowed).begin;
  const start = statements.findIndex((one) => begins.some((call) => isInside(call, one)));
  if (start === -1 || endsWithRelease(borrowed.lease)) return true;
  // What fails behind BEGIN, and not in the `try`, would leave the transaction open.
  const isBusy = (node: TSESTree.Node): boolean =>
    /^(?:Await|Call|New)Expression$/.test(node.type) ||
    (node.type === 'MemberExpression' && !node.optional && !borrowed.uses.includes(node.object));
  return statements
    .slice(start + 1)
    .every((one) => collect(sourceCode, one, (node) => isBusy(node) || isExit(node)).length === 0);
}
