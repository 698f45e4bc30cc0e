import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../../ast/method-call.ts';
import { sqlText } from '../../ast/sql.ts';
import { needsConnection } from '../code/session-sql.ts';
import { isHiddenTransaction, resolve } from '../code/transaction-call.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What the SQL of a call says: `plain`, `lasting` for what stays on the connection, `unknown` where it is not read. */
export type Reading = 'lasting' | 'plain' | 'unknown';

export function readCall(sourceCode: SourceCode, call: TSESTree.CallExpression): Reading {
  if (/^(?:escape|format|ping)/.test(methodOf(call))) return 'plain';
  const argument = call.arguments[0];
  if (!argument) return 'plain';
  const node = resolve(sourceCode, argument);
  // A cursor or a stream works on as long as it is read.
  if (/^(?:Array|Arrow|Class|Function|New)/.test(node.type)) return 'lasting';
  const text = sqlText(node);
  if (text === undefined || !/^[\s(]*(?:--|\/\*|\w)/.test(text)) return 'unknown';
  return isHiddenTransaction(sourceCode, call) || needsConnection(text) ? 'lasting' : 'plain';
}
