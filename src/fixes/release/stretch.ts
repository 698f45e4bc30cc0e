import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../../ast/unwrap.ts';
import type { Borrowed } from './borrowed.ts';
import type { GiveBack } from './give-back.ts';
import { isHarmless } from '../code/harmless.ts';
import type { Hold } from './hold.ts';
import { indexIn } from '../../ast/places.ts';
import { isPresenceGuard } from './presence.ts';
import { tailOf } from './tail.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What cannot fail stays before the `try`. */
export function firstIndex({ list, take, end, variable }: Hold, { names }: Borrowed): number {
  let first = take + 1;
  const isLeft = (one: TSESTree.Statement): boolean => isHarmless(one, names) || isPresenceGuard(one, variable);
  for (let one = list[first]; one && first < end && isLeft(one); one = list[first]) first++;
  return first;
}

export function lastUse({ list, take, end }: Hold, { uses }: Borrowed): number {
  const indexes = uses.map((use) => indexIn(list, use)).filter((index) => index < end);
  return Math.max(...indexes) > take ? Math.max(...indexes) : end - 1;
}

/** What follows on the way out neither waits nor takes another connection, so that `finally` may do it. */
export function isLastOnItsWay(
  sourceCode: SourceCode,
  { list }: Hold,
  one: GiveBack,
  end: GiveBack | undefined,
  last: number,
): boolean {
  const tail = tailOf(sourceCode, one.statement, list.slice(0, last + 1));
  return tail === 'leaves' || (tail === 'ends' && !end);
}

/** `cleanUp(client)`: it may be what gives the connection back. */
export function isLent(use: TSESTree.Node): boolean {
  const value = wrapped(use);
  return value.parent?.type === 'CallExpression' && value.parent.callee !== value;
}
