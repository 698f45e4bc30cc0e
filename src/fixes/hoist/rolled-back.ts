import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { collect } from '../../ast/walk.ts';
import { isCertain, isPassed } from './certain.ts';
import { isInside } from '../../ast/inside.ts';
import { placeOf } from '../../ast/places.ts';
import { isExit } from '../release/rollback/transaction.ts';

type Node = TSESTree.Node;

/**
 * Every way out of the `try` in which a transaction begins, or that stands right behind, ends it: `ends` are what
 * commits and what rolls back.
 */
export function isRolledBack(
  sourceCode: Readonly<TSESLint.SourceCode>,
  begin: Node,
  ends: readonly Node[],
  rollbacks: readonly Node[],
): boolean {
  const statement = begin.parent?.type === 'AwaitExpression' ? begin.parent.parent : undefined;
  const place = statement?.type === 'ExpressionStatement' ? placeOf(statement) : undefined;
  if (!statement || !place) return false;
  const next = place.list[place.index + 1];
  const frame = next?.type === 'TryStatement' && next.handler ? next : tryAround(statement);
  if (!frame?.handler || !rollbacks.some((one) => isCertain(one, frame.handler as TSESTree.CatchClause))) return false;
  const { block } = frame;
  const later = ends.filter((one) => one.range[0] > begin.range[0]);
  const isEnded = frame === next ? endsIn(block.body, later) : endsBehind(statement, block, later);
  const exits = collect(sourceCode, block, isExit).filter((one) => one.range[0] > begin.range[0]);
  const own = exits.filter((one) => holderOf(one) === holderOf(begin));
  return isEnded && own.every((one) => isEndedAt(one, block, later));
}

/** The innermost `try` with a `catch`; none where a `finally` is in between, which may give the connection back. */
function tryAround(statement: Node): TSESTree.TryStatement | undefined {
  for (let at = statement; at.parent && !isFunction(at.parent); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'TryStatement') return parent.block === at && parent.handler ? parent : undefined;
  }
  return undefined;
}

/** Behind it, in its list or in one around it, a statement that always runs ends the transaction, or leaves. */
function endsBehind(statement: Node, block: Node, ends: readonly Node[]): boolean {
  for (let at = statement; at !== block && at.parent; at = at.parent) {
    const place = placeOf(at);
    if (place && endsIn(place.list.slice(place.index + 1), ends)) return true;
  }
  return false;
}

function endsIn(list: readonly TSESTree.Statement[], ends: readonly Node[]): boolean {
  return list.some((one) => /^(?:Return|Throw)/.test(one.type) || ends.some((end) => isPassed(end, one)));
}

/** What leaves stands behind what ends it. */
function isEndedAt(exit: Node, block: Node, ends: readonly Node[]): boolean {
  if (exit.type === 'ReturnStatement' && ends.some((one) => isInside(one, exit) && isPassed(one, exit))) return true;
  for (let at = exit; at !== block && at.parent; at = at.parent) {
    const place = placeOf(at);
    const before = place?.list.slice(0, place.index) ?? [];
    if (before.some((one) => ends.some((end) => isPassed(end, one)))) return true;
  }
  return false;
}
