import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { identifiersOf } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
export type Variable = TSESLint.Scope.Variable;

/** A declaration among the statements of a future `try` whose names are used behind it. */
export interface Carried {
  readonly statement: TSESTree.Statement;
  readonly variables: readonly Variable[];
}

/** What must be declared before the `try`, because code outside of `statements` uses it. */
export function collectCarried(
  sourceCode: SourceCode,
  statements: readonly TSESTree.Statement[],
  outside: (node: TSESTree.Node) => boolean,
): Carried[] {
  return statements.flatMap((statement) => {
    const variables = declaredBy(sourceCode, statement);
    const isUsed = variables.some((one) => identifiersOf(one).some(outside));
    return isUsed ? [{ statement, variables }] : [];
  });
}

export function declaredBy(sourceCode: SourceCode, statement: TSESTree.Statement): Variable[] {
  if (statement.type === 'VariableDeclaration' && statement.kind === 'var') return [];
  const own = sourceCode.getDeclaredVariables?.(statement) ?? [];
  if (statement.type !== 'FunctionDeclaration' && statement.type !== 'ClassDeclaration') return [...own];
  // A class declares its name twice, once inside.
  return own.filter((one) => one.scope.block !== statement);
}
