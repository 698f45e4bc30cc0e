import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isAwaited } from '../../../ast/awaited.ts';
import { methodOf } from '../../../ast/method-call.ts';
import type { Lease } from '../lease.ts';
import type { Borrowed } from '../borrowed.ts';
import type { Hold } from '../hold.ts';
import { freeName } from '../../text/free-name.ts';
import { hostOf, needlessRollbacks } from './needless.ts';
import { mayBeginElsewhere, ownRollbacks } from './own.ts';
import { endsWithRelease } from './transaction.ts';
import { findWords } from './words.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What the repair does about a transaction that is open when something throws. */
export interface Rollback {
  readonly lease: Lease;
  /** The variable that remembers a failed ROLLBACK; none where the driver cannot discard a connection. */
  readonly broken: string | undefined;
  /** `client.query('ROLLBACK')`; none where the code's own `catch` does it. */
  readonly call: string | undefined;
  /** The code's own `catch` that gets the ROLLBACK; without it a new one does. */
  readonly host: TSESTree.CatchClause | undefined;
  /** The code's own ROLLBACKs: when they fail the connection is discarded as well. */
  readonly own: readonly TSESTree.CallExpression[];
  /** The code's own ROLLBACKs that the new one stands for. */
  readonly needless: readonly TSESTree.ExpressionStatement[];
}

/** `'none'` where no transaction can be open; undefined where it cannot be made safe. */
export function planRollback(sourceCode: SourceCode, hold: Hold, borrowed: Borrowed): Rollback | 'none' | undefined {
  const { lease } = borrowed;
  const words = findWords(borrowed);
  const [begin] = words.begin;
  if (!begin) return mayBeginElsewhere(sourceCode, borrowed) ? undefined : 'none';
  if (endsWithRelease(lease)) return 'none';
  if (!words.begin.every(isAwaited)) return undefined;
  const broken = lease.discard && freeName(sourceCode, hold.owner, 'broken');
  const own = ownRollbacks(hold, words);
  if (own && !own.every(isAwaited)) return undefined;
  if (own) return { lease, broken, own: broken ? own : [], call: undefined, host: undefined, needless: [] };
  const [host, ...others] = new Set([...words.begin, ...words.commit].map((call) => hostOf(call, hold)));
  const needless = needlessRollbacks(hold, words, host);
  if (others.length > 0 || !needless) return undefined;
  return { lease, broken, own: [], call: rollbackCall(sourceCode, hold, begin), host, needless };
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
