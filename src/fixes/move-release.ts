import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Verdict } from '../analysis/model.ts';
import { holderOf } from '../ast/functions.ts';
import { insert } from './edit.ts';
import { findGiveBack } from './give-back.ts';
import { linesOf } from './give-back-lines.ts';
import { endsLine, endWithComments } from './lines.ts';
import { indexIn, isInside } from './places.ts';
import { cut } from './remove-statement.ts';
import type { Repair } from './repair.ts';
import { lines, styleAt } from './style.ts';
import { collect } from './walk.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Moves the giving back behind the last use in the same list. Always a suggestion: it is held longer. */
export function repairLateUse(
  sourceCode: SourceCode,
  { checkout, lateUses }: Verdict,
  use: TSESTree.Node,
): Repair | undefined {
  const owner = holderOf(use);
  const before = checkout.releases
    .filter((one) => one.range[0] < use.range[0])
    .map((one) => findGiveBack(checkout, one, owner));
  const release = before.findLast((one) => one && indexIn(one.list, use) > one.index);
  if (!release || before.at(-1) !== release || use !== lateUses[0]) return undefined;
  const { list, statement, index } = release;
  const uses = lateUses.filter((one) => indexIn(list, one) > index);
  const last = list[Math.max(...uses.map((one) => indexIn(list, one)))];
  if (!last || uses.length < lateUses.length || !endsLine(sourceCode, last)) return undefined;
  const isAgain = checkout.releases.some((one) => one.range[0] > statement.range[1]);
  if (isAgain || leaves(sourceCode, list.slice(index + 1, list.indexOf(last) + 1), owner)) return undefined;
  const style = styleAt(sourceCode, statement, '');
  const texts = linesOf(sourceCode, statement).map((text) => text.slice(1));
  const edits = [
    cut(sourceCode, statement),
    insert(endWithComments(sourceCode, last), style.eol + lines(style, texts)),
  ];
  return { kind: 'suggest', messageId: 'moveRelease', edits };
}

/** A `return` on the way would pass the release by. */
function leaves(sourceCode: SourceCode, statements: readonly TSESTree.Statement[], owner: TSESTree.Node): boolean {
  const isExit = ({ type }: TSESTree.Node): boolean => /^(?:Return|Throw|Break|Continue)Statement$/.test(type);
  return statements.some((one) =>
    collect(sourceCode, one, isExit).some((exit) => holderOf(exit) === owner && isInside(exit, one)),
  );
}
