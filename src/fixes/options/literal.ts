import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../../ast/property-name.ts';
import type { Configuration, Part, Property } from '../../analysis/model.ts';
import { constantOf } from './plain.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Literal = TSESTree.ObjectExpression;

/** The object literal that a value is: in place, or the constant's. */
export function literalOf(sourceCode: SourceCode, value: TSESTree.Node): Literal | undefined {
  const node = constantOf(sourceCode, value);
  if (node.type === 'ObjectExpression') return node;
  const isFrozen = node.type === 'CallExpression' && sourceCode.getText(node.callee) === 'Object.freeze';
  const [only] = isFrozen ? node.arguments : [];
  return only && literalOf(sourceCode, only);
}

/** The literal in which something may be written, and what is to be written there: names from the outside in. */
export interface Target {
  readonly literal: Literal;
  readonly names: readonly string[];
}

/** What stands at a path of the options. `unclear`: something that we do not see, or see in part. */
export type Found =
  | { readonly is: 'free'; readonly target: Target }
  | { readonly is: 'none' | 'unclear' }
  | { readonly is: 'written'; readonly value: TSESTree.Node; readonly node: Property['node'] };

const UNCLEAR: Found = { is: 'unclear' };

/** In: the options as read, and a path. Out: the property there, or the literal to which it can be added. */
export function findPath({ setup: { shape, sourceCode } }: Configuration, path: string): Found {
  const names = path.split('.');
  const [name = ''] = names;
  const part = shape.parts.findLast((one) => mayHold(one, name));
  if (part) return part.is === 'property' ? under(sourceCode, part, names) : UNCLEAR;
  return shape.literal ? { is: 'free', target: { literal: shape.literal, names } } : { is: 'none' };
}

/** Something of this name stands in the part, or may. */
export function mayHold(part: Part, name: string): boolean {
  if (part.is === 'choice') return part.of.some((parts) => parts.some((one) => mayHold(one, name)));
  return (part.name ?? name) === name;
}

function under(sourceCode: SourceCode, part: Pick<Property, 'node' | 'value'>, [, ...rest]: readonly string[]): Found {
  const [name] = rest;
  if (name === undefined) return { is: 'written', node: part.node, value: part.value };
  const literal = literalOf(sourceCode, part.value);
  if (!literal) return UNCLEAR;
  const [only, ...more] = literal.properties.filter((one) => isAbout(sourceCode, one, name));
  if (!only) return { is: 'free', target: { literal, names: rest } };
  const isClear = more.length === 0 && only.type === 'Property' && keyName(only) === name;
  return isClear ? under(sourceCode, { node: only, value: only.value }, rest) : UNCLEAR;
}

/** It has this name, or may have: a computed key, a spread of what we do not see. */
function isAbout(sourceCode: SourceCode, member: TSESTree.ObjectLiteralElement, name: string): boolean {
  if (member.type === 'Property') return (keyName(member) ?? name) === name;
  return choicesOf(member.argument).some((one) => {
    const literal = literalOf(sourceCode, one);
    return !literal || literal.properties.some((inner) => isAbout(sourceCode, inner, name));
  });
}

/** `...(password && { password })` spreads an object, or nothing. */
function choicesOf(value: TSESTree.Expression): readonly TSESTree.Expression[] {
  if (value.type === 'ConditionalExpression') return [value.consequent, value.alternate];
  return value.type === 'LogicalExpression' && value.operator === '&&' ? [value.right] : [value];
}
