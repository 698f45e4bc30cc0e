import type { TSESTree } from '@typescript-eslint/utils';
import type { Lease } from '../lease.ts';
import { sqlText } from '../../../ast/sql.ts';
import type { Borrowed } from '../borrowed.ts';
import { isInside } from '../../../ast/inside.ts';
import { methodCall } from '../../../ast/method-call.ts';
import { leavesState } from '../../code/session-sql.ts';
import type { Words } from './words.ts';

/** Giving back is to commit or to roll back: which of them, only the code knows. */
export function endsTransaction({ giveBack, transaction }: Lease): boolean {
  return giveBack.some((method) => transaction?.commit.includes(method));
}

/** Giving back rolls an open transaction back by itself. */
export function endsWithRelease({ transaction }: Lease): boolean {
  return transaction?.endsWithRelease === true;
}

/** A statement that leaves something behind on the connection when it is given back. */
export function leavesTraces({ uses }: Borrowed): boolean {
  return uses.some((use) => leavesState(sqlText(methodCall(use)?.arguments[0])));
}

/** The `try` whose `catch` rolls back what begins at `call`, in it or right before it, and what is committed. */
export function findRollingBack(
  call: TSESTree.CallExpression,
  words: Words,
  root: TSESTree.Node,
): TSESTree.TryStatement | undefined {
  for (let at: TSESTree.Node = call; at.parent && at !== root; at = at.parent) {
    const parent: TSESTree.Node = at.parent;
    if (parent.type === 'TryStatement' && parent.block === at && rollsBack(parent, words)) return parent;
    const next =
      parent.type === 'BlockStatement' ? parent.body[parent.body.indexOf(at as TSESTree.Statement) + 1] : undefined;
    if (at.type === 'ExpressionStatement' && next?.type === 'TryStatement' && rollsBack(next, words)) return next;
  }
  return undefined;
}

function rollsBack({ block, handler }: TSESTree.TryStatement, { commit, rollback }: Words): boolean {
  const isSeen = commit.length === 0 || commit.some((call) => isInside(call, block));
  return isSeen && handler !== null && rollback.some((call) => isInside(call, handler));
}

/** A statement that leaves while the transaction is open. */
export function isOpenAt(exit: TSESTree.Node, { begin, commit, rollback }: Words): boolean {
  const before = (calls: readonly TSESTree.CallExpression[]): boolean =>
    calls.some((one) => one.range[0] < exit.range[0]);
  const ends = [...commit, ...rollback];
  const { parent } = exit;
  const siblings = parent?.type === 'BlockStatement' ? parent.body : [exit];
  if (siblings.some((one) => ends.some((call) => isInside(call, one) && call.range[0] <= exit.range[1]))) return false;
  return before(begin) && commit.some((one) => one.range[0] > exit.range[0]);
}

/** The exits of the owner inside of `statements`. */
export type Exit = TSESTree.BreakStatement | TSESTree.ContinueStatement | TSESTree.ReturnStatement;

export function isExit(node: TSESTree.Node): node is Exit {
  return node.type === 'ReturnStatement' || node.type === 'BreakStatement' || node.type === 'ContinueStatement';
}
