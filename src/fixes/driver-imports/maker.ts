import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { isInside } from '../../ast/inside.ts';
import { readsOf } from '../../ast/variables.ts';
import { variablesOfModule } from '../module-level/reads.ts';
import type { Replaced } from '../pooled/life.ts';
import { exportOf } from './export.ts';
import type { Export } from './export.ts';
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

/** Imports the maker where it is needed, and drops the import that nobody needs any more. */
export function writeMaker(sourceCode: SourceCode, client: Replaced, isNeeded: boolean): Maker | undefined {
  const { creation, pooled, built, apart } = client;
  const gone = apart ? [built.statement, apart] : [built.statement];
  const callee = unwrap(creation.site.callee);
  const module = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const own = exportOf(sourceCode, module, creation.driver);
  const isMember = callee.type === 'MemberExpression';
  if (!own || isMember !== (own.name === '*')) return undefined;
  const isImported = /^Import/.test(own.node.type);
  const reads = readsOf(own.variable);
  const isFree = reads.every((one) => isOf(one, gone, module));
  if (isMember) {
    const edits = isFree && !isNeeded ? removeExport(sourceCode, own) : [];
    return { text: `${sourceCode.getText(module)}.${pooled.maker}`, edits, isImported };
  }
  const other = findImported(sourceCode, client);
  if (other || !isNeeded) return { text: other ?? '', edits: isFree ? removeExport(sourceCode, own) : [], isImported };
  if (isTaken(sourceCode, pooled.maker)) return undefined;
  const { node } = own;
  const edit = isFree ? replace(...node.range, pooled.maker) : insert(node.range[1], `, ${pooled.maker}`);
  return { text: pooled.maker, edits: [edit], isImported };
}

/** It stands in what the repair takes away: the call itself, and the type of its variable. */
function isOf(name: TSESTree.Node, gone: readonly TSESTree.Node[], module: TSESTree.Node): boolean {
  if (name === module) return true;
  return gone.some((one) => isInside(name, one)) && /^TS/.test(name.parent?.type ?? '');
}

/** The local name of the maker where the file has it. */
function findImported(sourceCode: SourceCode, { creation, pooled }: Replaced): string | undefined {
  const all = variablesOfModule(sourceCode).flatMap((one) =>
    one.identifiers.map((name) => exportOf(sourceCode, name, creation.driver)),
  );
  const found: Export | undefined = all.find((one) => one?.name === pooled.maker);
  return found?.variable.name;
}

/** Some scope of the file has the name for something else. */
function isTaken(sourceCode: SourceCode, name: string): boolean {
  const { scopes = [] } = sourceCode.scopeManager ?? {};
  return scopes.some((scope) => (scope.set.get(name)?.identifiers.length ?? 0) > 0);
}
