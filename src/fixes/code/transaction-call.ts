import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { sqlText, transactionKeyword } from '../../ast/sql.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** It begins or ends a transaction. */
export function isTransaction(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  const [argument] = call.arguments;
  const node = argument && resolve(sourceCode, argument);
  return transactionKeyword(node) !== undefined || /;\s*(?:BEGIN|COMMIT|ROLLBACK)\b/i.test(sqlText(node) ?? '');
}

/** It begins or ends a transaction, and does not say so where it stands: `client.query(BEGIN)`, `UPDATE …; COMMIT`. */
export function isHiddenTransaction(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  return isTransaction(sourceCode, call) && transactionKeyword(call.arguments[0]) === undefined;
}

/** The value of a name that is never written again. */
export function resolve(sourceCode: SourceCode, node: TSESTree.Node): TSESTree.Node {
  const value = unwrap(node);
  const variable = value.type === 'Identifier' ? findVariable(sourceCode, value) : undefined;
  const [definition, ...more] = variable?.defs ?? [];
  if (definition?.node.type !== 'VariableDeclarator' || more.length > 0) return value;
  const { id, init, parent } = definition.node;
  return id.type === 'Identifier' && init && parent.kind === 'const' ? unwrap(init) : value;
}
