import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { fateOf } from '../code/fate.ts';
import { isInside } from '../../ast/inside.ts';
import { methodOf } from '../../ast/method-call.ts';
import { isTransaction } from '../code/transaction-call.ts';
import { isRemovable } from './life.ts';
import type { PooledClient } from './life.ts';
import { catcherOf, isBare, isReached } from './reach.ts';
import { removals } from '../removal/removals.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The one statement that runs on the connection; none where there are several, or it may run several times. */
export function findOnly(sourceCode: SourceCode, client: PooledClient): TSESTree.CallExpression | undefined {
  const [call, ...more] = client.calls;
  const { pooled, built, owner, start } = client;
  if (!isRemovable(client)) return undefined;
  if (!call || more.length > 0 || !pooled.statements.includes(methodOf(call)) || holderOf(call) !== owner)
    return undefined;
  if (isTransaction(sourceCode, call) || isRepeated(call, built.list)) return undefined;
  const ends = client.ends.map(({ statement }) => statement);
  if (catcherOf(call, ends) !== catcherOf(start, ends) || !isBare(call) || !isSettled(client, call)) return undefined;
  return isReached(sourceCode, start, call) ? call : undefined;
}

/** `pool.query(…)` in its place, without what built, opened and ended the connection. */
export function useOnce(
  sourceCode: SourceCode,
  { built, open, ends, apart }: PooledClient,
  call: TSESTree.CallExpression,
  pool: string,
  style: Style,
): Edit[] | undefined {
  const steps = [...(open && open.statement !== built.statement ? [open] : []), ...ends];
  const gone = [...(apart ? [apart] : []), ...steps.map(({ statement }) => statement)];
  const callee = unwrap(call.callee) as TSESTree.MemberExpression;
  const removed = removals(sourceCode, gone, style.unit);
  return removed && [...removed, replace(...callee.object.range, pool)];
}

function isRepeated(node: TSESTree.Node, list: readonly TSESTree.Statement[]): boolean {
  for (let at: TSESTree.Node = node; at.parent && !list.includes(at as TSESTree.Statement); at = at.parent)
    if (/^(?:For|While|DoWhile)/.test(at.parent.type)) return true;
  return false;
}

/** Somebody waits for it, or a callback gets its result and nothing of the driver's is waited for. */
function isSettled({ open, ends, owner }: PooledClient, call: TSESTree.CallExpression): boolean {
  const last = call.arguments.at(-1);
  const isCallback = isFunction(last) || (last?.type === 'Identifier' && /^(?:callback|cb|done|next)$/.test(last.name));
  if (!isCallback) {
    const { kind } = fateOf(call);
    const isPlace = ends.every((one) => holderOf(one.call) === owner);
    return isPlace && (kind === 'awaited' || kind === 'returned');
  }
  const isPlace = ends.every((one) => holderOf(one.call) === owner || (isFunction(last) && isInside(one.call, last)));
  const isWaited = [open, ...ends].some((one) => one?.call.parent.type === 'AwaitExpression');
  return wrapped(call).parent?.type === 'ExpressionStatement' && isPlace && !isWaited;
}
