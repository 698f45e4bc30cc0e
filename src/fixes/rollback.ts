import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Lease } from '../drivers/driver.ts';
import type { Borrowed } from './borrow.ts';
import type { Hold } from './hold.ts';
import { freeName } from './names.ts';
import { isInside } from './places.ts';
import { findRollingBack, findWords, methodOf } from './transaction.ts';
import type { Words } from './transaction.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What the repair does about a transaction that is open when something throws. */
export interface Rollback {
  readonly lease: Lease;
  /** The variable that remembers a failed ROLLBACK; none where the driver cannot discard a connection. */
  readonly broken: string | undefined;
  /** `client.query('ROLLBACK')`; none where the code's own `catch` does it. */
  readonly call: string | undefined;
  /** The code's own ROLLBACKs: when they fail the connection is discarded as well. */
  readonly own: readonly TSESTree.CallExpression[];
}

/** `'none'` where no transaction can be open; undefined where it cannot be made safe. */
export function planRollback(sourceCode: SourceCode, hold: Hold, borrowed: Borrowed): Rollback | 'none' | undefined {
  const { lease } = borrowed;
  const words = findWords(borrowed);
  const [begin] = words.begin;
  if (!begin || endsByItself(lease)) return 'none';
  if (words.begin.some((call) => call.parent.type !== 'AwaitExpression')) return undefined;
  const broken = lease.discard && freeName(sourceCode, hold.owner, 'broken');
  const own = ownRollbacks(hold, words);
  if (own?.some((call) => call.parent.type !== 'AwaitExpression')) return undefined;
  return { lease, broken, own: own ?? [], call: own ? undefined : rollbackCall(sourceCode, hold, begin) };
}

function endsByItself({ transaction }: Lease): boolean {
  return (transaction as { endsWithRelease?: true } | undefined)?.endsWithRelease === true;
}

/** The ROLLBACKs in the code's own `catch` clauses, if these see all of every transaction. */
function ownRollbacks({ owner }: Hold, words: Words): TSESTree.CallExpression[] | undefined {
  const blocks = words.begin.map((call) => findRollingBack(call, words, owner));
  const isSeen = words.commit.every((call) => blocks.some((one) => one && isInside(call, one.block)));
  if (blocks.some((one) => !one) || !isSeen) return undefined;
  return words.rollback.filter((call) => blocks.some((one) => one?.handler && isInside(call, one.handler)));
}

/** In the manner of the BEGIN: the same method with another text, or the driver's method. */
function rollbackCall(sourceCode: SourceCode, { checkout }: Hold, begin: TSESTree.CallExpression): string {
  const { lease, name } = checkout;
  const method = methodOf(begin);
  const [rollback] = lease.transaction?.begin.includes(method) ? lease.transaction.rollback : [];
  if (rollback !== undefined) return `${name}.${rollback}()`;
  const [argument] = begin.arguments;
  const quote = argument && sourceCode.getText(argument).startsWith('"') ? '"' : "'";
  return `${name}.${method}(${quote}ROLLBACK${quote})`;
}

/** `.catch((rollbackError) => { broken = rollbackError; })` as lines; each `>` is one step of indentation. */
export function handlerLines({ lease, broken }: Rollback, ends: string): readonly string[] {
  if (broken === undefined) return ['.catch(() => {})'];
  if (lease.discard?.withError) return ['.catch((rollbackError) => {', `>${broken} = rollbackError${ends}`, '})'];
  return ['.catch(() => {', `>${broken} = true${ends}`, '})'];
}
