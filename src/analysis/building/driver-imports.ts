import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { nodeAt } from '../../ast/node-at.ts';
import { driverOfModule, driverOfName, ownNamed } from '../known.ts';

/**
 * Where a file imports a driver by which pools and connections are built. In: the file. Out: import declarations, and the
 * `require` and `import()` calls. Statements are looked at first: most files have no other form, and are left at once.
 */

type SourceCode = Readonly<TSESLint.SourceCode>;

export function driverImports(sourceCode: SourceCode): TSESTree.Node[] {
  const found: TSESTree.Node[] = sourceCode.ast.body.filter(isDriverImport);
  return /\b(?:require|import)\s*\(/.test(sourceCode.text) ? [...found, ...calls(sourceCode)] : found;
}

function isDriverImport(node: TSESTree.ProgramStatement): boolean {
  if (node.type !== 'ImportDeclaration' || node.importKind === 'type') return false;
  const module = node.source.value;
  if (builds(module)) return true;
  return node.specifiers.some(
    (one) =>
      one.type === 'ImportSpecifier' &&
      one.imported.type === 'Identifier' &&
      driverOfName(module, one.imported.name) !== undefined,
  );
}

function builds(module: string): boolean {
  const driver = driverOfModule(module);
  return driver !== undefined && Object.values(driver.kinds).some(({ owns, limits }) => owns ?? limits);
}

const CALL = /\b(?:require|import)\s*\(\s*['"]([^'"\n]+)['"]/g;

/** `require('pg')`, `await import('pg')`, `import pg = require('pg')`. */
function calls(sourceCode: SourceCode): TSESTree.Node[] {
  const { text } = sourceCode;
  const mayBeOwn = ownNamed.some((name) => text.includes(name));
  const found: TSESTree.Node[] = [];
  CALL.lastIndex = 0;
  for (let match = CALL.exec(text); match; match = CALL.exec(text)) {
    const module = match[1] ?? '';
    const isMeant = builds(module) || (mayBeOwn && /^[.@~#]/.test(module));
    const literal = isMeant ? nodeAt(sourceCode, CALL.lastIndex - 2) : undefined;
    if (literal?.type === 'Literal' && literal.parent) found.push(literal.parent);
  }
  return found;
}
