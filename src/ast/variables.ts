import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

type Variable = TSESLint.Scope.Variable;

/** The variable that `identifier` names where it stands, or undefined for a global nobody declared. */
export function findVariable(
  sourceCode: Readonly<TSESLint.SourceCode>,
  identifier: TSESTree.Identifier | TSESTree.JSXIdentifier,
): Variable | undefined {
  return findNamed(sourceCode, identifier.name, identifier);
}

/** The variable that `name` would mean at the node. */
export function findNamed(
  sourceCode: Readonly<TSESLint.SourceCode>,
  name: string,
  node: TSESTree.Node,
): Variable | undefined {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(node); scope; scope = scope.upper) {
    const found = scope.set.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The variable that a declaration's own name (or a parameter) declares. */
export function declaredVariable(
  sourceCode: Readonly<TSESLint.SourceCode>,
  name: TSESTree.Identifier,
): Variable | undefined {
  const found = findVariable(sourceCode, name);
  if (found?.identifiers.includes(name)) return found;
  for (let at: TSESTree.Node | undefined = name.parent; at; at = at.parent) {
    const own = sourceCode.getDeclaredVariables?.(at).find((one) => one.identifiers.includes(name));
    if (own) return own;
  }
  return undefined;
}

/** The identifiers that read or write the variable; a declaration without a value does neither. */
export function identifiersOf(variable: Variable): TSESTree.Identifier[] {
  return variable.references.map((reference) => reference.identifier as TSESTree.Identifier);
}

/** The identifiers that read the variable. */
export function readsOf(variable: Variable): TSESTree.Identifier[] {
  const reads = variable.references.filter((reference) => !reference.isWrite());
  return reads.map((reference) => reference.identifier as TSESTree.Identifier);
}
