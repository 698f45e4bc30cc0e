import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Verdict } from '../../analysis/model.ts';
import { findBorrowed } from './borrows.ts';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { findGap, isMovable } from './gap.ts';
import { findHold } from './hold.ts';
import { indentLines } from '../text/indent.ts';
import { hasOpenCheckout } from './inner-checkout.ts';
import { lineStart, startWithComments, startsLine } from '../text/lines.ts';
import { isInside } from '../../ast/inside.ts';
import type { Repair } from '../repair.ts';
import { styleAt } from '../text/style.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

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
