import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../../../ast/unwrap.ts';
import type { Borrowed } from '../borrowed.ts';
import type { Hold } from '../hold.ts';
import { isInside } from '../../../ast/inside.ts';
import { findRollingBack } from './transaction.ts';
import type { Words } from './words.ts';

/** The ROLLBACKs in the code's own `catch` clauses, if these see all of every transaction. */
export function ownRollbacks({ owner }: Hold, words: Words): TSESTree.CallExpression[] | undefined {
  const blocks = words.begin.map((call) => findRollingBack(call, words, owner));
  const isSeen = words.commit.every((call) => blocks.some((one) => one && isInside(call, one.block)));
  if (blocks.some((one) => !one) || !isSeen) return undefined;
  return words.rollback.filter((call) => blocks.some((one) => one?.handler && isInside(call, one.handler)));
}

const BEGINS = /\b(?:BEGIN|START TRANSACTION)\b|\.(?:begin|start)Transaction\b/i;

/** The connection goes to a function that may open a transaction on it, and this file does open some. */
export function mayBeginElsewhere({ text }: Readonly<TSESLint.SourceCode>, { uses }: Borrowed): boolean {
  const isLent = uses.some((use) => {
    const value = wrapped(use);
    return value.parent?.type === 'CallExpression' && value.parent.callee !== value;
  });
  return isLent && BEGINS.test(text);
}

/** What follows the ROLLBACK throws the error that the `catch` got. */
export function rethrows(call: TSESTree.CallExpression): boolean {
  let at: TSESTree.Node | undefined = call;
  while (at && at.type !== 'CatchClause') at = at.parent;
  const last = at?.body.body.at(-1);
  const param = at?.param;
  return (
    last?.type === 'ThrowStatement' &&
    param?.type === 'Identifier' &&
    last.argument.type === 'Identifier' &&
    last.argument.name === param.name
  );
}
