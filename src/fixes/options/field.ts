import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { collect } from '../../ast/walk.ts';
import type { Route } from './routes.ts';

/** `private options = { … }`: every `this.options` of its class, and whoever may read a field that is not private. */
export function fieldOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  node: TSESTree.Node,
  path: Route['path'],
): Route | undefined {
  const { parent } = node;
  const name = parent?.type === 'PropertyDefinition' && parent.value === node ? keyName(parent) : undefined;
  if (parent?.type !== 'PropertyDefinition' || name === undefined) return undefined;
  const isNamed = (one: TSESTree.Node): boolean => one.type === 'MemberExpression' && propertyName(one) === name;
  const reads = collect(sourceCode, parent.parent, isNamed);
  const isOwn = reads.every((one) => one.type === 'MemberExpression' && one.object.type === 'ThisExpression');
  const isPrivate = name.startsWith('#') || parent.accessibility === 'private';
  return isOwn && !parent.static ? { reads, path, isExported: !isPrivate } : undefined;
}
