import type { TSESLint } from '@typescript-eslint/utils';
import type { PoolTransaction } from '../../analysis/model.ts';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { attachEdits } from '../release/attach.ts';
import { replace } from '../text/edit.ts';
import { frameEdits, isOnOwnLines } from '../release/frame.ts';
import { giveBackLines } from '../release/give-back-lines.ts';
import { freeName } from '../text/free-name.ts';
import { methodOf } from '../../ast/method-call.ts';
import { carriedBy } from '../release/extend.ts';
import { findPoolCheckout } from './taking.ts';
import { findPoolSpan } from './span.ts';
import type { Repair } from '../repair.ts';
import { brokenLines, catchLines, ownCatchEdits } from '../release/rollback/text.ts';
import { carriedEdits, carriedLine } from '../release/split.ts';
import { styleAt } from '../text/style.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** BEGIN … COMMIT through a pool: one connection for all of it. Always a suggestion, given with the BEGIN. */
export function repairPoolTransaction(
  { sourceCode, filename }: Context,
  all: readonly PoolTransaction[],
  one: PoolTransaction,
): Repair | undefined {
  const owner = holderOf(one.call);
  const checkout = findPoolCheckout(sourceCode, one.pool);
  if (one.keyword !== 'BEGIN' || !checkout || !isFunction(owner) || !owner.async) return undefined;
  const span = findPoolSpan(sourceCode, all, one);
  const [first, last] = [span?.statements[0], span?.statements.at(-1)];
  if (!span || !first || !last) return undefined;
  const style = styleAt(sourceCode, first, filename);
  const { ends } = style;
  const name = freeName(sourceCode, owner, checkout.name);
  const call = span.own.length > 0 ? undefined : `${name}.${methodOf(one.call)}('ROLLBACK')`;
  const broken = freeName(sourceCode, owner, 'broken');
  const rollback = { lease: checkout.lease, broken, own: span.own, needless: [], host: undefined, call };
  const carried = carriedBy(sourceCode, span.statements, new Set(), style.isTyped);
  const taking = `const ${name} = await ${one.pool}.${checkout.method}()${ends}`;
  const lets = carried.map((each) => carriedLine(sourceCode, each, ends));
  const before = [taking, ...lets, ...brokenLines(rollback, style)];
  const end = giveBackLines(`${name}.release()${ends}`, rollback, name, style);
  const frame = { first, last, before, handler: catchLines(rollback, style), end };
  if (!isOnOwnLines(sourceCode, frame) || !carried.every(({ way }) => way)) return undefined;
  const around = (call ? frameEdits : attachEdits)(sourceCode, frame, style);
  const inside = [...carriedEdits(sourceCode, carried, style), ...ownCatchEdits(sourceCode, rollback, style)];
  const renamed = span.receivers.map(({ range }) => replace(...range, name));
  return { kind: 'suggest', messageId: 'checkOut', edits: [...around, ...inside, ...renamed] };
}
