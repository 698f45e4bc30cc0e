import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable, identifiersOf } from '../../ast/variables.ts';
import { laterParts } from './assignments.ts';
import { entryOf, insideOf } from './entries.ts';
import { fieldOf, isWritten, mentionsOf } from './fields.ts';
import type { Entry, Part, Shape } from './model.ts';
import { returnsOf } from './returns.ts';
import { sourcesOf } from './sources.ts';
import type { ReadEntry } from './sources.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Objects as the file writes them. In: an expression. Out: its parts, through constants, parameters, spreads, `Object.assign`,
 * conditions and later assignments; where they come from elsewhere, a gap.
 */

const DEEPEST = 8;
/** The later argument wins. */
const MERGES =
  /^(?:Object\.(?:assign|freeze|seal)|structuredClone|defineConfig|(?:_|lodash)\.(?:assign|extend|merge)|merge|deepmerge)$/;
const UNSEEN: Shape = { parts: [{ is: 'gap' }], literal: undefined };
export const EMPTY: Shape = { parts: [], literal: undefined };

export function shapeOf(sourceCode: SourceCode, expression: TSESTree.Node, depth = 0): Shape {
  const node = unwrap(expression);
  if (depth > DEEPEST) return UNSEEN;
  const next = (inner: TSESTree.Node): Shape => shapeOf(sourceCode, inner, depth + 1);
  switch (node.type) {
    case 'ObjectExpression':
      return { parts: node.properties.flatMap((one) => partsOf(one, next)), literal: node };
    case 'Identifier':
      return named(sourceCode, node, depth);
    case 'MemberExpression':
      return ofMember(sourceCode, node, depth);
    case 'ConditionalExpression':
      return either([next(node.consequent), next(node.alternate)]);
    case 'LogicalExpression':
      return ofLogical(node, next);
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
export function entryAt(sourceCode: SourceCode, shape: Shape, path: readonly string[], depth = 0): Entry {
  const [name = '', ...rest] = path;
  const entry = entryOf(shape.parts, name);
  if (rest.length === 0 || entry.state !== 'written') return entry;
  const later = insideOf(shape.parts, name);
  const inner = entry.properties.map((one) => {
    const { parts, literal } = shapeOf(sourceCode, one.value, depth);
    return entryAt(sourceCode, { parts: [...parts, ...later], literal }, rest, depth);
  });
  const properties = inner.flatMap((one) => one.properties);
  const state = inner.some((one) => one.state === 'open') ? 'open' : properties.length > 0 ? 'written' : 'absent';
  return { properties, state, sure: entry.sure && inner.every((one) => one.sure) };
}

/** The property of an expression: what `sourcesOf` reads patterns with. */
export const entryReader =
  (sourceCode: SourceCode, depth: number): ReadEntry =>
  (object, name) =>
    entryAt(sourceCode, shapeOf(sourceCode, object, depth + 1), [name]);

function partsOf(member: TSESTree.ObjectLiteralElement, next: (inner: TSESTree.Node) => Shape): readonly Part[] {
  if (member.type === 'SpreadElement') return next(member.argument).parts;
  const name = keyName(member);
  return name === undefined ? UNSEEN.parts : [{ is: 'property', name, value: member.value, node: member }];
}

function either(shapes: readonly Shape[]): Shape {
  const [only] = shapes;
  if (only && shapes.length === 1) return only;
  return { parts: [{ is: 'choice', of: shapes.map((one) => one.parts) }], literal: undefined };
}

function ofLogical(node: TSESTree.LogicalExpression, next: (inner: TSESTree.Node) => Shape): Shape {
  if (node.operator === '&&') return either([next(node.right), EMPTY]);
  const left = next(node.left);
  return left.literal ? left : either([left, next(node.right)]);
}

/** What this file puts into a name, with what is assigned to its properties later. */
function named(sourceCode: SourceCode, node: TSESTree.Identifier, depth: number): Shape {
  const variable = findVariable(sourceCode, node);
  if (!variable?.defs[0]) return node.name === 'undefined' ? EMPTY : UNSEEN;
  const { nodes, open } = sourcesOf(sourceCode, variable, node, entryReader(sourceCode, depth));
  const isAlias = variable.defs[0].type === 'Variable' && nodes.some((one) => unwrap(one).type === 'Identifier');
  const shapes = isAlias ? [UNSEEN] : nodes.map((one) => shapeOf(sourceCode, one, depth + 1));
  const { parts, literal } = either(open ? [...shapes, UNSEEN] : shapes);
  const story = { sourceCode, name: node.name, use: node, shapeOf: nextOf(sourceCode, depth) };
  const writes = variable.references.filter((one) => one.isWrite()).map((one) => one.identifier);
  const later = laterParts(
    story,
    identifiersOf(variable).filter((one) => !writes.includes(one)),
  );
  // Which of several objects got them is not followed.
  const added = writes.length > 1 && later.length > 0 ? UNSEEN.parts : later;
  return { parts: [...parts, ...added], literal };
}

const nextOf =
  (sourceCode: SourceCode, depth: number) =>
  (inner: TSESTree.Node): Shape =>
    shapeOf(sourceCode, inner, depth + 1);

/** `Object.assign({}, defaults, options)`, `Object.freeze({…})`, a function of this file that returns an object. */
function called(
  sourceCode: SourceCode,
  { callee, arguments: given }: TSESTree.CallExpression,
  next: (inner: TSESTree.Node) => Shape,
): Shape {
  const text = sourceCode.getText(callee);
  if (MERGES.test(text)) {
    const shapes = given.map((one) => (one.type === 'SpreadElement' ? UNSEEN : next(one)));
    return { parts: shapes.flatMap((one) => one.parts), literal: defaultsOf(shapes) };
  }
  const returned = returnsOf(sourceCode, callee);
  return returned ? either(returned.map((one) => (one ? next(one) : EMPTY))) : UNSEEN;
}

/** The last literal before something that we do not see. */
function defaultsOf(shapes: readonly Shape[]): Shape['literal'] {
  const unseen = shapes.findIndex(({ literal }) => !literal);
  return shapes.slice(0, unseen < 0 ? undefined : unseen).at(-1)?.literal;
}

/** `config.pool`, `this.options`. */
function ofMember(sourceCode: SourceCode, node: TSESTree.MemberExpression, depth: number): Shape {
  const name = propertyName(node);
  if (name === undefined) return UNSEEN;
  const next = nextOf(sourceCode, depth);
  if (unwrap(node.object).type === 'ThisExpression') return ofField(sourceCode, node, next);
  const shape = next(node.object);
  const { properties, state, sure } = entryOf(shape.parts, name);
  if (state === 'open') return UNSEEN;
  const shapes = properties.map((one) => next(one.value));
  const { parts, literal } = either(sure ? shapes : [...shapes, EMPTY]);
  return { parts: [...parts, ...insideOf(shape.parts, name)], literal };
}

function ofField(
  sourceCode: SourceCode,
  node: TSESTree.MemberExpression,
  next: (inner: TSESTree.Node) => Shape,
): Shape {
  const value = fieldOf(sourceCode, node);
  if (!value) return UNSEEN;
  const story = { sourceCode, name: sourceCode.getText(node), use: node, shapeOf: next };
  const { parts, literal } = next(value);
  return {
    parts: [
      ...parts,
      ...laterParts(
        story,
        mentionsOf(sourceCode, node).filter((one) => !isWritten(one)),
      ),
    ],
    literal,
  };
}

/** What this file writes to a member, where it is a plain value. */
export function memberNodes(
  sourceCode: SourceCode,
  node: TSESTree.MemberExpression,
  depth: number,
): readonly TSESTree.Node[] | undefined {
  const name = propertyName(node);
  if (name === undefined) return undefined;
  if (unwrap(node.object).type === 'ThisExpression') {
    const value = fieldOf(sourceCode, node);
    return value && [value];
  }
  const { properties, state, sure } = entryOf(shapeOf(sourceCode, node.object, depth + 1).parts, name);
  return state === 'written' && sure ? properties.map((one) => one.value) : undefined;
}
