import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { imported, partOf, required } from './written.ts';
import type { Written } from './written.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Driver = Creation['driver'];

/** A name that one module of a driver gives, where it is imported or required at module level. */
export interface Export extends Written {
  readonly variable: TSESLint.Scope.Variable;
  /** `pg` of `const { Client } = pg`. */
  readonly from?: Export;
}

/** What the identifier was imported as. */
export function exportOf(sourceCode: SourceCode, identifier: TSESTree.Node, driver: Driver): Export | undefined {
  const variable = identifier.type === 'Identifier' ? findVariable(sourceCode, identifier) : undefined;
  const [definition, ...more] = variable?.defs ?? [];
  if (!variable || !definition || more.length > 0 || variable.scope.block.type !== 'Program') return undefined;
  const found = imported(definition.node, definition.parent) ?? required(definition.node, variable.name);
  if (!found) return destructured(sourceCode, definition.node, variable, driver);
  return found && driver.modules.includes(found.module) ? { variable, ...found } : undefined;
}

/** The callee is this export of the driver: `Pool`, `pg.Pool`. */
export function isMakerOf(sourceCode: SourceCode, callee: TSESTree.Node, driver: Driver, maker: string): boolean {
  const value = unwrap(callee);
  if (value.type !== 'MemberExpression') return exportOf(sourceCode, value, driver)?.name === maker;
  return propertyName(value) === maker && exportOf(sourceCode, value.object, driver)?.name === '*';
}

/** `const { Client } = pg;` */
function destructured(
  sourceCode: SourceCode,
  node: TSESTree.Node,
  variable: TSESLint.Scope.Variable,
  driver: Driver,
): Export | undefined {
  const init = node.type === 'VariableDeclarator' && node.init?.type === 'Identifier' ? node.init : undefined;
  const from = init && exportOf(sourceCode, init, driver);
  const own = node.type === 'VariableDeclarator' ? partOf(node.id, variable.name) : undefined;
  return own && from?.name === '*' ? { variable, module: from.module, ...own, from } : undefined;
}
