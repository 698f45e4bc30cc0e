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
    queue.push(...childrenOf(sourceCode, node));
  }
}

function childrenOf(sourceCode: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): TSESTree.Node[] {
  const values = (sourceCode.visitorKeys[node.type] ?? []).map(
    (key) => (node as unknown as Record<string, unknown>)[key],
  );
  return values.flat().filter(Boolean) as TSESTree.Node[];
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
