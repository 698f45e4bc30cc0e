import type { TSESLint } from '@typescript-eslint/utils';
import type { Verdict } from '../../../analysis/model.ts';
import { methodOf } from '../../../ast/method-call.ts';
import { findBorrowed } from '../borrows.ts';
import { findHold } from '../hold.ts';
import { isMended } from './mended.ts';
import type { Repair } from '../../repair.ts';
import { joinWithRollback, wrapWithRollback } from './frame.ts';
import { styleAt } from '../../text/style.ts';
import { endsTransaction } from './transaction.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/**
 * Where giving back is to commit or to roll back: a `catch` that rolls back. What leaves in between without either is
 * not repaired: only its author knows which of the two is meant.
 */
export function repairTransaction({ sourceCode, filename }: Context, { checkout, leaks }: Verdict): Repair | undefined {
  const { lease } = checkout;
  const hold = endsTransaction(lease) ? findHold(checkout) : undefined;
  const taking = hold?.list[hold.take];
  const borrowed = hold?.owner.async ? findBorrowed(sourceCode, hold) : undefined;
  if (!hold || !taking || !borrowed || borrowed.returns.size > 0) return undefined;
  const commit = hold.giveBacks.findLast((one) => lease.transaction?.commit.includes(methodOf(one.call)));
  if (!commit || (lease.completedBy !== undefined && hold.giveBacks.length > 1)) return undefined;
  const isNew = commit.list === hold.list;
  if (!leaks.every((leak) => isMended(leak, hold, isNew))) return undefined;
  const style = styleAt(sourceCode, taking, filename);
  const edits = isNew
    ? wrapWithRollback(sourceCode, hold, borrowed, commit.index, style)
    : joinWithRollback(sourceCode, hold, borrowed, commit, style);
  return edits && { kind: 'fix', messageId: 'rollBack', edits };
}
