import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isHarmless } from '../code/harmless.ts';
import { isLight } from '../code/light.ts';
import { isInside } from '../../ast/inside.ts';
import { placeOf } from '../../ast/places.ts';
import type { List, Place } from '../../ast/places.ts';
import { isLog } from '../code/log.ts';
import type { PooledClient } from './life.ts';
import { asksFirst } from './handler.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The `try` whose `finally` ends the connection, in its list. */
export interface PooledFrame extends Place {
  readonly guarded: TSESTree.TryStatement;
  /** Something of weight stands between what builds and the `try`. */
  readonly isApart: boolean;
  /** The connection is built in the `try`: in its `finally` there may be none. */
  readonly isInner: boolean;
}

export function findFrame(sourceCode: SourceCode, client: PooledClient): PooledFrame | undefined {
  const { ends, calls, built, owner } = client;
  const [end, ...more] = ends;
  const guarded = end?.statement.parent?.parent;
  if (!end || more.length > 0 || guarded?.type !== 'TryStatement' || guarded.finalizer !== end.statement.parent)
    return undefined;
  // What throws before the end would cost the pool a slot.
  if (!guarded.finalizer.body.slice(0, end.index).every((one) => isLog(one) || isHarmless(one, new Set())))
    return undefined;
  const place = placeOf(guarded);
  if (!place || !owner.async || !calls.every((call) => isInside(call, guarded))) return undefined;
  const isInner = built.list === guarded.block.body;
  if (isInner) return isWhole(sourceCode, client, guarded) ? { ...place, guarded, isApart: false, isInner } : undefined;
  if (built.list !== place.list || built.index > place.index) return undefined;
  const isApart = isBefore(sourceCode, client, guarded, place);
  return isApart === undefined ? undefined : { ...place, guarded, isApart, isInner };
}

/** Built and opened in the `try`, one right behind the other, and not named in its `catch`. */
function isWhole(
  sourceCode: SourceCode,
  { built, open, calls }: PooledClient,
  { block, handler }: TSESTree.TryStatement,
): boolean {
  const isHere = !open || (open.list === built.list && open.index >= built.index);
  const between = open ? block.body.slice(built.index + 1, open.index) : [];
  const isUnnamed = handler === null || !calls.some((call) => isInside(call, handler));
  return isHere && isUnnamed && between.every((one) => isLight(sourceCode, one));
}

/** Whether the connection may be taken before the `try` (else undefined), and has to be right before it. */
function isBefore(
  sourceCode: SourceCode,
  { built, open, calls }: PooledClient,
  guarded: TSESTree.TryStatement,
  { list, index }: { readonly list: List; readonly index: number },
): boolean | undefined {
  const isQuiet = (one: TSESTree.Statement): boolean => one === open?.statement || isHarmless(one, new Set());
  const isApart = !list.slice(built.index + 1, index).every(isQuiet);
  const { block, handler } = guarded;
  if (open && isInside(open.statement, block)) {
    const before = block.body.slice(0, open.index);
    const isFirst = open.list === block.body && before.every((one) => isLight(sourceCode, one));
    return isFirst && (handler === null || asksFirst(handler, calls)) ? isApart : undefined;
  }
  if (open && open.list !== list) return undefined;
  return list.slice((open ?? built).index + 1, index).every(isQuiet) ? isApart && open !== undefined : undefined;
}
