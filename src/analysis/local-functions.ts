import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf, isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The function of this file that an expression names: a declaration, a constant, or a method of the same class. */
export function findFunction(sourceCode: SourceCode, expression: TSESTree.Node): FunctionNode | undefined {
  const node = unwrap(expression);
  if (isFunction(node)) return node;
  if (node.type === 'MemberExpression') return findMethod(node);
  if (node.type !== 'Identifier') return undefined;
  const definition = findVariable(sourceCode, node)?.defs[0];
  // A declaration without a body (`declare function`) has no code to run.
  if (definition?.type === 'FunctionName') return isFunction(definition.node) ? definition.node : undefined;
  if (definition?.type !== 'Variable') return undefined;
  const { id, init } = definition.node as TSESTree.VariableDeclarator;
  const value = init && id.type === 'Identifier' ? unwrap(init) : undefined;
  return isFunction(value) ? value : undefined;
}

function findMethod(node: TSESTree.MemberExpression): FunctionNode | undefined {
  const name = propertyName(node);
  if (node.object.type !== 'ThisExpression' || name === undefined) return undefined;
  for (const member of classOf(node)?.body ?? []) {
    const isMember = member.type === 'MethodDefinition' || member.type === 'PropertyDefinition';
    if (isMember && keyName(member) === name && isFunction(member.value)) return member.value;
  }
  return undefined;
}

/** The class of this file that `new Name(…)` makes. */
export function isLocalClass(sourceCode: SourceCode, callee: TSESTree.Node): boolean {
  const node = unwrap(callee);
  return node.type === 'Identifier' && findVariable(sourceCode, node)?.defs[0]?.type === 'ClassName';
}

/** A parameter of some function around: `resolve`, `callback`. */
export function isParameter(sourceCode: SourceCode, callee: TSESTree.Node): boolean {
  const node = unwrap(callee);
  return node.type === 'Identifier' && findVariable(sourceCode, node)?.defs[0]?.type === 'Parameter';
}
