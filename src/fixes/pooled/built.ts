import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { isInside } from '../../ast/inside.ts';
import { isNothing } from '../../ast/nothing.ts';

/** `client = new Client(…)` */
export function assignedAt(
  sourceCode: Readonly<TSESLint.SourceCode>,
  site: TSESTree.Node,
): TSESLint.Scope.Variable | undefined {
  const value = wrapped(site);
  const { parent } = value.parent?.type === 'AwaitExpression' ? wrapped(value.parent) : value;
  const left = parent?.type === 'AssignmentExpression' ? parent.left : undefined;
  return left?.type === 'Identifier' ? findVariable(sourceCode, left) : undefined;
}

/** Nothing else is ever put into the variable, but for `let client = null`. */
export function isBuiltOnce({ defs, references }: TSESLint.Scope.Variable, site: TSESTree.Node): boolean {
  const values = references.filter((one) => one.isWrite()).map((one) => one.writeExpr as TSESTree.Node | null);
  const made = values.filter((one) => !isNothing(one));
  return defs.length === 1 && defs[0]?.node.type === 'VariableDeclarator' && made.length === 1 && isSite(made[0], site);
}

/** It lives no longer than the function that builds it. */
export function isOfOwner({ identifiers }: TSESLint.Scope.Variable, owner: TSESTree.Node): boolean {
  const [name] = identifiers;
  return name !== undefined && isInside(name, owner);
}

/** `let client;` */
export function declarationOf({ defs }: TSESLint.Scope.Variable): TSESTree.VariableDeclaration | undefined {
  const node = defs[0]?.node;
  return node?.type === 'VariableDeclarator' ? node.parent : undefined;
}

function isSite(node: TSESTree.Node | null | undefined, site: TSESTree.Node): boolean {
  const value = node && unwrap(node);
  return value === site || (value?.type === 'AwaitExpression' && unwrap(value.argument) === site);
}
