import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf } from '../../ast/functions.ts';
import { isInside } from '../../ast/inside.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Whether an assignment has run when a value is used. In: the assignment (or any mention), and the use.
 *
 * - `before`    surely
 * - `perhaps`   on some path to the use
 * - `after`     never
 * - `elsewhere` another function does it, or it depends on the value itself: nobody knows what is there then
 */
export type Order = 'after' | 'before' | 'elsewhere' | 'perhaps';

export function orderOf(sourceCode: SourceCode, node: TSESTree.Node, use: TSESTree.Node, name: string): Order {
  const holder = holderOf(node) as TSESTree.Node;
  if (isInside(use, node)) return 'after';
  if (!isInside(use, holder)) return 'elsewhere';
  if (node.range[0] > use.range[0]) return afterwards(node, use, holder);
  const statement = node.parent?.type === 'VariableDeclarator' ? node.parent.parent : node.parent;
  if (!statement || !/^(?:ExpressionStatement|VariableDeclaration)$/.test(statement.type)) return 'elsewhere';
  const block = statement.parent?.type === 'ExportNamedDeclaration' ? statement.parent.parent : statement.parent;
  if (block && isInside(use, block)) return 'before';
  return isGuarded(sourceCode, statement, holder, name) ? 'elsewhere' : 'perhaps';
}

/** The next turn of a loop may see it; so may a function that is called later. */
function afterwards(node: TSESTree.Node, use: TSESTree.Node, holder: TSESTree.Node): Order {
  if (holder !== holderOf(use)) return 'elsewhere';
  for (let at = node.parent; at && at !== holder; at = at.parent) {
    if (/^(?:For|While|DoWhile)/.test(at.type) && isInside(use, at)) return 'elsewhere';
  }
  return 'after';
}

/** `if (config.max > 50) config.max = 50`; with another branch beside it, that may set it too, or never get to the use. */
function isGuarded(sourceCode: SourceCode, statement: TSESTree.Node, holder: TSESTree.Node, name: string): boolean {
  for (let at = statement.parent; at && at !== holder; at = at.parent) {
    if (at.type === 'SwitchStatement' || (at.type === 'IfStatement' && at.alternate)) return true;
    if ('test' in at && at.test && sourceCode.getText(at.test as TSESTree.Node).includes(name)) return true;
  }
  return false;
}
