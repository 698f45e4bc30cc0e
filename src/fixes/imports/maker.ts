import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { variablesOfModule } from '../module-level/reads.ts';
import { exportOf } from './export.ts';
import type { Export } from './export.ts';
import { ownMaker } from './own-maker.ts';
import { removeExport } from './unused.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** How the pool's maker is called in this file. */
export interface Maker {
  /** `Pool`, `pg.Pool`. */
  readonly text: string;
  readonly edits: readonly Edit[];
  /** By an import, so that it names a type as well. */
  readonly isImported: boolean;
}

/** Drops the import of what made the value, where nobody else needs it. `gone`: what the repair takes away. */
export function dropMaker(
  sourceCode: SourceCode,
  creation: Creation,
  gone: readonly TSESTree.Node[],
): Edit[] | undefined {
  const own = ownMaker(sourceCode, creation, gone);
  return own && (own.isFree ? removeExport(sourceCode, own.export) : []);
}

/** The same, and imports the maker of the pool where the file has none. */
export function writeMaker(
  sourceCode: SourceCode,
  creation: Creation,
  maker: string,
  gone: readonly TSESTree.Node[],
): Maker | undefined {
  const own = ownMaker(sourceCode, creation, gone);
  if (!own) return undefined;
  const { node } = own.export;
  const isImported = /^Import/.test(node.type);
  if (own.isMember) return { text: `${sourceCode.getText(own.module)}.${maker}`, edits: [], isImported };
  const other = findImported(sourceCode, creation, maker);
  if (other) return { text: other, edits: own.isFree ? removeExport(sourceCode, own.export) : [], isImported };
  if (isTaken(sourceCode, maker)) return undefined;
  const edit = own.isFree ? replace(...node.range, maker) : insert(node.range[1], `, ${maker}`);
  return { text: maker, edits: [edit], isImported };
}

/** The local name of the maker where the file has it. */
function findImported(sourceCode: SourceCode, { driver }: Creation, maker: string): string | undefined {
  const all = variablesOfModule(sourceCode).flatMap((one) =>
    one.identifiers.map((name) => exportOf(sourceCode, name, driver)),
  );
  const found: Export | undefined = all.find((one) => one?.name === maker);
  return found?.variable.name;
}

/** Some scope of the file has the name for something else. */
function isTaken(sourceCode: SourceCode, name: string): boolean {
  const { scopes = [] } = sourceCode.scopeManager ?? {};
  return scopes.some((scope) => (scope.set.get(name)?.identifiers.length ?? 0) > 0);
}
