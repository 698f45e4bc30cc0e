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
    const word = call && wordOf([lease], call);
    if (word) words[word].push(call);
  }
  return words;
}

/** What a call, or a tagged template, is on a connection that may be any of `leases`: by its method, or by its SQL. */
export function wordOf(
  leases: readonly Lease[],
  node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression,
): Word | undefined {
  const method = node.type === 'CallExpression' ? methodOf(node) : '';
  const word = (['begin', 'commit', 'rollback'] as const).find((one) =>
    leases.some(({ transaction }) => transaction?.[one].includes(method)),
  );
  const sql = node.type === 'CallExpression' ? node.arguments[0] : node;
  return word ?? (transactionKeyword(sql)?.toLowerCase() as Word | undefined);
}
