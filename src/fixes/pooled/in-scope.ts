import type { Edit } from '../text/edit.ts';

/** The pool that a connection is taken from. */
export interface PoolInScope {
  readonly name: string;
  /** The lines of `pool ??= new Pool(…)`, which must run before it is used; without the end of a statement. */
  readonly ensure: readonly string[];
  /** False where only names tell that it is the right one. */
  readonly isSure: boolean;
  /** Imports and declarations. */
  readonly edits: readonly Edit[];
}
