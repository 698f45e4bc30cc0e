import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Verdict } from '../analysis/model.ts';
import type { Borrowed } from './borrow.ts';
import { findBorrowed } from './borrows.ts';
import { collectCarried } from './carried.ts';
import { insert, replace } from './edit.ts';
import type { Edit } from './edit.ts';
import { findHold } from './hold.ts';
import type { Hold } from './hold.ts';
import { indentLines } from './indent.ts';
import { hasOpenCheckout } from './inner-checkout.ts';
import { lineStart, startsLine, startWithComments } from './lines.ts';
import { isInside } from './places.ts';
import { firstIndex } from './plan.ts';
import { isAskedFor } from './presence.ts';
import type { Repair } from './repair.ts';
import { styleAt } from './style.ts';
import type { Style } from './style.ts';
import { endsWithRelease, findWords, isExit } from './transaction.ts';
import { collect } from './walk.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What stands between taking the connection and the `try` whose `finally` gives it back. */
interface Gap {
  readonly statements: readonly TSESTree.Statement[];
  readonly guarded: TSESTree.TryStatement;
}

/** Lets an existing `try` begin right behind the checkout. A `catch` keeps what it sees: it gets a `try` of its own. */
export function widenTry(sourceCode: SourceCode, { checkout, leaks }: Verdict): Repair | undefined {
  const hold = findHold(checkout);
  const borrowed = hold && findBorrowed(sourceCode, hold);
  const gap = borrowed && findGap(hold, borrowed);
  if (!gap || hasOpenCheckout(sourceCode, borrowed) || !isMovable(sourceCode, gap, borrowed)) return undefined;
  const { guarded, statements } = gap;
  if (leaks.some(({ witness }) => witness.range[1] > guarded.range[0] && isInside(witness, guarded))) return undefined;
  const first = statements[0] as TSESTree.Statement;
  const style = styleAt(sourceCode, first, '');
  const edits = guarded.handler ? nest(sourceCode, first, guarded, style) : lift(sourceCode, first, guarded, style);
  if (!edits) return undefined;
  return { kind: guarded.finalizer?.body.length === 1 ? 'fix' : 'suggest', messageId: 'wrapInFinally', edits };
}

function findGap(hold: Hold, borrowed: Borrowed): Gap | undefined {
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

function isMovable(sourceCode: SourceCode, { statements, guarded }: Gap, borrowed: Borrowed): boolean {
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

function lift(
  sourceCode: SourceCode,
  first: TSESTree.Node,
  guarded: TSESTree.TryStatement,
  style: Style,
): Edit[] | undefined {
  if (!startsLine(sourceCode, first) || !startsLine(sourceCode, guarded)) return undefined;
  const [start, end] = [startWithComments(sourceCode, first), lineStart(sourceCode, guarded.range[0])];
  const open = guarded.block.range[0] + 1;
  const rest = /^[ \t]*\r?\n/.exec(sourceCode.text.slice(open));
  if (!rest) return undefined;
  const opening = insert(start, `${style.margin}try {${style.eol}`);
  return [opening, ...indentLines(sourceCode, start, end, style.unit), replace(end, open + rest[0].length, '')];
}

function nest(
  sourceCode: SourceCode,
  first: TSESTree.Node,
  guarded: TSESTree.TryStatement,
  style: Style,
): Edit[] | undefined {
  const end = guarded.handler?.range[1] ?? 0;
  const keyword = guarded.finalizer && sourceCode.getTokenBefore(guarded.finalizer);
  if (!keyword || !startsLine(sourceCode, first) || !/^\s*$/.test(sourceCode.text.slice(end, keyword.range[0])))
    return undefined;
  const start = startWithComments(sourceCode, first);
  const opening = insert(start, `${style.margin}try {${style.eol}`);
  const closing = replace(end, keyword.range[0], `${style.eol}${style.margin}} `);
  return [opening, ...indentLines(sourceCode, start, end, style.unit), closing];
}
