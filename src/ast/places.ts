import type { TSESTree } from '@typescript-eslint/utils';
import { isInside } from './inside.ts';

export type List = readonly TSESTree.Statement[];

/** A statement in its list. */
export interface Place {
  readonly list: List;
  readonly index: number;
}

/** The list that `statement` is a direct member of. */
export function placeOf(statement: TSESTree.Node): Place | undefined {
  const list = listOf(statement.parent);
  const index = list?.indexOf(statement as TSESTree.Statement) ?? -1;
  return list && index !== -1 ? { list, index } : undefined;
}

function listOf(parent: TSESTree.Node | undefined): List | undefined {
  if (parent?.type === 'SwitchCase') return parent.consequent;
  const isBlock = parent?.type === 'BlockStatement' || parent?.type === 'Program' || parent?.type === 'StaticBlock';
  return isBlock ? (parent.body as TSESTree.Statement[]) : undefined;
}

/** The index of the statement of `list` in which `node` stands, -1 outside of it. */
export function indexIn(list: List, node: TSESTree.Node): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.range[1] ?? 0) < node.range[1]) low = middle + 1;
    else high = middle;
  }
  const found = list[low];
  return found && isInside(node, found) ? low : -1;
}
