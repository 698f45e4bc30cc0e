import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../../ast/property-name.ts';

/** Where the name of an export is written. */
export interface Written {
  /** `Client` of `import { Client as PgClient }`; `*` for the module itself. */
  readonly name: string;
  readonly module: string;
  readonly node: TSESTree.ImportClause | TSESTree.Property | TSESTree.VariableDeclarator;
}

export function imported(node: TSESTree.Node, parent: TSESTree.Node | null | undefined): Written | undefined {
  if (parent?.type !== 'ImportDeclaration' || parent.importKind === 'type') return undefined;
  const module = parent.source.value;
  if (node.type === 'ImportDefaultSpecifier' || node.type === 'ImportNamespaceSpecifier')
    return { name: '*', module, node };
  if (node.type !== 'ImportSpecifier' || node.importKind === 'type') return undefined;
  const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
  return { name: name === 'default' ? '*' : name, module, node };
}

export function required(node: TSESTree.Node, name: string): Written | undefined {
  const init = node.type === 'VariableDeclarator' ? node.init : undefined;
  const [argument] = init?.type === 'CallExpression' && isRequire(init.callee) ? init.arguments : [];
  if (node.type !== 'VariableDeclarator' || argument?.type !== 'Literal') return undefined;
  const module = String(argument.value);
  if (node.id.type === 'Identifier') return { name: '*', module, node };
  const own = partOf(node.id, name);
  return own && { module, ...own };
}

/** What a name of a pattern stands for. */
export function partOf(id: TSESTree.Node, name: string): Pick<Written, 'name' | 'node'> | undefined {
  const all = id.type === 'ObjectPattern' ? id.properties : [];
  for (const node of all) {
    if (node.type !== 'Property' || node.value.type !== 'Identifier' || node.value.name !== name) continue;
    const key = keyName(node);
    return key === undefined ? undefined : { name: key, node };
  }
  return undefined;
}

function isRequire(callee: TSESTree.Node): boolean {
  return callee.type === 'Identifier' && callee.name === 'require';
}
