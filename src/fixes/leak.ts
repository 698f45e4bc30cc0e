import type { TSESLint } from '@typescript-eslint/utils';
import type { Verdict } from '../analysis/model.ts';
import { repairCallbackExits } from './callback-exits.ts';
import { repairChain } from './chain-finally.ts';
import { repairInFinally } from './in-finally.ts';
import type { Repair } from './repair.ts';
import { repairTransaction } from './roll-back.ts';
import { widenTry } from './widen-try.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** The repair of a lost connection, by the way in which it is held. */
export function repairLeak(context: Context, verdict: Verdict): Repair | undefined {
  const { sourceCode } = context;
  switch (verdict.checkout.form) {
    case 'callback':
      return repairCallbackExits(sourceCode, verdict);
    case 'chained':
      return repairChain(sourceCode, verdict);
    default:
      return repairTransaction(context, verdict) ?? widenTry(sourceCode, verdict) ?? repairInFinally(context, verdict);
  }
}
