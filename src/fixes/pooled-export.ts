import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../analysis/model.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Driver = Creation['driver'];

/** A name that one module of a driver gives, where it is imported or required at module level. */
export interface Export {
  readonly variable: TSESLint.Scope.Variable;
  /** `Client` of `import { Client as PgClient }`; `*` for the module itself. */
  readonly name: string;
  readonly module: string;
  readonly node: TSESTree.ImportClause | TSESTree.Property | TSESTree.VariableDeclarator;
}

/** What the identifier was imported as. */
export function exportOf(sourceCode: SourceCode, identifier: TSESTree.Node, driver: Driver): Export | undefined {
  const variable = identifier.type === 'Identifier' ? findVariable(sourceCode, identifier) : undefined;
  const [definition, ...more] = variable?.defs ?? [];
  if (!variable || !definition || more.length > 0 || variable.scope.block.type !== 'Program') return undefined;
  const found = imported(definition.node, definition.parent) ?? required(definition.node, variable.name);
  return found && driver.modules.includes(found.module) ? { variable, ...found } : undefined;
}

/** The callee is this export of the driver: `Pool`, `pg.Pool`. */
export function isMakerOf(sourceCode: SourceCode, callee: TSESTree.Node, driver: Driver, maker: string): boolean {
  const value = unwrap(callee);
  if (value.type !== 'MemberExpression') return exportOf(sourceCode, value, driver)?.name === maker;
  return propertyName(value) === maker && exportOf(sourceCode, value.object, driver)?.name === '*';
}

type Found = Omit<Export, 'variable'>;

function imported(node: TSESTree.Node, parent: TSESTree.Node | null | undefined): Found | undefined {
  if (parent?.type !== 'ImportDeclaration' || parent.importKind === 'type') return undefined;
  const module = parent.source.value;
  if (node.type === 'ImportDefaultSpecifier' || node.type === 'ImportNamespaceSpecifier')
    return { name: '*', module, node };
  if (node.type !== 'ImportSpecifier' || node.importKind === 'type') return undefined;
  const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
  return { name: name === 'default' ? '*' : name, module, node };
}

function required(node: TSESTree.Node, name: string): Found | undefined {
  const init = node.type === 'VariableDeclarator' ? node.init : undefined;
  const [argument] = init?.type === 'CallExpression' && isRequire(init.callee) ? init.arguments : [];
  if (node.type !== 'VariableDeclarator' || argument?.type !== 'Literal') return undefined;
  const module = String(argument.value);
  if (node.id.type === 'Identifier') return { name: '*', module, node };
  if (node.id.type !== 'ObjectPattern') return undefined;
  const own = node.id.properties.find(
    (one) => one.type === 'Property' && one.value.type === 'Identifier' && one.value.name === name,
  );
  const key = own?.type === 'Property' ? keyName(own) : undefined;
  return own?.type === 'Property' && key !== undefined ? { name: key, module, node: own } : undefined;
}

function isRequire(callee: TSESTree.Node): boolean {
  return callee.type === 'Identifier' && callee.name === 'require';
}
