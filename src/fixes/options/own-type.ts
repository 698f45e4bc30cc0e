import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Configuration } from '../../analysis/model.ts';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { findVariable } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * An object takes another name only where no type of the user's own lists the names. In: the literal. Out: true where
 * every type stated for it, or for what it is part of, is the driver's or allows any name.
 */
export function takesNames(sourceCode: SourceCode, literal: TSESTree.Node, { driver }: Configuration): boolean {
  const packages = driver.modules.map(packageOf);
  return typesAround(literal).every((one) => isOpen(sourceCode, one, packages));
}

const PARTS = new Set([
  'ArrayExpression',
  'ConditionalExpression',
  'ObjectExpression',
  'Property',
  'TSNonNullExpression',
]);

function typesAround(node: TSESTree.Node): readonly TSESTree.TypeNode[] {
  const { parent } = node;
  if (!parent) return [];
  if (parent.type === 'TSAsExpression' || parent.type === 'TSSatisfiesExpression')
    return [parent.typeAnnotation, ...typesAround(parent)];
  const stated = statedType(parent);
  if (stated) return [stated.typeAnnotation];
  const isFrozen = parent.type === 'CallExpression' && parent.callee.type === 'MemberExpression';
  return PARTS.has(parent.type) || isFrozen ? typesAround(parent) : [];
}

/** Of a constant, a field, or what a function returns. */
function statedType(parent: TSESTree.Node): TSESTree.TSTypeAnnotation | undefined {
  if (parent.type === 'VariableDeclarator') return parent.id.typeAnnotation;
  if (parent.type === 'PropertyDefinition') return parent.typeAnnotation;
  const holder = parent.type === 'ReturnStatement' ? holderOf(parent) : parent;
  return isFunction(holder) ? holder.returnType : undefined;
}

function isOpen(sourceCode: SourceCode, type: TSESTree.TypeNode, packages: readonly string[]): boolean {
  if (type.type === 'TSAnyKeyword' || type.type === 'TSObjectKeyword') return true;
  if (type.type === 'TSIndexedAccessType')
    return /^(?:ConstructorParameters|Parameters)</.test(sourceCode.getText(type.objectType));
  if (type.type !== 'TSTypeReference') return false;
  const text = sourceCode.getText(type);
  if (/^(?:const|Record<string, (?:any|unknown)>)$/.test(text)) return true;
  const [first] = type.typeArguments?.params ?? [];
  if (/^(?:Partial|Readonly)</.test(text) && first) return isOpen(sourceCode, first, packages);
  return isFrom(sourceCode, type.typeName, packages);
}

/** It is imported from the driver: `PoolConfig`, `pg.PoolConfig`. */
function isFrom(sourceCode: SourceCode, name: TSESTree.EntityName, packages: readonly string[]): boolean {
  if (name.type === 'TSQualifiedName') return isFrom(sourceCode, name.left, packages);
  const parent = name.type === 'Identifier' ? findVariable(sourceCode, name)?.defs[0]?.parent : undefined;
  const source = parent?.type === 'ImportDeclaration' ? parent.source.value : undefined;
  return source !== undefined && packages.includes(packageOf(source));
}

/** `mysql2/promise` is of `mysql2`, `node:http` is `http`. */
const packageOf = (module: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(module.replace(/^node:/, ''))?.[0] ?? module;
