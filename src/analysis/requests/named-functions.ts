import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf } from '../../ast/functions.ts';
import type { FunctionNode } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { declaredVariable, identifiersOf } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';

/**
 * Where a function of the file is named: by its own name, as `this.list` in its class, as `users.list` of an object or of
 * an instance that the file makes, as `Users.list` of a class. In: the function. Out: the expressions that denote it.
 */

type SourceCode = Readonly<TSESLint.SourceCode>;

export function namesOfFunction(sourceCode: SourceCode, fn: FunctionNode): TSESTree.Node[] {
  const name = nameOf(fn);
  if (name) return identifiersFor(sourceCode, name).filter((one) => one !== name);
  const member = fn.parent;
  const key = member.type === 'Property' || isMember(member) ? keyName(member) : undefined;
  if (key === undefined) return [];
  if (!isMember(member)) return membersOf(objectNames(sourceCode, member.parent as TSESTree.Node), key);
  if (member.type === 'MethodDefinition' && member.kind === 'constructor') return [];
  const body = member.parent;
  return [...ownUses(sourceCode, body, key), ...membersOf(instanceNames(sourceCode, body), key)];
}

function isMember(node: TSESTree.Node): node is TSESTree.MethodDefinition | TSESTree.PropertyDefinition {
  return node.type === 'MethodDefinition' || node.type === 'PropertyDefinition';
}

/** The name that a function, class or value is declared by. */
export function nameOf(place: TSESTree.Node): TSESTree.Identifier | undefined {
  if (place.type === 'FunctionDeclaration' || place.type === 'ClassDeclaration') return place.id ?? undefined;
  const { parent } = wrapped(place);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && parent.id !== place
    ? parent.id
    : undefined;
}

function identifiersFor(sourceCode: SourceCode, name: TSESTree.Identifier): TSESTree.Identifier[] {
  const variable = declaredVariable(sourceCode, name);
  return variable ? identifiersOf(variable) : [];
}

/** The mentions of a class: it has its name twice, outside and in its own body. */
export function classNames(sourceCode: SourceCode, body: TSESTree.ClassBody): TSESTree.Identifier[] {
  const own = nameOf(body.parent);
  const variables = sourceCode.getDeclaredVariables?.(body.parent) ?? [];
  const names = [...variables.flatMap(identifiersOf), ...(own ? identifiersFor(sourceCode, own) : [])];
  return [...new Set(names)];
}

/** The class itself, and `const users = new Users()`. */
function instanceNames(sourceCode: SourceCode, body: TSESTree.ClassBody): TSESTree.Identifier[] {
  return classNames(sourceCode, body).flatMap((one) => {
    const made = one.parent.type === 'NewExpression' && one.parent.callee === one ? nameOf(one.parent) : undefined;
    return made ? [one, ...identifiersFor(sourceCode, made)] : [one];
  });
}

function objectNames(sourceCode: SourceCode, object: TSESTree.Node): TSESTree.Identifier[] {
  const name = nameOf(object);
  return name ? identifiersFor(sourceCode, name) : [];
}

function membersOf(names: readonly TSESTree.Identifier[], key: string): TSESTree.Node[] {
  return names.flatMap(({ parent }, index) =>
    parent.type === 'MemberExpression' && parent.object === names[index] && propertyName(parent) === key
      ? [parent]
      : [],
  );
}

/** `this.list`. */
function ownUses(sourceCode: SourceCode, body: TSESTree.ClassBody, key: string): TSESTree.Node[] {
  const uses: TSESTree.Node[] = [];
  if (!sourceCode.getText(body).includes(`this.${key}`)) return uses;
  walk(sourceCode, body, (node) => {
    const isUse =
      node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && propertyName(node) === key;
    if (isUse && classOf(node) === body) uses.push(node);
  });
  return uses;
}
