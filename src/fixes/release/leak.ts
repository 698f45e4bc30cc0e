import type { TSESLint } from '@typescript-eslint/utils';
import type { Leak, Verdict } from '../../analysis/model.ts';
import { repairCallbackExits } from './callback/exits.ts';
import { repairChain } from './chain/finally.ts';
import { repairInFinally } from './in-finally.ts';
import { isInside } from '../../ast/inside.ts';
import { statementAround } from '../../ast/statement-around.ts';
import type { Repair } from '../repair.ts';
import { repairTransaction } from './rollback/rollback.ts';
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
      if (verdict.leaks.every((leak) => isAtCheckout(verdict, leak))) return undefined;
      return repairTransaction(context, verdict) ?? widenTry(sourceCode, verdict) ?? repairInFinally(context, verdict);
  }
}

/** Lost by the statement of the checkout itself (one of two at once fails): nothing after it can mend that. */
function isAtCheckout({ checkout: { site } }: Verdict, { reason, witness }: Leak): boolean {
  const statement = statementAround(site);
  return reason === 'throw' && isInside(witness, statement) && !isInside(witness, site);
}
