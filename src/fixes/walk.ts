import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** The nodes inside `root`, itself included. What `enter` answers with `false` is not gone into. */
export function walk(
  sourceCode: Readonly<TSESLint.SourceCode>,
  root: TSESTree.Node,
  enter: (node: TSESTree.Node) => boolean | undefined | void,
): void {
  const queue: TSESTree.Node[] = [root];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (enter(node) === false) continue;
    for (const key of sourceCode.visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, unknown>)[key];
      const children = (Array.isArray(child) ? child : [child]) as (TSESTree.Node | null | undefined)[];
      for (const one of children) if (one) queue.push(one);
    }
  }
}

/** The nodes inside `root` for which `test` holds, in source order. */
export function collect(
  sourceCode: Readonly<TSESLint.SourceCode>,
  root: TSESTree.Node,
  test: (node: TSESTree.Node) => boolean,
): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(sourceCode, root, (node) => {
    if (test(node)) found.push(node);
  });
  return found.sort((a, b) => a.range[0] - b.range[0]);
}
