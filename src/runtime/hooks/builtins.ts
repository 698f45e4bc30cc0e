import { isBuiltin } from 'node:module';
import type { Patcher } from './patcher.ts';

/** Patches the modules of Node that adapters name: no file of theirs is ever compiled here. */
export function patchBuiltins(patcher: Patcher): void {
  for (const name of patcher.packages.filter((each) => isBuiltin(each))) {
    const exports: unknown = process.getBuiltinModule(name);
    patcher.patchModule({ exports }, { name, path: '' }, name);
  }
}
