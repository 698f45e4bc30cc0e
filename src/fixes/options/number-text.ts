import type { TSESLint } from '@typescript-eslint/utils';

/** A number as the file writes numbers: `30_000` where it separates thousands, `30000` elsewhere. */
export function numberText({ ast }: Readonly<TSESLint.SourceCode>, value: number): string {
  const separates = ast.tokens.some((one) => one.type === 'Numeric' && /^\d{1,3}(?:_\d{3})+$/.test(one.value));
  const text = String(value);
  return separates && value >= 10_000 ? text.replace(/(?<!\.\d*)\B(?=(?:\d{3})+(?!\d))/g, '_') : text;
}
