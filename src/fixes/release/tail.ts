import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isLight } from '../code/light.ts';
import type { List } from '../../ast/places.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** How the code behind a statement goes on: it leaves `list`, comes to its end, or is not light. */
export type Tail = 'ends' | 'heavy' | 'leaves';

export function tailOf(sourceCode: SourceCode, behind: TSESTree.Node, list: List): Tail {
  for (const statement of siblingsBehind(behind, list)) {
    if (!isLight(sourceCode, statement)) return 'heavy';
    if (leaves(statement, list)) return 'leaves';
  }
  if (list.includes(behind as TSESTree.Statement)) return 'ends';
  const outer = enclosing(behind);
  return outer ? tailOf(sourceCode, outer, list) : 'heavy';
}

function siblingsBehind(node: TSESTree.Node, list: List): List {
  const index = list.indexOf(node as TSESTree.Statement);
  if (index !== -1) return list.slice(index + 1);
  const { parent } = node;
  return parent?.type === 'BlockStatement'
    ? parent.body.slice(parent.body.indexOf(node as TSESTree.Statement) + 1)
    : [];
}

/** A `break` or `continue` leaves only if its loop is around the list. */
function leaves(node: TSESTree.Node, list: List): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
  if ((node.type !== 'BreakStatement' && node.type !== 'ContinueStatement') || node.label) return false;
  for (let at = node as TSESTree.Node; at.parent; at = at.parent) {
    if (list.includes(at as TSESTree.Statement)) return true;
    if (/^(?:For|While|DoWhile|Switch)/.test(at.type)) return false;
  }
  return false;
}

/** The statement around the block of `node`, where the way behind the block goes straight on. */
function enclosing(node: TSESTree.Node): TSESTree.Node | undefined {
  const block = node.parent?.type === 'BlockStatement' ? node.parent : node;
  const outer = block.parent;
  if (outer?.type === 'IfStatement') return outer.parent?.type === 'IfStatement' ? enclosing(outer) : outer;
  if (outer?.type === 'CatchClause') return outer.parent?.finalizer ? undefined : outer.parent;
  return outer?.type === 'TryStatement' && !outer.finalizer ? outer : undefined;
}
