import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Verdict } from '../../analysis/model.ts';
import { holderOf } from '../../ast/functions.ts';
import { collect } from '../../ast/walk.ts';
import { findGiveBack } from './give-back.ts';
import type { GiveBack } from './give-back.ts';
import { takes } from '../code/light.ts';
import { isCaught } from '../../ast/caught.ts';
import { isInside } from '../../ast/inside.ts';
import { cut, removeStatement } from '../text/remove-statement.ts';
import type { Repair } from '../repair.ts';
import { tailOf } from './tail.ts';
import { endsTransaction } from './rollback/transaction.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Removes the second giving back, or the first one where the second stands in `finally`. */
export function repairSecondRelease(
  sourceCode: SourceCode,
  { checkout, lateUses }: Verdict,
  call: TSESTree.CallExpression,
): Repair | undefined {
  const owner = holderOf(call);
  const second = findGiveBack(checkout, call, owner);
  if (!second || endsTransaction(checkout.lease)) return undefined;
  const others = checkout.releases.filter((one) => one !== call).map((one) => findGiveBack(checkout, one, owner));
  if (others.some((one) => one && isRightBefore(sourceCode, one, second))) {
    const kind = isCaught(call) ? 'suggest' : 'fix';
    return { kind, messageId: 'removeRelease', edits: [cut(sourceCode, second.statement)] };
  }
  const block = finalizedBy(second);
  const inner = block ? checkout.releases.filter((one) => one !== call && isInside(one, block)) : [];
  const early = inner.map((one) => findGiveBack(checkout, one, owner));
  if (!block || early.length === 0 || early.some((one) => !one) || lateUses.length > 0) return undefined;
  if (collect(sourceCode, block, takes).length > 0) return undefined;
  const isQuick = (early as GiveBack[]).every((one) => tailOf(sourceCode, one.statement, block.body) !== 'heavy');
  const edits = (early as GiveBack[]).map(({ statement }) => removeStatement(sourceCode, statement));
  return { kind: isQuick ? 'fix' : 'suggest', messageId: 'removeRelease', edits };
}

/** In the same list, with nothing in between that takes a connection: pg hands the same object out again. */
function isRightBefore(sourceCode: SourceCode, one: GiveBack, second: GiveBack): boolean {
  if (one.list !== second.list || one.index >= second.index || one.statement.type !== 'ExpressionStatement')
    return false;
  return one.list
    .slice(one.index + 1, second.index)
    .every((statement) => collect(sourceCode, statement, takes).length === 0);
}

/** The block that the statement's `finally` belongs to. */
function finalizedBy({ statement }: GiveBack): TSESTree.BlockStatement | undefined {
  const outer = statement.parent?.parent;
  return outer?.type === 'TryStatement' && outer.finalizer === statement.parent && !outer.handler
    ? outer.block
    : undefined;
}
