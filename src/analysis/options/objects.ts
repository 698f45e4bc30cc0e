import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf, isFunction } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { findFunction } from '../local-functions.ts';
import { laterParts } from './assignments.ts';
import type { Entry, Gap, Part, Property, Shape } from './model.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Objects as the file writes them. In: an expression. Out: its parts, through constants, spreads, `Object.assign`,
 * conditions and later assignments; where they come from elsewhere, a gap.
 */

const DEEPEST = 8;
const GAP: Gap = { is: 'gap' };
const UNSEEN: Shape = { parts: [GAP], literal: undefined };
export const EMPTY: Shape = { parts: [], literal: undefined };

export function shapeOf(sourceCode: SourceCode, expression: TSESTree.Node, depth = 0): Shape {
  const node = unwrap(expression);
  if (depth > DEEPEST) return UNSEEN;
  const next = (inner: TSESTree.Node): Shape => shapeOf(sourceCode, inner, depth + 1);
  switch (node.type) {
    case 'ObjectExpression':
      return { parts: node.properties.flatMap((one) => partsOf(one, next)), literal: node };
    case 'Identifier':
      return named(sourceCode, node, next);
    case 'MemberExpression':
      return ofMember(sourceCode, node, depth) ?? UNSEEN;
    case 'ConditionalExpression':
      return either(next(node.consequent), next(node.alternate));
    case 'LogicalExpression':
      return node.operator === '&&' ? maybe(next(node.right)) : either(next(node.left), next(node.right));
    case 'CallExpression':
      return called(sourceCode, node, next);
    case 'AwaitExpression':
      return next(node.argument);
    case 'Literal':
      return EMPTY;
    default:
      return UNSEEN;
  }
}

/** The entry under a path of names: `pool.max`. */
export function entryAt(sourceCode: SourceCode, shape: Shape, path: readonly string[]): Entry {
  const [name = '', ...rest] = path;
  const entry = entryOf(shape, name);
  if (rest.length === 0 || entry.state !== 'written') return entry;
  const inner = entry.properties.map((one) => entryAt(sourceCode, shapeOf(sourceCode, one.value), rest));
  const properties = inner.flatMap((one) => one.properties);
  if (inner.some((one) => one.state === 'open')) return { properties, state: 'open' };
  return { properties, state: properties.length > 0 ? 'written' : 'absent' };
}

/** Backwards from the last part, to the first that stands there surely. */
function entryOf({ parts }: Shape, name: string): Entry {
  const properties: Property[] = [];
  for (const part of parts.toReversed()) {
    if (part.is === 'gap' && (part.name ?? name) === name) return { properties, state: 'open' };
    if (part.is === 'gap' || part.name !== name) continue;
    properties.push(part);
    if (part.sure) break;
  }
  return { properties, state: properties.length > 0 ? 'written' : 'absent' };
}

function partsOf(member: TSESTree.ObjectLiteralElement, next: (inner: TSESTree.Node) => Shape): readonly Part[] {
  if (member.type === 'SpreadElement') return next(member.argument).parts;
  const name = keyName(member);
  return name === undefined ? [GAP] : [{ is: 'property', name, value: member.value, node: member, sure: true }];
}

function maybe({ parts }: Shape): Shape {
  return { parts: parts.map((one) => (one.is === 'gap' ? one : { ...one, sure: false })), literal: undefined };
}

function either(one: Shape, other: Shape): Shape {
  return { parts: [...maybe(one).parts, ...maybe(other).parts], literal: undefined };
}

/** A constant of this file, with what is assigned to its properties later. */
function named(sourceCode: SourceCode, node: TSESTree.Identifier, next: (inner: TSESTree.Node) => Shape): Shape {
  const variable = findVariable(sourceCode, node);
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || !variable) return UNSEEN;
  const { id, init } = definition.node as TSESTree.VariableDeclarator;
  const writes = variable.references.filter((one) => one.isWrite());
  if (id.type !== 'Identifier' || !init || writes.length !== 1) return UNSEEN;
  const { parts, literal } = next(init);
  return { parts: [...parts, ...laterParts(sourceCode, variable, node)], literal };
}

/** `Object.assign({}, defaults, options)`, `Object.freeze({…})`, a function of this file that returns an object. */
function called(
  sourceCode: SourceCode,
  { callee, arguments: given }: TSESTree.CallExpression,
  next: (inner: TSESTree.Node) => Shape,
): Shape {
  const text = sourceCode.getText(callee);
  if (/^(?:Object\.(?:assign|freeze|seal)|structuredClone|defineConfig)$/.test(text)) {
    const shapes = given.map((one) => (one.type === 'SpreadElement' ? UNSEEN : next(one)));
    const [first] = shapes;
    return { parts: shapes.flatMap((one) => one.parts), literal: shapes.length === 1 ? first?.literal : undefined };
  }
  const target = findFunction(sourceCode, callee);
  const returned = target && returnOf(target);
  return returned ? next(returned) : UNSEEN;
}

/** What a function returns, where it returns in one place. */
function returnOf({ body }: NonNullable<ReturnType<typeof findFunction>>): TSESTree.Node | undefined {
  if (body.type !== 'BlockStatement') return body;
  const last = body.body.at(-1);
  const isOnly = body.body.every((one) => one === last || one.type === 'VariableDeclaration');
  return isOnly && last?.type === 'ReturnStatement' && last.argument ? last.argument : undefined;
}

/** `config.pool`, `this.options`. */
function ofMember(sourceCode: SourceCode, node: TSESTree.MemberExpression, depth: number): Shape | undefined {
  const values = memberNodes(sourceCode, node, depth);
  const shapes = values?.map((one) => shapeOf(sourceCode, one, depth + 1));
  return shapes && (shapes.length === 1 ? shapes[0] : shapes.reduce(either, EMPTY));
}

/** What this file writes to a member. */
export function memberNodes(
  sourceCode: SourceCode,
  node: TSESTree.MemberExpression,
  depth: number,
): readonly TSESTree.Node[] | undefined {
  const name = propertyName(node);
  if (name === undefined) return undefined;
  if (unwrap(node.object).type === 'ThisExpression') return fieldNodes(sourceCode, node, name);
  const { properties, state } = entryOf(shapeOf(sourceCode, node.object, depth + 1), name);
  return state === 'written' && properties.at(-1)?.sure ? properties.map((one) => one.value) : undefined;
}

/** A field that has its value where it is declared, and gets no other. */
function fieldNodes(
  sourceCode: SourceCode,
  node: TSESTree.MemberExpression,
  name: string,
): readonly TSESTree.Node[] | undefined {
  const body = classOf(node);
  const declared = body?.body.find((one) => one.type === 'PropertyDefinition' && keyName(one) === name);
  if (!body || declared?.type !== 'PropertyDefinition' || !declared.value || isFunction(declared.value))
    return undefined;
  const isSet = new RegExp(
    String.raw`this\.${name.replace(/\W/g, String.raw`\$&`)}(?:\.\w+)*\s*(?:=[^=>]|\?\?=|\|\|=)`,
  );
  return isSet.test(sourceCode.getText(body)) ? undefined : [declared.value];
}
