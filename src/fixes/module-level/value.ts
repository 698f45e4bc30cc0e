import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';

/** What a variable of the module gets for good: the value of its declaration, or of `??=`. */
export function valueOf({ identifier, init, writeExpr }: TSESLint.Scope.Reference): TSESTree.Node | undefined {
  const { parent } = identifier as TSESTree.Node;
  const isLazy = parent?.type === 'AssignmentExpression' && parent.operator === '??=';
  return writeExpr && (init || isLazy) ? unwrap(writeExpr as TSESTree.Node) : undefined;
}
