import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { exportOf } from './imports.ts';
import { driverOfModule, exportNamed, known } from './known.ts';
import type { Known } from './known.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What a type annotation denotes, when it names a driver's type: `Pool`, `pg.PoolClient`, `Promise<Pool | null>`. */
export function kindOfAnnotation(sourceCode: SourceCode, node: TSESTree.TypeNode): Known | undefined {
  switch (node.type) {
    case 'TSTypeReference':
      return kindOfReference(sourceCode, node);
    case 'TSUnionType':
    case 'TSIntersectionType':
      return firstOf(sourceCode, node.types);
    case 'TSImportType': {
      const source = node.source.value;
      const driver = typeof source === 'string' ? driverOfModule(source) : undefined;
      const name = node.qualifier?.type === 'Identifier' ? node.qualifier.name : 'default';
      return driver && known(driver, exportNamed(driver, name)?.value.type);
    }
    default:
      return undefined;
  }
}

function kindOfReference(sourceCode: SourceCode, node: TSESTree.TSTypeReference): Known | undefined {
  const exported = exportOf(sourceCode, node.typeName);
  if (exported) return known(exported.driver, exported.value.type);
  const isWrapper =
    node.typeName.type === 'Identifier' &&
    /^(?:Promise|NonNullable|Readonly|Partial|Required|Awaited)$/.test(node.typeName.name);
  return isWrapper ? firstOf(sourceCode, node.typeArguments?.params ?? []) : undefined;
}

function firstOf(sourceCode: SourceCode, nodes: readonly TSESTree.TypeNode[]): Known | undefined {
  for (const node of nodes) {
    const found = kindOfAnnotation(sourceCode, node);
    if (found) return found;
  }
  return undefined;
}
