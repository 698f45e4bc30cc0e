import type { TSESLint } from '@typescript-eslint/utils';
import { holderOf } from '../../../ast/functions.ts';
import { collect } from '../../../ast/walk.ts';
import type { Plan } from '../plan.ts';
import { isExit, isOpenAt } from './transaction.ts';
import type { Exit } from './transaction.ts';
import { findWords } from './words.ts';

/** The `return`, `break` and `continue` of the future `try` that leave a transaction open. */
export function collectOpenExits(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { hold, borrowed, first, last }: Plan,
): Exit[] {
  const words = findWords(borrowed);
  const exits = hold.list.slice(first, last + 1).flatMap((one) => collect(sourceCode, one, isExit)) as Exit[];
  return exits.filter((one) => holderOf(one) === hold.owner && isOpenAt(one, words));
}
