import type { TSESLint } from '@typescript-eslint/utils';

/** A development server loads this file again when it changes: it is one of Next.js. */
export function isReloaded({ ast }: Readonly<TSESLint.SourceCode>, filename: string): boolean {
  const isImported = ast.body.some((one) => one.type === 'ImportDeclaration' && /^next(?:\/|$)/.test(one.source.value));
  return (
    isImported ||
    /(?:^|[\\/])(?:pages[\\/]api[\\/].*|app[\\/](?:.*[\\/])?(?:route|page|layout))\.[cm]?[jt]sx?$/.test(filename)
  );
}
