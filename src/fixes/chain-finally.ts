import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout, FunctionNode, Verdict } from '../analysis/model.ts';
import { isFunction } from '../ast/functions.ts';
import { propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { insert } from './edit.ts';
import { findGiveBack } from './give-back.ts';
import type { GiveBack } from './give-back.ts';
import { isAtOnce } from './light.ts';
import { isInside } from './places.ts';
import { cut } from './remove-statement.ts';
import type { Repair } from './repair.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `client.query(…).then(…)` that gives back on one side only: `.finally(() => client.release())` at its end. */
export function repairChain(sourceCode: SourceCode, { checkout, lateUses }: Verdict): Repair | undefined {
  const handler = handlerOf(checkout);
  const chain = handler && chainOf(handler);
  const [method] = checkout.lease.giveBack;
  if (!handler || !chain || method === undefined || lateUses.length > 0 || checkout.releases.length > 1)
    return undefined;
  if (
    !checkout.variable?.references.every(({ identifier }) => isInside(identifier as TSESTree.Node, chain)) ||
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

/** `(client) => …` of `pool.connect().then((client) => …)`. */
function handlerOf({ form, site }: Checkout): FunctionNode | undefined {
  const member = form === 'chained' ? wrapped(site).parent : undefined;
  const call = member && wrapped(member).parent;
  const handler = call?.type === 'CallExpression' && call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
  return isFunction(handler) ? handler : undefined;
}

/** The call that the handler returns and does nothing besides. */
function chainOf({ body, async }: FunctionNode): TSESTree.CallExpression | undefined {
  if (async) return undefined;
  const [only, ...more] = body.type === 'BlockStatement' ? body.body : [];
  const value =
    body.type !== 'BlockStatement'
      ? body
      : only?.type === 'ReturnStatement' && more.length === 0
        ? only.argument
        : undefined;
  return value?.type === 'CallExpression' ? value : undefined;
}

/** What both ends a transaction and gives back, or needs a ROLLBACK first, is not for `finally`. */
function isTransactional(sourceCode: SourceCode, { lease }: Checkout, chain: TSESTree.Node): boolean {
  const text = sourceCode.getText(chain);
  const words = Object.values(lease.transaction ?? {}).flat();
  return /\b(?:BEGIN|START TRANSACTION|COMMIT)\b/i.test(text) || words.some((word) => text.includes(`.${word}(`));
}

/** The giving back as a statement of a `.then(…)` of this very chain, with one handler. */
function findLinkGiveBack(checkout: Checkout, chain: TSESTree.CallExpression): GiveBack | undefined {
  const [call] = checkout.releases;
  for (let link: TSESTree.Node = chain; call && link.type === 'CallExpression';) {
    const callee: TSESTree.Node = unwrap(link.callee);
    if (callee.type !== 'MemberExpression') return undefined;
    const handler = link.arguments[0];
    if (handler && isFunction(handler) && isInside(call, handler)) {
      const isThen = propertyName(callee) === 'then' && link.arguments.length === 1;
      const found = isThen ? findGiveBack(checkout, call, handler) : undefined;
      return found?.statement.parent === handler.body ? found : undefined;
    }
    link = unwrap(callee.object);
  }
  return undefined;
}
