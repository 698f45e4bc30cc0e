import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** `name`, or with a number where the code around uses it already. */
export function freeName(sourceCode: Readonly<TSESLint.SourceCode>, around: TSESTree.Node, name: string): string {
  const text = sourceCode.getText(around);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!new RegExp(String.raw`\b${candidate}\b`).test(text)) return candidate;
  }
}
