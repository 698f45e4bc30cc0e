import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../../ast/property-name.ts';

/** The local name of what the module exports, where the file imports or requires it. */
export function nameOfImport(
  { ast }: Readonly<TSESLint.SourceCode>,
  specifier: string,
  exported: string,
): TSESTree.Identifier | undefined {
  for (const statement of ast.body) {
    const found =
      statement.type === 'ImportDeclaration' && isSame(statement.source.value, specifier)
        ? statement.importKind !== 'type' && inImport(statement, exported)
        : statement.type === 'VariableDeclaration' && inRequire(statement, specifier, exported);
    if (found) return found;
  }
  return undefined;
}

/** `./db` and `./db.js` are one file. */
function isSame(one: string, other: string): boolean {
  const plain = (text: string): string => text.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return one === other || (other.startsWith('.') && plain(one) === plain(other));
}

function inImport({ specifiers }: TSESTree.ImportDeclaration, exported: string): TSESTree.Identifier | undefined {
  for (const one of specifiers) {
    const isDefault = one.type === 'ImportDefaultSpecifier';
    const named = one.type === 'ImportSpecifier' && one.importKind !== 'type' ? one.imported : undefined;
    const name = isDefault ? 'default' : named?.type === 'Identifier' ? named.name : named?.value;
    if (name === exported) return one.local;
  }
  return undefined;
}

function inRequire(
  { declarations }: TSESTree.VariableDeclaration,
  specifier: string,
  exported: string,
): TSESTree.Identifier | undefined {
  for (const { id, init } of declarations) {
    const [from] = init?.type === 'CallExpression' && init.callee.type === 'Identifier' ? init.arguments : [];
    if (from?.type !== 'Literal' || !isSame(String(from.value), specifier)) continue;
    if (id.type === 'Identifier' && exported === 'default') return id;
    const own = id.type === 'ObjectPattern' ? id.properties : [];
    const found = own.find((one) => one.type === 'Property' && keyName(one) === exported);
    if (found?.value?.type === 'Identifier') return found.value;
  }
  return undefined;
}
