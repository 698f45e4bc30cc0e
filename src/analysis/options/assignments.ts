import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { exportOf } from '../imports.ts';
import type { Part } from './model.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * What happens to an object between its literal and its use. In: the variable and the place of the use. Out: properties
 * that are assigned, and gaps where others may set some: it is given to a function, or its name is kept elsewhere.
 */
export function laterParts(
  sourceCode: SourceCode,
  { references }: TSESLint.Scope.Variable,
  use: TSESTree.Node,
): readonly Part[] {
  return references.flatMap((one) => {
    const name = one.identifier as TSESTree.Node;
    return one.isWrite() || name === use ? [] : partsBy(sourceCode, name, use);
  });
}

function partsBy(sourceCode: SourceCode, name: TSESTree.Node, use: TSESTree.Node): readonly Part[] {
  const value = wrapped(name);
  const { parent } = value;
  if (parent?.type === 'MemberExpression' && parent.object === value) return byMember(parent, use);
  return isRead(sourceCode, value) ? [] : [{ is: 'gap' }];
}

/** `config.max = 5`; after `config.pool.max = 5` anything may stand in `pool`. */
function byMember(member: TSESTree.MemberExpression, use: TSESTree.Node): readonly Part[] {
  const name = propertyName(member);
  const node = wrapped(member).parent;
  if (node?.type === 'AssignmentExpression' && node.left === member) {
    if (name === undefined) return [{ is: 'gap' }];
    return [{ is: 'property', name, value: node.right, node, sure: node.operator === '=' && isBefore(node, use) }];
  }
  const isDeeper = node?.type === 'MemberExpression' && node.object === member && isAssigned(node);
  const isChanged =
    node?.type === 'UpdateExpression' || (node?.type === 'UnaryExpression' && node.operator === 'delete');
  return isDeeper || isChanged ? [{ is: 'gap', name }] : [];
}

function isAssigned(member: TSESTree.MemberExpression): boolean {
  const { parent } = wrapped(member);
  if (parent?.type === 'MemberExpression' && parent.object === member) return isAssigned(parent);
  return parent?.type === 'AssignmentExpression' && parent.left === member;
}

/** A statement of the same block that has run when the use does. */
function isBefore(node: TSESTree.AssignmentExpression, use: TSESTree.Node): boolean {
  const statement = node.parent;
  const block = statement.type === 'ExpressionStatement' ? statement.parent : undefined;
  if (!block || block !== blockOf(holderOf(use))) return false;
  return node.range[1] <= use.range[0];
}

function blockOf(holder: TSESTree.Node): TSESTree.Node {
  return 'body' in holder && holder.body && !Array.isArray(holder.body) ? (holder.body as TSESTree.Node) : holder;
}

/** It is only looked at: copied, made into a connection, printed, exported. */
function isRead(sourceCode: SourceCode, value: TSESTree.Node): boolean {
  const { parent } = value;
  switch (parent?.type) {
    case 'SpreadElement':
    case 'TSTypeQuery':
    case 'ExportSpecifier':
    case 'ExportDefaultDeclaration':
    case 'IfStatement':
    case 'UnaryExpression':
      return true;
    case 'VariableDeclarator':
      return parent.id.type === 'ObjectPattern';
    case 'CallExpression':
    case 'NewExpression':
      return (
        exportOf(sourceCode, parent.callee) !== undefined ||
        /^(?:console|JSON|log|logger|Object\.(?:entries|freeze|keys|values))\b/.test(sourceCode.getText(parent.callee))
      );
    default:
      return false;
  }
}
