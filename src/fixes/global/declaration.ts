import type { TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../../ast/unwrap.ts';

interface Found {
  readonly declarator: TSESTree.VariableDeclarator & { readonly id: TSESTree.Identifier };
  readonly value: TSESTree.Node;
}

/** The declaration of one name whose value the node is. */
export function declarationOf(node: TSESTree.Node): Found | undefined {
  const value = wrapped(node);
  const { parent } = value;
  if (parent?.type !== 'VariableDeclarator' || parent.init !== value || parent.id.type !== 'Identifier')
    return undefined;
  const isOnly = parent.parent.kind === 'const' && parent.parent.declarations.length === 1;
  return isOnly ? { declarator: parent as Found['declarator'], value } : undefined;
}

/** The declaration, with the `export` in front of it. */
export function outermost(declaration: TSESTree.Node): TSESTree.Node {
  return declaration.parent?.type === 'ExportNamedDeclaration' ? declaration.parent : declaration;
}
