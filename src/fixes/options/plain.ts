import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A value written out, in which nothing else is named: `0`, `'0'`, `Infinity`, `30 * 1000`, `Number.MAX_SAFE_INTEGER`. */
export function isPlain(sourceCode: SourceCode, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  switch (node.type) {
    case 'Literal':
      return true;
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'UnaryExpression':
      return isPlain(sourceCode, node.argument);
    case 'BinaryExpression':
      return isPlain(sourceCode, node.left) && isPlain(sourceCode, node.right);
    case 'Identifier':
      return /^(?:Infinity|NaN|undefined)$/.test(node.name) && !findVariable(sourceCode, node)?.defs.length;
    case 'MemberExpression':
      return /^Number\.[A-Z_]+$/.test(sourceCode.getText(node));
    default:
      return false;
  }
}

/** The number that products of literals give: `5 * 60`. */
export function productOf(expression: TSESTree.Node): number | undefined {
  const node = unwrap(expression);
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
  if (node.type !== 'BinaryExpression' || node.operator !== '*') return undefined;
  const [left, right] = [productOf(node.left), productOf(node.right)];
  return left === undefined || right === undefined ? undefined : left * right;
}

/** The value of a constant of this file, through names. */
export function constantOf(sourceCode: SourceCode, expression: TSESTree.Node): TSESTree.Node {
  const node = unwrap(expression);
  const variable = node.type === 'Identifier' ? findVariable(sourceCode, node) : undefined;
  const declarator = variable?.defs.length === 1 ? variable.defs[0]?.node : undefined;
  const isOnce = variable?.references.filter((one) => one.isWrite()).length === 1;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier' || !isOnce) return node;
  return declarator.init ? constantOf(sourceCode, declarator.init) : node;
}
