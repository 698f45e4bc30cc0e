import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout, Verdict } from '../../../analysis/model.ts';
import { chainOf, findLinkGiveBack, handlerOf } from './chain.ts';
import { insert } from '../../text/edit.ts';
import { isAtOnce } from '../../code/light.ts';
import { isInside } from '../../../ast/inside.ts';
import { identifiersOf } from '../../../ast/variables.ts';
import { cut } from '../../text/remove-statement.ts';
import type { Repair } from '../../repair.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `client.query(…).then(…)` that gives back on one side only: `.finally(() => client.release())` at its end. */
export function repairChain(sourceCode: SourceCode, { checkout, lateUses }: Verdict): Repair | undefined {
  const handler = handlerOf(checkout);
  const chain = handler && chainOf(handler);
  const { variable } = checkout;
  const [method] = checkout.lease.giveBack;
  if (!handler || !chain || method === undefined || lateUses.length > 0 || checkout.releases.length > 1)
    return undefined;
  if (
    !variable ||
    !identifiersOf(variable).every((one) => isInside(one, chain)) ||
    isTransactional(sourceCode, checkout, chain)
  )
    return undefined;
  const giveBack = findLinkGiveBack(checkout, chain);
  if (
    checkout.releases.length > 0 &&
    !(giveBack && giveBack.list.slice(giveBack.index + 1).every((one) => isAtOnce(sourceCode, one)))
  )
    return undefined;
  const text = giveBack ? sourceCode.getText(giveBack.call) : `${checkout.name}.${method}()`;
  const end = insert(chain.range[1], `.finally(() => ${text})`);
  return {
    kind: 'fix',
    messageId: 'releaseInFinally',
    edits: [...(giveBack ? [cut(sourceCode, giveBack.statement)] : []), end],
  };
}

/** What both ends a transaction and gives back, or needs a ROLLBACK first, is not for `finally`. */
function isTransactional(sourceCode: SourceCode, { lease }: Checkout, chain: TSESTree.Node): boolean {
  const text = sourceCode.getText(chain);
  const words = Object.values(lease.transaction ?? {}).flat();
  return /\b(?:BEGIN|START TRANSACTION|COMMIT)\b/i.test(text) || words.some((word) => text.includes(`.${word}(`));
}
