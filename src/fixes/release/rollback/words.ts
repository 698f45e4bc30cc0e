import type { TSESTree } from '@typescript-eslint/utils';
import type { Lease } from '../lease.ts';
import { propertyName } from '../../../ast/property-name.ts';
import { transactionKeyword } from '../../../ast/sql.ts';
import { unwrap, wrapped } from '../../../ast/unwrap.ts';
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

/** The call of a method of the node. */
export function methodCall(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  const { parent } = wrapped(node);
  if (parent?.type !== 'MemberExpression' || unwrap(parent.object) !== node) return undefined;
  const outer = wrapped(parent);
  return outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : undefined;
}

export function methodOf(call: TSESTree.CallExpression): string {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
}

function wordOf({ transaction }: Lease, call: TSESTree.CallExpression): Word | undefined {
  const method = methodOf(call);
  for (const word of ['begin', 'commit', 'rollback'] as const) {
    if (transaction?.[word].includes(method)) return word;
  }
  return transactionKeyword(call.arguments[0])?.toLowerCase() as Word | undefined;
}
