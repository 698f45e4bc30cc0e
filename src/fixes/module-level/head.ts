import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A directive, an import, or declarations that require. */
export function isHead(statement: TSESTree.Node): boolean {
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.every(({ init }) => init !== null && isRequire(init));
  if (statement.type === 'ExpressionStatement')
    return statement.directive !== undefined || isRequire(statement.expression);
  return statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration';
}

/** `require('pg')`, `require('pg').Pool`, `require('debug')('db')`. */
export function isRequire(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === 'MemberExpression') return isRequire(value.object);
  if (value.type !== 'CallExpression') return false;
  const { callee } = value;
  return callee.type === 'Identifier' ? callee.name === 'require' : isRequire(callee);
}

/**
 * The index of the last statement of the head before the statement `top`. It ends where module code may call a function
 * of this file: that function would run before a declaration that stands further down.
 */
export function endOfHead(sourceCode: SourceCode, top: number): number {
  const { body } = sourceCode.ast;
  let last = -1;
  for (const [index, statement] of body.slice(0, Math.max(top, 0)).entries()) {
    if (isHead(statement)) last = index;
    else if (mayCallOwn(sourceCode, statement)) break;
  }
  return last;
}

/** The statement names, outside of its own functions, a function that is hoisted. */
function mayCallOwn(sourceCode: SourceCode, statement: TSESTree.Node): boolean {
  let found = false;
  walk(sourceCode, statement, (node) => {
    if (isFunction(node)) return false;
    if (node.type === 'Identifier')
      found ||= findVariable(sourceCode, node)?.defs.some(({ type }) => String(type) === 'FunctionName') === true;
    return !found;
  });
  return found;
}
