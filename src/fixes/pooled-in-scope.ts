import type { Edit } from './edit.ts';

/** The pool that a connection is taken from. */
export interface PoolInScope {
  readonly name: string;
  /** `pool ??= new Pool(…)`: what must run before it is used; without the end of a statement. */
  readonly ensure: string | undefined;
  /** False where only names tell that it is the right one. */
  readonly isSure: boolean;
  /** Imports and declarations. */
  readonly edits: readonly Edit[];
}
