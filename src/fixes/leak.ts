import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
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
  if (verdict.leaks.every(({ witness }) => isAtCheckout(verdict, witness))) return undefined;
  switch (verdict.checkout.form) {
    case 'callback':
      return repairCallbackExits(sourceCode, verdict);
    case 'chained':
      return repairChain(sourceCode, verdict);
    default:
      return repairTransaction(context, verdict) ?? widenTry(sourceCode, verdict) ?? repairInFinally(context, verdict);
  }
}

/** Lost by the checkout itself (one of two at once fails): nothing after it can mend that. */
function isAtCheckout({ checkout: { site } }: Verdict, { range }: TSESTree.Node): boolean {
  let statement: TSESTree.Node = site;
  while (statement.parent && !/Statement$|Declaration$/.test(statement.type)) statement = statement.parent;
  const isPart = range[0] >= statement.range[0] && range[1] <= statement.range[1];
  return isPart && (site.range[0] > range[0] || site.range[1] < range[1]);
}
