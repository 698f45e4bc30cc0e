import type { TSESTree } from '@typescript-eslint/utils';
import { methodCall, methodOf } from '../../../ast/method-call.ts';
import type { Lease } from '../lease.ts';
import { transactionKeyword } from '../../../ast/sql.ts';
import type { Borrowed } from '../borrowed.ts';

/** The statements of a transaction in the stretch of one connection. */
export interface Words {
  readonly begin: readonly TSESTree.CallExpression[];
  readonly commit: readonly TSESTree.CallExpression[];
  readonly rollback: readonly TSESTree.CallExpression[];
}

export type Word = keyof Words;

export function findWords({ lease, uses }: Borrowed): Words {
  const words: Record<Word, TSESTree.CallExpression[]> = { begin: [], commit: [], rollback: [] };
  for (const use of uses) {
    const call = methodCall(use);
    const word = call && wordOf(lease, call);
    if (word) words[word].push(call);
  }
  return words;
}

function wordOf({ transaction }: Lease, call: TSESTree.CallExpression): Word | undefined {
  const method = methodOf(call);
  for (const word of ['begin', 'commit', 'rollback'] as const) {
    if (transaction?.[word].includes(method)) return word;
  }
  return transactionKeyword(call.arguments[0])?.toLowerCase() as Word | undefined;
}
