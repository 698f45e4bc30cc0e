import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isNothing } from '../../ast/nothing.ts';
import { findVariable } from '../../ast/variables.ts';

type Variable = TSESLint.Scope.Variable;

/** `let pool; try { pool = new Pool(); …`: a local variable that gets nothing else. */
export function assignedVariable(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { left, operator, parent, right }: TSESTree.AssignmentExpression,
  value: TSESTree.Node,
): Variable | undefined {
  const isStatement = operator === '=' && right === value && parent.type === 'ExpressionStatement';
  const variable = left.type === 'Identifier' ? findVariable(sourceCode, left) : undefined;
  if (!isStatement || !variable) return undefined;
  const { defs, references, scope } = variable;
  const [definition] = defs;
  const isLocal = defs.length === 1 && definition?.node.type === 'VariableDeclarator' && scope.block.type !== 'Program';
  const writes = references.filter((one) => one.isWrite() && !isNothing(one.writeExpr as TSESTree.Node | null));
  return isLocal && writes.length === 1 ? variable : undefined;
}
