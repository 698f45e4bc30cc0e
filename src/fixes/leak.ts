import type { TSESLint } from '@typescript-eslint/utils';
import type { Verdict } from '../analysis/model.ts';
import { repairInFinally } from './in-finally.ts';
import type { Repair } from './repair.ts';
import { repairTransaction } from './roll-back.ts';
import { widenTry } from './widen-try.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** The repairs of a lost connection, best first. */
export function repairLeak(context: Context, verdict: Verdict): (Repair | undefined)[] {
  const main =
    repairTransaction(context, verdict) ?? widenTry(context.sourceCode, verdict) ?? repairInFinally(context, verdict);
  return [main];
}
