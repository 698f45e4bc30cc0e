import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findVariable } from '../../ast/variables.ts';

/** `name` means at `target` what it means where it stands. */
export function meansTheSame(
  sourceCode: Readonly<TSESLint.SourceCode>,
  name: TSESTree.Identifier,
  target: TSESTree.Node,
): boolean {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(target); scope; scope = scope.upper) {
    const found = scope.set.get(name.name);
    if (found) return found === findVariable(sourceCode, name);
  }
  return false;
}
