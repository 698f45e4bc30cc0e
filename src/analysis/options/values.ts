import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { collect } from '../../ast/walk.ts';
import { compute, parse } from './arithmetic.ts';
import { isEnvironment } from './environment.ts';
import type { Possible, Value } from './model.ts';
import { entryReader, memberNodes } from './objects.ts';
import { sourcesOf } from './sources.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What an expression may be, as far as this file says: constants, the environment, conditions, fallbacks. */

const DEEPEST = 8;

/** All values that are possible; `unknown` stands for those that we cannot see. */
export function possibleValues(sourceCode: SourceCode, expression: TSESTree.Node, depth = 0): readonly Possible[] {
  const node = unwrap(expression);
  const unknown: readonly Possible[] = [{ value: { is: 'unknown' }, node }];
  if (depth > DEEPEST) return unknown;
  const next = (inner: TSESTree.Node): readonly Possible[] => possibleValues(sourceCode, inner, depth + 1);
  switch (node.type) {
    case 'Literal':
      return [{ value: literalValue(node), node }];
    case 'TemplateLiteral':
      return [{ value: templateValue(node), node }];
    case 'UnaryExpression':
      return compute([next(node.argument)], node);
    case 'BinaryExpression':
      return compute([next(node.left), next(node.right)], node);
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap((side) => ofSide(sourceCode, node, side, next(side)));
    case 'LogicalExpression':
      return ofLogical(node, next);
    case 'CallExpression':
      return parse(node, node.arguments.map(next));
    case 'Identifier':
      return namedValues(sourceCode, node, depth) ?? unknown;
    case 'MemberExpression':
      return fixedMember(sourceCode, node) ?? memberNodes(sourceCode, node, depth)?.flatMap(next) ?? unknown;
    default:
      return isNoLimit(node) ? [{ value: { is: 'other' }, node }] : unknown;
  }
}

const isNoLimit = (node: TSESTree.Node): boolean =>
  node.type === 'ArrayExpression' || node.type === 'ObjectExpression' || isFunction(node);

function literalValue({ value }: TSESTree.Literal): Value {
  if (typeof value === 'number') return { is: 'number', number: value };
  if (typeof value === 'string') return { is: 'text', text: value };
  if (value === null) return { is: 'null' };
  return { is: 'other' };
}

function templateValue({ quasis }: TSESTree.TemplateLiteral): Value {
  return { is: 'text', text: quasis.length === 1 ? (quasis[0]?.value.cooked ?? undefined) : undefined };
}

function ofLogical(
  { left, operator, right }: TSESTree.LogicalExpression,
  next: (inner: TSESTree.Node) => readonly Possible[],
): readonly Possible[] {
  const values = next(left);
  const isRightRead = operator === '&&' || values.some(({ value }) => mayFall(value, operator));
  return [...values.filter(({ value }) => passes(value, operator)), ...(isRightRead ? next(right) : [])];
}

const isNothing = ({ is }: Value): boolean => is === 'undefined' || is === 'null';
const isFalse = (value: Value): boolean =>
  isNothing(value) || (value.is === 'number' && !value.number) || (value.is === 'text' && value.text === '');

/** Whether what stands before `??`, `||` or `&&` may be the result. */
function passes(value: Value, operator: '&&' | '??' | '||'): boolean {
  if (operator === '&&') return isFalse(value) || value.is === 'unknown';
  return operator === '??' ? !isNothing(value) : !isFalse(value);
}

/** Whether what stands after `??` or `||` may be the result. */
function mayFall(value: Value, operator: '??' | '||'): boolean {
  if (value.is === 'unknown' || isNothing(value)) return true;
  return (
    operator === '||' && (isFalse(value) || value.is === 'other' || (value.is === 'text' && value.text === undefined))
  );
}

/** `max > 0 ? max : 10`: the test says which values get here, more than we follow. */
function ofSide(
  sourceCode: SourceCode,
  { test }: TSESTree.ConditionalExpression,
  side: TSESTree.Node,
  values: readonly Possible[],
): readonly Possible[] {
  const tested = new Set(namesIn(sourceCode, test));
  if (!namesIn(sourceCode, side).some((name) => tested.has(name))) return values;
  return [{ value: { is: 'unknown' }, node: side }];
}

const namesIn = (sourceCode: SourceCode, node: TSESTree.Node): string[] =>
  collect(sourceCode, node, (one) => one.type === 'Identifier').map((one) => (one as TSESTree.Identifier).name);

function namedValues(
  sourceCode: SourceCode,
  node: TSESTree.Identifier,
  depth: number,
): readonly Possible[] | undefined {
  const variable = findVariable(sourceCode, node);
  if (!variable?.defs[0]) return globalValue(node);
  const { nodes, open } = sourcesOf(sourceCode, variable, node, entryReader(sourceCode, depth));
  const values = nodes.flatMap((one) => possibleValues(sourceCode, one, depth + 1));
  if (!open) return values;
  const isText = isStatedText(variable.defs[0].name as TSESTree.Node);
  return [{ value: isText ? { is: 'text', text: undefined } : { is: 'unknown' }, node }, ...values];
}

/** `(url: string) => …`. */
function isStatedText(name: TSESTree.Node): boolean {
  return name.type === 'Identifier' && name.typeAnnotation?.typeAnnotation.type === 'TSStringKeyword';
}

function globalValue(node: TSESTree.Identifier): readonly Possible[] | undefined {
  if (node.name === 'Infinity') return [{ value: { is: 'number', number: Infinity }, node }];
  if (node.name === 'NaN') return [{ value: { is: 'number', number: NaN }, node }];
  return node.name === 'undefined' ? [{ value: { is: 'undefined' }, node }] : undefined;
}

const fromEnvironment = (node: TSESTree.Node): readonly Possible[] => [
  { value: { is: 'text', text: undefined }, node },
  { value: { is: 'undefined' }, node },
];

/** `process.env.X`, `Number.MAX_SAFE_INTEGER`. */
function fixedMember(sourceCode: SourceCode, node: TSESTree.MemberExpression): readonly Possible[] | undefined {
  if (isEnvironment(sourceCode, node.object)) return fromEnvironment(node);
  const object = unwrap(node.object);
  const name = propertyName(node);
  if (object.type !== 'Identifier' || object.name !== 'Number' || name === undefined) return undefined;
  const number: unknown = Number[name as keyof NumberConstructor];
  return typeof number === 'number' ? [{ value: { is: 'number', number }, node }] : undefined;
}
