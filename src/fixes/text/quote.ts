import type { TSESLint } from '@typescript-eslint/utils';

/** A text as a literal, in the quotes that the file uses more often. */
export function quoted({ ast }: Readonly<TSESLint.SourceCode>, text: string): string {
  const strings = ast.tokens.filter(({ type }) => type === 'String');
  const double = strings.filter(({ value }) => value.startsWith('"')).length;
  return double * 2 > strings.length ? `"${text}"` : `'${text}'`;
}
