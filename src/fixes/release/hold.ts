import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout, FunctionNode } from '../../analysis/model.ts';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { findGiveBack } from './give-back.ts';
import type { GiveBack } from './give-back.ts';
import { isInside } from '../../ast/inside.ts';
import { indexIn, placeOf } from '../../ast/places.ts';
import type { List } from '../../ast/places.ts';
import { nextTake, takingStatement } from './taking.ts';

/**
 * The stretch of a statement list in which a connection is held: from the statement that takes it to the end of the
 * list, or to the next one put into the same variable. Nothing where the connection is seen outside of the stretch.
 */
export interface Hold {
  readonly checkout: Checkout;
  readonly variable: TSESLint.Scope.Variable;
  readonly owner: FunctionNode;
  readonly list: List;
  /** Index of the statement that takes the connection. */
  readonly take: number;
  /** Index behind the last statement of the stretch. */
  readonly end: number;
  /** Every statement of the stretch that gives it back. */
  readonly giveBacks: readonly GiveBack[];
}

export function findHold(checkout: Checkout): Hold | undefined {
  const { variable, site } = checkout;
  const statement = takingStatement(site);
  const place = statement && placeOf(statement);
  const owner = holderOf(site);
  if (!variable || !place || !isFunction(owner)) return undefined;
  const { list, index: take } = place;
  const end = nextTake(variable, list, take);
  if (end === undefined || !isSeenOnlyIn(variable, list, take)) return undefined;
  const stretch = list.slice(take + 1, end);
  const calls = checkout.releases.filter((call) => stretch.some((one) => isInside(call, one)));
  const giveBacks = calls.map((call) => findGiveBack(checkout, call, owner));
  if (giveBacks.some((one) => !one)) return undefined;
  return { checkout, variable, owner, list, take, end, giveBacks: giveBacks as GiveBack[] };
}

/** Uses before and behind the stretch are about other connections only if these are taken in the same list. */
function isSeenOnlyIn(variable: TSESLint.Scope.Variable, list: List, take: number): boolean {
  const isEarlier = variable.references.some(
    (one) => isTake(one) && indexOf(list, one) > -1 && indexOf(list, one) < take,
  );
  return variable.references.every((one) => {
    if (one.isWrite() && !isTake(one)) return indexOf(list, one) < take;
    return indexOf(list, one) >= (isEarlier ? 0 : take);
  });
}

function indexOf(list: List, { identifier }: TSESLint.Scope.Reference): number {
  return indexIn(list, identifier as TSESTree.Node);
}

/** Not `let client = null;`. */
function isTake(reference: TSESLint.Scope.Reference): boolean {
  const value = reference.writeExpr as TSESTree.Node | null | undefined;
  const isNothing = value?.type === 'Literal' || (value?.type === 'Identifier' && value.name === 'undefined');
  return reference.isWrite() && !isNothing;
}
