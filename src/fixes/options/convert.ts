import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { LimitOption } from '../../analysis/model.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { numberText } from './number-text.ts';
import { constantOf, productOf } from './plain.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Unit = LimitOption['unit'];

/** A time in another unit, as text. In: its expression. Out: undefined where it is no number, or no whole one. */
export function converted(
  sourceCode: SourceCode,
  value: TSESTree.Node,
  from: Unit | undefined,
  to: Unit | undefined,
): string | undefined {
  const text = sourceCode.getText(value);
  const [own, wanted] = [from ?? to, to ?? from];
  if (own === wanted || own === 'count' || wanted === 'count') return own === wanted ? text : undefined;
  const isLonger = wanted === 's';
  const node = unwrap(value);
  const number = numberIn(node);
  if (number === undefined) return computed(sourceCode, node, isLonger ? '/' : '*');
  if (node.type === 'BinaryExpression' && !isLonger) return `${text} * 1000`;
  if (node.type === 'BinaryExpression' && isThousand(node.right)) return sourceCode.getText(node.left);
  const result = isLonger ? number / 1000 : number * 1000;
  return Number.isInteger(result) ? numberText(sourceCode, result) : undefined;
}

const isThousand = (node: TSESTree.Node): boolean => node.type === 'Literal' && node.value === 1000;

function numberIn(node: TSESTree.Node): number | undefined {
  const isDigits = node.type === 'Literal' && typeof node.value === 'string' && /^\d+$/.test(node.value);
  return isDigits ? Number(node.value) : productOf(node);
}

function computed(sourceCode: SourceCode, node: TSESTree.Node, operator: '*' | '/'): string | undefined {
  if (!isNumber(sourceCode, node)) return undefined;
  const text = sourceCode.getText(node);
  const isTight = node.type === 'CallExpression' || node.type === 'Identifier';
  return `${isTight ? text : `(${text})`} ${operator} 1000`;
}

/** Surely a number, whatever its parts are. */
function isNumber(sourceCode: SourceCode, expression: TSESTree.Node): boolean {
  const node = constantOf(sourceCode, expression);
  if (node.type === 'LogicalExpression') return isNumber(sourceCode, node.left) && isNumber(sourceCode, node.right);
  if (node.type === 'CallExpression')
    return /^(?:Number|(?:Number\.)?parse(?:Float|Int))$/.test(sourceCode.getText(node.callee));
  return productOf(node) !== undefined;
}
