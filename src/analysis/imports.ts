import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import { driverOfModule, driverOfName, exportNamed, moduleExport } from './known.ts';
import type { Exported } from './known.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Where a name of this file comes from: module and exported name (`*` for the whole module). */
export interface Origin {
  readonly module: string;
  readonly name: string;
}

/** The export of a driver that an expression denotes: `Pool`, `pg.Pool`, `require('pg')`. */
export function exportOf(sourceCode: SourceCode, expression: TSESTree.Node): Exported | undefined {
  const node = unwrap(expression);
  const module = requiredModule(node);
  if (module !== undefined) return fromOrigin({ module, name: '*' });
  if (node.type === 'Identifier') return exportOfName(sourceCode, node);
  const isQualified = node.type === 'TSQualifiedName';
  if (!isQualified && node.type !== 'MemberExpression') return undefined;
  const outer = exportOf(sourceCode, isQualified ? node.left : node.object);
  const name = isQualified ? node.right.name : propertyName(node);
  return outer?.value.namespace && name !== undefined ? exportNamed(outer.driver, name) : undefined;
}

function exportOfName(sourceCode: SourceCode, node: TSESTree.Identifier): Exported | undefined {
  const variable = findVariable(sourceCode, node);
  const origin = variable && originOf(variable);
  if (origin) return fromOrigin(origin);
  const declarator = variable?.defs[0]?.node;
  if (declarator?.type !== 'VariableDeclarator' || !declarator.init) return undefined;
  if (declarator.id.type === 'ObjectPattern') return partOf(sourceCode, declarator.id, declarator.init, variable);
  if (declarator.id.type !== 'Identifier') return undefined;
  const whole = unwrap(declarator.init);
  // `const Pool = pg.Pool || pg.default.Pool`.
  const init =
    whole.type === 'LogicalExpression'
      ? unwrap(whole.left)
      : whole.type === 'ConditionalExpression'
        ? unwrap(whole.consequent)
        : whole;
  // `const Pool = pg.Pool`; a call or construction makes a value and is not looked through.
  return init.type === 'MemberExpression' || init.type === 'Identifier' || requiredModule(init) !== undefined
    ? exportOf(sourceCode, init)
    : undefined;
}

/** `const { Pool } = pg`. */
function partOf(
  sourceCode: SourceCode,
  pattern: TSESTree.ObjectPattern,
  init: TSESTree.Node,
  variable: TSESLint.Scope.Variable | undefined,
): Exported | undefined {
  const whole = exportOf(sourceCode, init);
  const property = pattern.properties.find((one) => one.type === 'Property' && one.value === variable?.identifiers[0]);
  const name = property?.type === 'Property' ? keyName(property) : undefined;
  return whole?.value.namespace && name !== undefined ? exportNamed(whole.driver, name) : undefined;
}

function fromOrigin({ module, name }: Origin): Exported | undefined {
  const driver = driverOfModule(module) ?? driverOfName(module, name);
  if (!driver) return undefined;
  return name === '*' ? moduleExport(driver) : exportNamed(driver, name);
}

/** The import, require or destructured require that declares a variable. */
export function originOf(variable: TSESLint.Scope.Variable): Origin | undefined {
  const definition = variable.defs[0];
  if (definition?.type === 'ImportBinding') return importOrigin(definition.node, definition.parent);
  if (definition?.type !== 'Variable') return undefined;
  const { id, init } = definition.node as TSESTree.VariableDeclarator;
  const base = init ? requiredOrigin(init) : undefined;
  if (!base || id.type === 'Identifier') return base;
  if (id.type !== 'ObjectPattern' || base.name !== '*') return undefined;
  for (const property of id.properties) {
    if (property.type !== 'Property') continue;
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (value === definition.name) return { module: base.module, name: keyName(property) ?? '*' };
  }
  return undefined;
}

function importOrigin(node: TSESTree.Node, declaration: TSESTree.Node | null | undefined): Origin | undefined {
  if (node.type === 'TSImportEqualsDeclaration') {
    const reference = node.moduleReference;
    const module = reference.type === 'TSExternalModuleReference' ? literal(reference.expression) : undefined;
    return module === undefined ? undefined : { module, name: '*' };
  }
  if (declaration?.type !== 'ImportDeclaration') return undefined;
  const module = declaration.source.value;
  if (node.type === 'ImportNamespaceSpecifier') return { module, name: '*' };
  if (node.type !== 'ImportSpecifier') return { module, name: 'default' };
  return { module, name: node.imported.type === 'Identifier' ? node.imported.name : node.imported.value };
}

/** `require('pg')`, `require('pg').Pool`, `await import('pg')`. */
function requiredOrigin(expression: TSESTree.Node): Origin | undefined {
  const node = unwrap(expression);
  const module = requiredModule(node);
  if (module !== undefined) return { module, name: '*' };
  if (node.type !== 'MemberExpression') return undefined;
  const outer = requiredModule(unwrap(node.object));
  const name = propertyName(node);
  return outer === undefined || name === undefined ? undefined : { module: outer, name };
}

function requiredModule(node: TSESTree.Node): string | undefined {
  if (node.type === 'AwaitExpression') return requiredModule(unwrap(node.argument));
  if (node.type === 'ImportExpression') return literal(node.source);
  const isRequire =
    node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require';
  return isRequire ? literal(node.arguments[0]) : undefined;
}

function literal(node: TSESTree.Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
