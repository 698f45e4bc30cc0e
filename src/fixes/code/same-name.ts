import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findNamed, findVariable } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `name` means at `target` what it means where it stands. */
export function meansTheSame(sourceCode: SourceCode, name: TSESTree.Identifier, target: TSESTree.Node): boolean {
  const variable = findVariable(sourceCode, name);
  return variable !== undefined && isVisible(sourceCode, variable, target);
}

/** The name of the variable means the variable at `target`. */
export function isVisible(sourceCode: SourceCode, variable: TSESLint.Scope.Variable, target: TSESTree.Node): boolean {
  return findNamed(sourceCode, variable.name, target) === variable;
}
