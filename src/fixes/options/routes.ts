import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { declaredVariable, findVariable } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Path = readonly string[];

/** A value under a name: every place that reads it, and the path inside what is read there. */
export interface Route {
  readonly reads: readonly TSESTree.Node[];
  readonly path: Path;
  readonly isExported: boolean;
}

/** `const options = …`, `options = …`, `(max = …) => …`, `config.pool = …`, `const { max } = …`. */
export function declaredBy(sourceCode: SourceCode, node: TSESTree.Node, path: Path): Route | undefined {
  const { parent } = node;
  if (parent?.type === 'VariableDeclarator' && parent.init === node) return intoPattern(sourceCode, parent, path);
  if (parent?.type === 'AssignmentPattern' && parent.right === node && parent.left.type === 'Identifier')
    return routeOf(declaredVariable(sourceCode, parent.left), path);
  if (parent?.type !== 'AssignmentExpression' || parent.right !== node || parent.operator !== '=') return undefined;
  const { left } = parent;
  if (left.type === 'Identifier') return routeOf(findVariable(sourceCode, left), path);
  return left.type === 'MemberExpression' ? intoMember(sourceCode, left, path) : undefined;
}

export function routeOf(
  variable: TSESLint.Scope.Variable | undefined,
  path: Path,
  except?: TSESTree.Node,
): Route | undefined {
  if (!variable) return undefined;
  const names = variable.references.filter((one) => one.isRead()).map((one) => one.identifier as TSESTree.Node);
  const isExported = variable.defs.some(({ node }) => /^Export/.test(exportOf(node as TSESTree.Node)));
  return { reads: names.filter((one) => one !== except), path, isExported };
}

const exportOf = (node: TSESTree.Node): string =>
  (node.type === 'VariableDeclarator' ? node.parent.parent : node.parent)?.type ?? '';

/** `const { host } = options` reads what it names. */
function intoPattern(sourceCode: SourceCode, { id }: TSESTree.VariableDeclarator, path: Path): Route | undefined {
  if (id.type === 'Identifier') return routeOf(declaredVariable(sourceCode, id), path);
  if (id.type !== 'ObjectPattern' || path.length === 0) return undefined;
  const isOther = id.properties.every((one) => one.type === 'Property' && ![undefined, path[0]].includes(keyName(one)));
  return isOther ? { reads: [], path, isExported: false } : undefined;
}

function intoMember(sourceCode: SourceCode, member: TSESTree.MemberExpression, path: Path): Route | undefined {
  const name = propertyName(member);
  const { object } = member;
  if (/^(?:module\.)?exports\b/.test(sourceCode.getText(member))) return { reads: [], path, isExported: true };
  if (name === undefined) return undefined;
  if (object.type === 'MemberExpression') return intoMember(sourceCode, object, [name, ...path]);
  return object.type === 'Identifier' ? routeOf(findVariable(sourceCode, object), [name, ...path], object) : undefined;
}
