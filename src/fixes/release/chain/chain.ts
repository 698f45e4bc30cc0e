import type { TSESTree } from '@typescript-eslint/utils';
import type { Checkout, FunctionNode } from '../../../analysis/model.ts';
import { isFunction } from '../../../ast/functions.ts';
import { propertyName } from '../../../ast/property-name.ts';
import { unwrap, wrapped } from '../../../ast/unwrap.ts';
import { findGiveBack } from '../give-back.ts';
import type { GiveBack } from '../give-back.ts';
import { isInside } from '../../../ast/inside.ts';

/** `(client) => …` of `pool.connect().then((client) => …)`. */
export function handlerOf({ form, site }: Checkout): FunctionNode | undefined {
  const member = form === 'chained' ? wrapped(site).parent : undefined;
  const call = member && wrapped(member).parent;
  const handler = call?.type === 'CallExpression' && call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
  return isFunction(handler) ? handler : undefined;
}

/** The call that the handler returns and does nothing besides. */
export function chainOf({ body, async }: FunctionNode): TSESTree.CallExpression | undefined {
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

/** The giving back as a statement of a `.then(…)` of this very chain, with one handler. */
export function findLinkGiveBack(checkout: Checkout, chain: TSESTree.CallExpression): GiveBack | undefined {
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
