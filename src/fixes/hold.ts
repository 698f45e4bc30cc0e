import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout, FunctionNode } from '../analysis/model.ts';
import { holderOf, isFunction } from '../ast/functions.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { findGiveBack } from './give-back.ts';
import type { GiveBack } from './give-back.ts';
import { indexIn, isInside, placeOf } from './places.ts';
import type { List } from './places.ts';

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

/** `const x = await …;` or `x = await …;` and nothing else; also one of `const [a, b] = await Promise.all([…])`. */
function takingStatement(site: TSESTree.Node): TSESTree.Node | undefined {
  let value = wrapped(site);
  if (value.parent?.type === 'MemberExpression') value = wrapped(value.parent);
  if (value.parent?.type === 'ArrayExpression') value = wrapped(value.parent.parent);
  if (value.parent?.type === 'AwaitExpression') value = wrapped(value.parent);
  const { parent } = value;
  if (parent?.type === 'VariableDeclarator') return parent.parent.declarations.length === 1 ? parent.parent : undefined;
  const isAssigned =
    parent?.type === 'AssignmentExpression' && parent.operator === '=' && unwrap(parent.right) === unwrap(value);
  return isAssigned && parent.parent.type === 'ExpressionStatement' ? parent.parent : undefined;
}

/** Where the variable is written next, in the same list; undefined where that is not plain. */
function nextTake(variable: TSESLint.Scope.Variable, list: List, take: number): number | undefined {
  let end = list.length;
  for (const reference of variable.references) {
    const index = reference.isWrite() ? indexIn(list, reference.identifier as TSESTree.Node) : -1;
    if (index <= take) continue;
    if (list[index]?.type !== 'ExpressionStatement') return undefined;
    end = Math.min(end, index);
  }
  return end;
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
