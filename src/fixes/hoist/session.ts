import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { methodCall } from '../../ast/method-call.ts';
import { propertyName } from '../../ast/property-name.ts';
import { sqlText, transactionKeyword } from '../../ast/sql.ts';
import { collect } from '../../ast/walk.ts';
import { leavesState } from '../code/session-sql.ts';
import { collectReached } from './reached.ts';
import { leavesOpen } from './transaction.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The function leaves something on connections that would now live on; `reads` are the uses of the value. */
export function holdsSession(sourceCode: SourceCode, creation: Creation, reads: readonly TSESTree.Node[]): boolean {
  const reached = collectReached(sourceCode, creation.holder);
  const isLeaving = (node: TSESTree.Node): boolean => leavesState(textOf(node));
  if ([...reached].some((one) => collect(sourceCode, one, isLeaving).length > 0)) return true;
  if (leavesOpen(sourceCode, creation, reached)) return true;
  const calls = reads.map((one) => methodCall(one));
  if (calls.some((call) => call && transactionKeyword(call.arguments[0]) !== undefined)) return true;
  return calls.some((call) => call && keepsCheckout(sourceCode, creation, call));
}

function textOf(node: TSESTree.Node): string | undefined {
  if (node.type === 'TaggedTemplateExpression') return sqlText(node);
  return node.type === 'CallExpression' ? sqlText(node.arguments[0]) : undefined;
}

/** It takes a connection and nothing gives one back: ending the pool closed it. */
function keepsCheckout(
  sourceCode: SourceCode,
  { driver, kind, holder }: Creation,
  { callee }: TSESTree.CallExpression,
): boolean {
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  const checkout = name === undefined ? undefined : driver.kinds[kind]?.checkouts?.[name];
  const lease = checkout && driver.kinds[checkout.gives]?.lease;
  if (!lease) return false;
  const words = [...lease.giveBack, ...(lease.giveBackThrough ?? []), ...(lease.transaction?.commit ?? [])];
  const text = sourceCode.getText(holder);
  return !words.some((word) => text.includes(`${word}(`)) && !/\busing\b/.test(text) && !checkout.scopedByCallback;
}
