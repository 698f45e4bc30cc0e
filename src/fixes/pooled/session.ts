import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../../ast/method-call.ts';
import { sqlText, transactionKeyword } from '../../ast/sql.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Statements that leave something on the connection, at the start of a text or behind a `;`. */
const LASTING =
  /(?:^|;)\s*(?:SET\s+(?!LOCAL\b|TRANSACTION\b)|RESET\b|UN?LISTEN\b|LISTEN\b|PREPARE\b|EXECUTE\b|DEALLOCATE\b|DECLARE\b|FETCH\b|DISCARD\b|LOAD\b|USE\b|COPY\b|HANDLER\b|XA\b|LOCK\s+TABLES\b|UNLOCK\b|FLUSH\b|CREATE\s+(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+|LOCAL\s+)?TEMP)/i;
/** Functions and variables of the session. */
const OF_SESSION =
  /\bpg_(?:try_)?advisory_(?:un)?lock\w*|\bpg_backend_pid\b|\bset_config\s*\(|\b(?:GET|RELEASE)_LOCK\s*\(|\bCONNECTION_ID\s*\(|\bINTO\s+TEMP|\bON\s+COMMIT\b|@\w+\s*:=/i;

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
  const bare = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  if (isHiddenTransaction(sourceCode, call)) return 'lasting';
  return LASTING.test(bare) || OF_SESSION.test(bare) ? 'lasting' : 'plain';
}

export function isTransaction(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  const [argument] = call.arguments;
  const node = argument && resolve(sourceCode, argument);
  return transactionKeyword(node) !== undefined || /;\s*(?:BEGIN|COMMIT|ROLLBACK)\b/i.test(sqlText(node) ?? '');
}

/** It begins or ends a transaction, and does not say so where it stands: `client.query(BEGIN)`, `UPDATE …; COMMIT`. */
function isHiddenTransaction(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  return isTransaction(sourceCode, call) && transactionKeyword(call.arguments[0]) === undefined;
}

/** The value of a name that is never written again. */
function resolve(sourceCode: SourceCode, node: TSESTree.Node): TSESTree.Node {
  const value = unwrap(node);
  const variable = value.type === 'Identifier' ? findVariable(sourceCode, value) : undefined;
  const [definition, ...more] = variable?.defs ?? [];
  if (definition?.node.type !== 'VariableDeclarator' || more.length > 0) return value;
  const { id, init, parent } = definition.node;
  return id.type === 'Identifier' && init && parent.kind === 'const' ? unwrap(init) : value;
}
