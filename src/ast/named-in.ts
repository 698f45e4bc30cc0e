import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isInside } from './inside.ts';
import { identifiersOf } from './variables.ts';

/** The node reads or writes the variable. */
export function isNamedIn(variable: TSESLint.Scope.Variable, node: TSESTree.Node): boolean {
  return identifiersOf(variable).some((one) => isInside(one, node));
}
