import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { indexIn } from '../../ast/places.ts';
import type { List } from '../../ast/places.ts';

/** `const x = await …;` or `x = await …;` and nothing else; also one of `const [a, b] = await Promise.all([…])`. */
export function takingStatement(site: TSESTree.Node): TSESTree.Node | undefined {
  let value = wrapped(site);
  if (value.parent?.type === 'MemberExpression') value = wrapped(value.parent);
  if (value.parent?.type === 'ArrayExpression') value = wrapped(value.parent.parent);
  if (value.parent?.type === 'AwaitExpression') value = wrapped(value.parent);
  const { parent } = value;
  if (parent?.type === 'VariableDeclarator') return parent.parent.declarations.length === 1 ? parent.parent : undefined;
  const isAssigned =
    parent?.type === 'AssignmentExpression' && parent.operator === '=' && unwrap(parent.right) === unwrap(value);
  return isAssigned && parent.parent.type === 'ExpressionStatement' ? parent.parent : undefined;
}

/** Where the variable is written next, in the same list; undefined where that is not plain. */
export function nextTake(variable: TSESLint.Scope.Variable, list: List, take: number): number | undefined {
  let end = list.length;
  for (const reference of variable.references) {
    const index = reference.isWrite() ? indexIn(list, reference.identifier as TSESTree.Node) : -1;
    if (index <= take) continue;
    if (list[index]?.type !== 'ExpressionStatement') return undefined;
    end = Math.min(end, index);
  }
  return end;
}
