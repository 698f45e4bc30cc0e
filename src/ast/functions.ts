import type { TSESTree } from '@typescript-eslint/utils';

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/** The code that runs as one: a function, a class field or static block, or the module. */
export type Holder = FunctionNode | TSESTree.Program | TSESTree.PropertyDefinition | TSESTree.StaticBlock;

export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'ArrowFunctionExpression' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'FunctionDeclaration'
  );
}

/** The code that `node` runs in; a function's own node counts as outside of it. */
export function holderOf(node: TSESTree.Node): Holder {
  let outer = node.parent;
  while (outer && !isFunction(outer) && outer.type !== 'StaticBlock' && outer.type !== 'PropertyDefinition') {
    if (outer.type === 'Program') return outer;
    outer = outer.parent;
  }
  return outer as Holder;
}

/** `await` may be written at the node. */
export function isInAsync(node: TSESTree.Node): boolean {
  const holder = holderOf(node);
  return isFunction(holder) && holder.async;
}

/** The class whose `this` is meant at `node`: arrows are looked through, functions that are no methods are not. */
export function classOf(node: TSESTree.Node): TSESTree.ClassBody | undefined {
  for (let at: TSESTree.Node | undefined = node.parent; at; at = at.parent) {
    if (at.type === 'ClassBody') return at;
    const method = at.parent?.type === 'MethodDefinition';
    if (at.type === 'FunctionDeclaration' || (at.type === 'FunctionExpression' && !method)) return undefined;
  }
  return undefined;
}
