import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Verdict } from '../../analysis/model.ts';
import { findBorrowed } from './borrows.ts';
import { replace } from '../text/edit.ts';
import type { GiveBack } from './give-back.ts';
import { findHold } from './hold.ts';
import { mayBeginElsewhere } from './rollback/own.ts';
import { removeStatement } from '../text/remove-statement.ts';
import type { Repair } from '../repair.ts';
import { endsWithRelease, leavesTraces } from './rollback/transaction.ts';
import { findWords } from './rollback/words.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** `await using connection = …` gives back at the end of the block, so nothing else does. A choice: it needs Node 24 or a compiler. */
export function repairWithUsing({ sourceCode }: Context, { checkout, lateUses }: Verdict): Repair | undefined {
  const { disposable } = checkout.lease;
  // Of two drivers with the same names, one has it.
  const hold = disposable && checkout.certainty === 'proven' && lateUses.length === 0 ? findHold(checkout) : undefined;
  const taking = hold?.list[hold.take];
  if (!disposable || !hold || taking?.type !== 'VariableDeclaration' || taking.kind !== 'const') return undefined;
  if (taking.declarations[0]?.id.type !== 'Identifier' || hold.giveBacks.some(isAllOfFinally)) return undefined;
  if (disposable.symbol === 'asyncDispose' && !hold.owner.async) return undefined;
  const borrowed = findBorrowed(sourceCode, hold);
  if (!borrowed || borrowed.returns.size > 0 || leavesTraces(borrowed) || mayBeginElsewhere(sourceCode, borrowed))
    return undefined;
  if (findWords(borrowed).begin.length > 0 && !endsWithRelease(checkout.lease)) return undefined;
  if (checkout.releases.length === 0 && borrowed.uses.some(({ parent }) => parent?.type === 'CallExpression'))
    return undefined;
  const keyword = disposable.symbol === 'asyncDispose' ? 'await using' : 'using';
  const edits = [
    replace(taking.range[0], taking.range[0] + 'const'.length, keyword),
    ...hold.giveBacks.map((one) => removeStatement(sourceCode, one.statement)),
  ];
  return { kind: 'suggest', messageId: 'useUsing', edits };
}

function isAllOfFinally({ statement }: GiveBack): boolean {
  const block: TSESTree.Node | undefined = statement.parent;
  return block?.parent?.type === 'TryStatement' && block.parent.finalizer === block;
}
