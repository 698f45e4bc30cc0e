import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { PoolTransaction } from '../analysis/model.ts';
import { holderOf, isFunction } from '../ast/functions.ts';
import { collectCarried, wayOf } from './carried.ts';
import { replace } from './edit.ts';
import type { Edit } from './edit.ts';
import { fateOf } from './fate.ts';
import { attachEdits, frameEdits, isOnOwnLines } from './frame.ts';
import { giveBackLines } from './give-back-lines.ts';
import { freeName } from './names.ts';
import { isInside } from './places.ts';
import { findPoolCheckout, spanOf } from './pool-checkout.ts';
import type { Repair } from './repair.ts';
import { brokenLines, catchLines, ownCatchEdits } from './rollback-text.ts';
import type { Rollback } from './rollback.ts';
import { carriedEdits, carriedLine } from './split.ts';
import { styleAt } from './style.ts';
import { isExit, methodOf } from './transaction.ts';
import { collect } from './walk.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** BEGIN … COMMIT through a pool: one connection for all of it. Always a suggestion, given with the BEGIN. */
export function repairPoolTransaction(
  { sourceCode, filename }: Context,
  all: readonly PoolTransaction[],
  { call, keyword, pool }: PoolTransaction,
): Repair | undefined {
  const owner = holderOf(call);
  const group = all.filter((one) => one.pool === pool && holderOf(one.call) === owner);
  const span = spanOf(group.map((one) => one.call));
  const checkout = findPoolCheckout(sourceCode, pool);
  const [first, last] = [span?.[0], span?.at(-1)];
  const isWhole =
    group.filter((one) => one.keyword === 'BEGIN').length === 1 && group.some((one) => one.keyword === 'COMMIT');
  if (keyword !== 'BEGIN' || !span || !first || !last || !checkout || !isWhole || !isFunction(owner) || !owner.async)
    return undefined;
  const own = ownRollbacks(span, group);
  const edits = own && useClient(sourceCode, span, pool, freeName(sourceCode, owner, checkout.name));
  if (!edits) return undefined;
  const name = freeName(sourceCode, owner, checkout.name);
  const style = styleAt(sourceCode, first, filename);
  const isOwn = own.length > 0;
  const rollback: Rollback = {
    lease: checkout.lease,
    broken: freeName(sourceCode, owner, 'broken'),
    own,
    host: undefined,
    call: isOwn ? undefined : `${name}.${methodOf(call)}('ROLLBACK')`,
  };
  const outside = (node: TSESTree.Node): boolean => !span.some((one) => isInside(node, one));
  const carried = collectCarried(sourceCode, span, outside).map((one) => ({
    ...one,
    way: wayOf(sourceCode, one, span, new Set(), style.isTyped),
  }));
  if (leavesBefore(sourceCode, span, group) || !carried.every(({ way }) => way)) return undefined;
  const taking = `const ${name} = await ${pool}.${checkout.method}()${style.ends}`;
  const before = [
    taking,
    ...carried.map((one) => carriedLine(sourceCode, one, style.ends)),
    ...brokenLines(rollback, style),
  ];
  const frame = {
    first,
    last,
    before,
    handler: catchLines(rollback, style),
    end: giveBackLines(`${name}.release()${style.ends}`, rollback, name, style),
  };
  if (!isOnOwnLines(sourceCode, frame)) return undefined;
  const around = isOwn ? attachEdits(sourceCode, frame, style) : frameEdits(sourceCode, frame, style);
  return {
    kind: 'suggest',
    messageId: 'checkOut',
    edits: [
      ...around,
      ...edits,
      ...carriedEdits(sourceCode, carried, style),
      ...ownCatchEdits(sourceCode, rollback, style),
    ],
  };
}

/** A way out before the COMMIT. */
function leavesBefore(
  sourceCode: Context['sourceCode'],
  span: readonly TSESTree.Statement[],
  group: readonly PoolTransaction[],
): boolean {
  const end = Math.max(...group.filter((one) => one.keyword === 'COMMIT').map(({ call }) => call.range[0]));
  return span.some((one) => collect(sourceCode, one, isExit).some((exit) => exit.range[0] < end));
}

/** The ROLLBACKs of the code's own `catch`: of one `try` that is all there is. None without; undefined if otherwise. */
function ownRollbacks(
  span: readonly TSESTree.Statement[],
  group: readonly PoolTransaction[],
): TSESTree.CallExpression[] | undefined {
  const rollbacks = group.filter((one) => one.keyword === 'ROLLBACK').map((one) => one.call);
  if (rollbacks.length === 0) return [];
  const [only, ...more] = span;
  const handler = only?.type === 'TryStatement' && !only.finalizer && more.length === 0 ? only.handler : null;
  return handler && rollbacks.every((one) => isInside(one, handler)) ? rollbacks : undefined;
}

/** Every statement through the pool goes through the connection; undefined where one is not awaited. */
function useClient(
  sourceCode: Context['sourceCode'],
  span: readonly TSESTree.Statement[],
  pool: string,
  name: string,
): Edit[] | undefined {
  const members = span.flatMap((one) =>
    collect(sourceCode, one, (node) => node.type === 'MemberExpression' && sourceCode.getText(node.object) === pool),
  ) as TSESTree.MemberExpression[];
  const isPlain = ({ parent }: TSESTree.MemberExpression): boolean =>
    parent.type === 'CallExpression' && fateOf(parent).kind === 'awaited';
  if (!members.every(isPlain)) return undefined;
  return members.map(({ object }) => replace(...object.range, name));
}
