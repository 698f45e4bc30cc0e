import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { freeModuleName } from '../module-level/name.ts';
import { meansTheSame } from '../code/same-name.ts';
import { writeImport } from '../imports/write.ts';
import type { Edit } from '../text/edit.ts';
import { nameOfImport } from '../imports/local-name.ts';
import { specifierFrom } from './specifier.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
type Site = TSESTree.CallExpression | TSESTree.NewExpression;

export interface SharedPool {
  readonly module: string;
  readonly export: string;
}

/** The pool of the settings as this file names it. */
interface Shared {
  readonly name: string;
  /** False where only who wrote the settings knows whether it gives promises: mysql2 has pools of both sorts. */
  readonly isSure: boolean;
  readonly edits: readonly Edit[];
}

/** By the name that the file has for it, or by a new import. None in the module that makes it. */
export function importShared(context: Context, site: Site, shared: SharedPool): Shared | undefined {
  const { sourceCode } = context;
  const specifier = specifierFrom(context, shared.module);
  if (specifier === undefined) return undefined;
  const isSure = site.type === 'NewExpression' || site.parent.type === 'AwaitExpression';
  const known = nameOfImport(sourceCode, specifier, shared.export);
  if (known) return meansTheSame(sourceCode, known, site) ? { name: known.name, isSure, edits: [] } : undefined;
  const name = freeModuleName(sourceCode, nameOfShared(shared));
  return { name, isSure, edits: [writeImport(context, site, specifier, shared.export, name)] };
}

/** The name that the pool of the settings gets where that is free. */
export function nameOfShared(shared: SharedPool): string {
  return shared.export === 'default' ? 'pool' : shared.export;
}
