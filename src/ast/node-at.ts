import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** The innermost node that covers the text position, found by going down from the root. */
export function nodeAt(sourceCode: Readonly<TSESLint.SourceCode>, index: number): TSESTree.Node {
  let node: TSESTree.Node = sourceCode.ast;
  for (let inner: TSESTree.Node | undefined = node; inner; inner = childAt(sourceCode, node, index)) node = inner;
  return node;
}

function childAt(
  sourceCode: Readonly<TSESLint.SourceCode>,
  node: TSESTree.Node,
  index: number,
): TSESTree.Node | undefined {
  for (const key of sourceCode.visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[key];
    const found = Array.isArray(child) ? inList(child as (TSESTree.Node | null)[], index) : child;
    if (found && covers(found as TSESTree.Node, index)) return found as TSESTree.Node;
  }
  return undefined;
}

/** Lists are in source order: half of what is left is dropped at each step. */
function inList(nodes: readonly (TSESTree.Node | null)[], index: number): TSESTree.Node | undefined {
  if (nodes.length < 16) return nodes.find((one) => one && covers(one, index)) ?? undefined;
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const node = nodes[middle];
    if (node && node.range[1] > index) high = middle;
    else low = middle + 1;
  }
  return nodes[low] ?? undefined;
}

function covers(node: TSESTree.Node, index: number): boolean {
  return Array.isArray(node.range) && node.range[0] <= index && index < node.range[1];
}
