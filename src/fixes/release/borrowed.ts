import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../analysis/model.ts';
import type { Lease } from './lease.ts';

/** The names of one connection, and of what only works while it is held, found so far. */
export interface Borrowed {
  readonly lease: Lease;
  readonly owner: FunctionNode;
  /** Variables whose uses are to be looked at. */
  readonly names: Set<TSESLint.Scope.Variable>;
  /** Every use. */
  readonly uses: TSESTree.Node[];
  /** Returns whose promise needs the connection: they want an `await`. */
  readonly returns: Set<TSESTree.ReturnStatement>;
}

/** A place where a use may stand: the new name it gives, if any. `false`: the connection may live on from here. */
export type Borrowing = TSESTree.VariableDeclarator | boolean;
