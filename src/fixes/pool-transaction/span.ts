import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { PoolTransaction } from '../../analysis/model.ts';
import { holderOf } from '../../ast/functions.ts';
import { collect } from '../../ast/walk.ts';
import { fateOf } from '../code/fate.ts';
import { isInside } from '../../ast/inside.ts';
import { isExit } from '../release/rollback/transaction.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** One transaction through a pool, from its first statement to its last. */
export interface PoolSpan {
  readonly statements: readonly TSESTree.Statement[];
  /** The ROLLBACKs of the code's own `catch`. */
  readonly own: readonly TSESTree.CallExpression[];
  /** Where the pool is named. */
  readonly receivers: readonly TSESTree.Node[];
}

/** Nothing where a way out leaves it open, or a statement is not awaited. */
export function findPoolSpan(
  sourceCode: SourceCode,
  all: readonly PoolTransaction[],
  { call, pool }: PoolTransaction,
): PoolSpan | undefined {
  const group = all.filter((one) => one.pool === pool && holderOf(one.call) === holderOf(call));
  const calls = (keyword: string) => group.filter((one) => one.keyword === keyword).map((one) => one.call);
  const statements = spanOf(group.map((one) => one.call));
  const own = statements && ownRollbacks(statements, calls('ROLLBACK'));
  if (!own || calls('BEGIN').length !== 1 || calls('COMMIT').length === 0) return undefined;
  const end = Math.max(...calls('COMMIT').map(({ range }) => range[0]));
  const inSpan = (test: (node: TSESTree.Node) => boolean) =>
    statements.flatMap((one) => collect(sourceCode, one, test));
  if (inSpan(isExit).some((exit) => exit.range[0] < end)) return undefined;
  const isPool = (node: TSESTree.Node) =>
    node.parent?.type === 'MemberExpression' && node.parent.object === node && sourceCode.getText(node) === pool;
  const receivers = inSpan(isPool);
  return receivers.every(isAwaitedCall) ? { statements, own, receivers } : undefined;
}

function isAwaitedCall({ parent }: TSESTree.Node): boolean {
  const call = parent?.parent;
  return call?.type === 'CallExpression' && call.callee === parent && fateOf(call).kind === 'awaited';
}

/** They stand in the `catch` of one `try` that is all there is; undefined if not. */
function ownRollbacks(
  span: readonly TSESTree.Statement[],
  rollbacks: readonly TSESTree.CallExpression[],
): readonly TSESTree.CallExpression[] | undefined {
  if (rollbacks.length === 0) return [];
  const [only, ...more] = span;
  const handler = only?.type === 'TryStatement' && !only.finalizer && more.length === 0 ? only.handler : null;
  return handler && rollbacks.every((one) => isInside(one, handler)) ? rollbacks : undefined;
}

/** The first and last statement, in one list, that hold all of `calls`. */
function spanOf(calls: readonly TSESTree.Node[]): readonly TSESTree.Statement[] | undefined {
  for (let at: TSESTree.Node | undefined = calls[0]; at; at = at.parent) {
    if (at.type !== 'BlockStatement' && at.type !== 'Program') continue;
    const list = at.body as TSESTree.Statement[];
    const indexes = calls.map((call) =>
      list.findIndex((one) => one.range[0] <= call.range[0] && call.range[1] <= one.range[1]),
    );
    if (!indexes.includes(-1)) return list.slice(Math.min(...indexes), Math.max(...indexes) + 1);
  }
  return undefined;
}
