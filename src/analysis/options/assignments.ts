import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../../ast/property-name.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { exportOf } from '../imports.ts';
import type { Part, Shape } from './model.ts';
import { orderOf } from './order.ts';

/**
 * What happens to an object between its literal and its use. In: all mentions of it, and the one where it is used. Out:
 * properties that are assigned, and gaps where others may set some: it is given to a function, or kept under another name.
 */
export interface Story {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  /** What it is called: an assignment behind a condition that speaks of it is not followed. */
  readonly name: string;
  readonly use: TSESTree.Node;
  readonly shapeOf: (node: TSESTree.Node) => Shape;
}

const GAP: Part = { is: 'gap' };

export function laterParts(story: Story, mentions: readonly TSESTree.Node[]): readonly Part[] {
  const parts = mentions.flatMap((one) => (one === story.use ? [] : partsBy(story, one)));
  const names = parts.flatMap((one) => (one.is === 'choice' ? one.of.flat().map(nameOf) : []));
  // Two branches may be all there are: then nothing of what was before is left.
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return [...parts, ...repeated.map((name): Part => ({ is: 'gap', name }))];
}

const nameOf = (part: Part): string | undefined => (part.is === 'choice' ? undefined : part.name);

function partsBy(story: Story, mention: TSESTree.Node): readonly Part[] {
  const value = wrapped(mention);
  const { parent } = value;
  if (parent?.type === 'MemberExpression' && parent.object === value) return byMember(story, parent);
  if (parent?.type === 'CallExpression' && parent.arguments[0] === value && isAssign(story, parent))
    return placed(story, parent, () => parent.arguments.slice(1).flatMap((one) => story.shapeOf(one).parts), GAP);
  const isOver = orderOf(story.sourceCode, value, story.use, story.name) === 'after';
  return isOver || isRead(story, value) ? [] : [GAP];
}

const isAssign = ({ sourceCode }: Story, { callee }: TSESTree.CallExpression): boolean =>
  sourceCode.getText(callee) === 'Object.assign';

/** The parts that an assignment adds, by whether it has run; one branch alone is followed. */
function placed(
  { sourceCode, use, name }: Story,
  node: TSESTree.Node,
  parts: () => readonly Part[],
  gap: Part,
): Part[] {
  const order = orderOf(sourceCode, node, use, name);
  if (order === 'after') return [];
  if (order === 'elsewhere') return [gap];
  return order === 'before' ? [...parts()] : [{ is: 'choice', of: [parts(), []] }];
}

/** `config.max = 5`, `config.pool.max = 5`, `delete config.max`, `tune(config.pool)`. */
function byMember(story: Story, member: TSESTree.MemberExpression): readonly Part[] {
  const name = propertyName(member);
  const outer = wrapped(member);
  const { parent } = outer;
  const gap: Part = { is: 'gap', name };
  if (parent?.type === 'AssignmentExpression' && parent.left === outer) {
    if (name === undefined || parent.operator !== '=') return placed(story, parent, () => [gap], gap);
    return placed(story, parent, () => [{ is: 'property', name, value: parent.right, node: parent }], gap);
  }
  if (parent?.type === 'UpdateExpression' || isDelete(parent)) return placed(story, parent, () => [gap], gap);
  const inner = partsBy(story, member);
  if (name === undefined) return inner.length > 0 ? [GAP] : [];
  return inner.map((one): Part => ({ is: 'inside', name, parts: [one] }));
}

const isDelete = (node: TSESTree.Node | undefined): node is TSESTree.UnaryExpression =>
  node?.type === 'UnaryExpression' && node.operator === 'delete';

const READERS = /^(?:console|JSON|log|logger|Object\.(?:entries|freeze|keys|values)|Number|String|parseInt|Boolean)\b/;

/** It is only looked at: copied, made into a connection, printed, exported. */
function isRead({ sourceCode }: Story, value: TSESTree.Node): boolean {
  const { parent } = value;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'ObjectPattern';
    case 'Property':
      return isExported(sourceCode, parent.parent);
    case 'AssignmentExpression':
      return isExported(sourceCode, value);
    case 'ConditionalExpression':
      return parent.test === value;
    case 'CallExpression':
    case 'NewExpression':
      return exportOf(sourceCode, parent.callee) !== undefined || READERS.test(sourceCode.getText(parent.callee));
    default:
      return LOOKS.has(parent?.type ?? '');
  }
}

const LOOKS = new Set([
  'BinaryExpression',
  'ExportDefaultDeclaration',
  'ExportSpecifier',
  'ExpressionStatement',
  'IfStatement',
  'SpreadElement',
  'TSTypeQuery',
  'TemplateLiteral',
  'UnaryExpression',
]);

/** `module.exports = config`, `module.exports = { config }`. */
const isExported = (sourceCode: Story['sourceCode'], { parent }: TSESTree.Node): boolean =>
  parent?.type === 'AssignmentExpression' && /^(?:module\.)?exports\b/.test(sourceCode.getText(parent.left));
