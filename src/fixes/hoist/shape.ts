import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { isFunction } from '../../ast/functions.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { assignedVariable } from './assigned.ts';
import { placeOf } from '../../ast/places.ts';

/** A whole declaration `const pool = new Pool(…);` */
export interface Declared {
  readonly statement: TSESTree.VariableDeclaration;
  readonly declarator: TSESTree.VariableDeclarator & { readonly id: TSESTree.Identifier };
}

/** How a value that may move to module level is built. */
export interface Shape {
  /** None where it is a part of another expression. */
  readonly declared: Declared | undefined;
  /** The variable whose uses are the uses of the value. */
  readonly variable: TSESLint.Scope.Variable | undefined;
}

/** Undefined where the value waits, is kept in a field, is disposed of by `using`, or is handed to a caller. */
export function shapeOf(sourceCode: Readonly<TSESLint.SourceCode>, { site }: Creation): Shape | undefined {
  const value = wrapped(site);
  const { parent } = value;
  if (parent?.type === 'VariableDeclarator' && parent.init === value) {
    const statement = parent.parent as TSESTree.VariableDeclaration;
    const variable = parent.id.type === 'Identifier' ? findVariable(sourceCode, parent.id) : undefined;
    if (/using$/.test(statement.kind) || !variable || isOfLoop(statement)) return undefined;
    if (variable.defs.length !== 1 || variable.references.some((one) => one.isWrite() && !one.init)) return undefined;
    const isWhole = statement.declarations.length === 1 && placeOf(statement) && value === site;
    const declarator = parent as Declared['declarator'];
    return { declared: isWhole ? { statement, declarator } : undefined, variable };
  }
  if (parent?.type === 'AssignmentExpression') {
    const variable = assignedVariable(sourceCode, parent, value);
    return variable && { declared: undefined, variable };
  }
  return isPart(value) ? { declared: undefined, variable: undefined } : undefined;
}

function isOfLoop(statement: TSESTree.VariableDeclaration): boolean {
  return /^For/.test(statement.parent.type) || statement.parent.type === 'ExportNamedDeclaration';
}

/** An argument of a call, or a property of one: `drizzle(new Pool())`, `{ httpsAgent: new Agent() }`. */
function isPart(value: TSESTree.Node): boolean {
  const parent = value.parent as TSESTree.Node;
  switch (parent.type) {
    case 'Property':
      return parent.value === value && parent.parent.type === 'ObjectExpression' && isPart(wrapped(parent.parent));
    case 'CallExpression':
    case 'NewExpression':
      return unwrap(parent.callee) !== unwrap(value) && !isFunction(value);
    case 'MemberExpression':
      return parent.object === value && parent.parent.type === 'CallExpression' && parent.parent.callee === parent;
    default:
      return parent.type === 'VariableDeclarator' && value.type === 'ObjectExpression';
  }
}
