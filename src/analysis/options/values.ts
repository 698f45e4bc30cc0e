import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { compute, parse } from './arithmetic.ts';
import { memberNodes } from './objects.ts';
import type { Possible, Value } from './model.ts';

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
      return [...next(node.consequent), ...next(node.alternate)];
    case 'LogicalExpression':
      return [...next(node.left).filter((one) => passes(one.value, node.operator)), ...next(node.right)];
    case 'CallExpression':
      return parse(node, node.arguments.map(next));
    case 'Identifier':
      return namedValues(sourceCode, node, next) ?? unknown;
    case 'MemberExpression':
      return fixedMember(node) ?? memberNodes(sourceCode, node, depth)?.flatMap(next) ?? unknown;
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

/** Whether what stands before `??`, `||` or `&&` may be the result. */
function passes(value: Value, operator: '&&' | '??' | '||'): boolean {
  const isNothing = value.is === 'undefined' || value.is === 'null';
  if (operator === '??') return !isNothing;
  const isFalse = isNothing || (value.is === 'number' && !value.number) || (value.is === 'text' && value.text === '');
  return operator === '&&' ? isFalse || value.is === 'unknown' : !isFalse;
}

function namedValues(
  sourceCode: SourceCode,
  node: TSESTree.Identifier,
  next: (inner: TSESTree.Node) => readonly Possible[],
): readonly Possible[] | undefined {
  const variable = findVariable(sourceCode, node);
  const definition = variable?.defs[0];
  if (!variable || !definition) return globalValue(node);
  const { parent } = definition.name;
  // `(max = 0) => …`, `const { max = 0 } = options`: what is there when nothing is given.
  if (parent?.type === 'AssignmentPattern' && parent.left === definition.name)
    return [{ value: { is: 'unknown' }, node }, ...next(parent.right as TSESTree.Node)];
  if (definition.type !== 'Variable' || (definition.node as TSESTree.VariableDeclarator).id.type !== 'Identifier')
    return undefined;
  const writes = variable.references.filter((one) => one.isWrite());
  const given = writes.flatMap((one) => (one.writeExpr && !one.isRead() ? [one.writeExpr as TSESTree.Node] : []));
  return given.length > 0 && given.length === writes.length ? given.flatMap(next) : undefined;
}

function globalValue(node: TSESTree.Identifier): readonly Possible[] | undefined {
  if (node.name === 'Infinity') return [{ value: { is: 'number', number: Infinity }, node }];
  if (node.name === 'NaN') return [{ value: { is: 'number', number: NaN }, node }];
  return node.name === 'undefined' ? [{ value: { is: 'undefined' }, node }] : undefined;
}

/** `process.env.X`, `import.meta.env.X`, `Number.MAX_SAFE_INTEGER`. */
function fixedMember(node: TSESTree.MemberExpression): readonly Possible[] | undefined {
  const object = unwrap(node.object);
  if (object.type === 'MemberExpression' && propertyName(object) === 'env')
    return [
      { value: { is: 'text', text: undefined }, node },
      { value: { is: 'undefined' }, node },
    ];
  const name = propertyName(node);
  if (object.type !== 'Identifier' || object.name !== 'Number' || name === undefined) return undefined;
  const number: unknown = Number[name as keyof NumberConstructor];
  return typeof number === 'number' ? [{ value: { is: 'number', number }, node }] : undefined;
}
