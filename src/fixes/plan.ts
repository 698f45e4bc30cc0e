import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../ast/unwrap.ts';
import type { Borrowed } from './borrow.ts';
import { collectCarried, wayOf } from './carried.ts';
import type { Carried, Way } from './carried.ts';
import type { GiveBack } from './give-back.ts';
import { isHarmless } from './harmless.ts';
import type { Hold } from './hold.ts';
import { isLight } from './light.ts';
import { indexIn, isInside } from './places.ts';
import { isAskedFor, isPresenceGuard } from './presence.ts';
import { tailOf } from './tail.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Which statements go into the `try`, and what happens to those that give back. */
export interface Plan {
  readonly hold: Hold;
  readonly borrowed: Borrowed;
  /** Indexes of the first and last statement of the `try`. */
  readonly first: number;
  readonly last: number;
  /** The giving back that becomes the `finally`; none where the code has none in this list. */
  readonly end: GiveBack | undefined;
  /** It stays where it is: right behind the `try`. */
  readonly inPlace: boolean;
  /** Those that are not needed any more. */
  readonly others: readonly GiveBack[];
  readonly carried: readonly (Carried & { readonly way: Way })[];
}

/** `isLate`: the connection is used behind the giving back, which is to move behind the last use. */
export function makePlan(
  sourceCode: SourceCode,
  hold: Hold,
  borrowed: Borrowed,
  isTyped: boolean,
  isLate: boolean,
): Plan | undefined {
  const end = hold.giveBacks.findLast((one) => one.list === hold.list);
  const others = hold.giveBacks.filter((one) => one !== end);
  const first = firstIndex(hold, borrowed);
  const last = end && !isLate ? end.index - 1 : lastUse(hold, borrowed);
  const isUsedBehind = end !== undefined && borrowed.uses.some((use) => use.range[0] > end.statement.range[1]);
  if (last < first || isUsedBehind !== isLate) return undefined;
  if (borrowed.uses.some((use) => use.range[0] >= (hold.list[first]?.range[0] ?? 0) && isAskedFor(use, hold.giveBacks)))
    return undefined;
  if (!others.every((one) => isLastOnItsWay(sourceCode, hold, one, end, last))) return undefined;
  if (hold.giveBacks.length === 0 && borrowed.uses.some(isLent)) return undefined;
  const plan = { hold, borrowed, first, last, end, inPlace: end !== undefined && !isLate, others };
  const carried = carriedBy(sourceCode, plan, isTyped);
  if (carried.length === 0) return { ...plan, carried };
  const longer = { ...plan, last: hold.end - 1, inPlace: false };
  if (canExtend(sourceCode, longer, last)) return { ...longer, carried: [] };
  return carried.every(({ way }) => way) ? { ...plan, carried } : undefined;
}

/** What cannot fail stays before the `try`. */
export function firstIndex({ list, take, end, variable }: Hold, { names }: Borrowed): number {
  let first = take + 1;
  const isLeft = (one: TSESTree.Statement): boolean => isHarmless(one, names) || isPresenceGuard(one, variable);
  for (let one = list[first]; one && first < end && isLeft(one); one = list[first]) first++;
  return first;
}

function lastUse({ list, take, end }: Hold, { uses }: Borrowed): number {
  const indexes = uses.map((use) => indexIn(list, use)).filter((index) => index < end);
  return Math.max(...indexes) > take ? Math.max(...indexes) : end - 1;
}

/** What follows on the way out neither waits nor takes another connection, so that `finally` may do it. */
function isLastOnItsWay(
  sourceCode: SourceCode,
  { list }: Hold,
  one: GiveBack,
  end: GiveBack | undefined,
  last: number,
): boolean {
  const tail = tailOf(sourceCode, one.statement, list.slice(0, last + 1));
  return tail === 'leaves' || (tail === 'ends' && !end);
}

/** `cleanUp(client)`: it may be what gives the connection back. */
function isLent(use: TSESTree.Node): boolean {
  const value = wrapped(use);
  return value.parent?.type === 'CallExpression' && value.parent.callee !== value;
}

/** The declarations of a future `try` that the code outside of it uses. */
export function carriedBy(
  sourceCode: SourceCode,
  { hold, borrowed, first, last }: Pick<Plan, 'borrowed' | 'first' | 'hold' | 'last'>,
  isTyped: boolean,
): Plan['carried'] {
  const span = hold.list.slice(first, last + 1);
  const outside = (node: TSESTree.Node): boolean => !span.some((one) => isInside(node, one));
  return collectCarried(sourceCode, span, outside).map((one) => ({
    ...one,
    way: wayOf(sourceCode, one, span, borrowed.names, isTyped),
  }));
}

/** The rest of the list may move into the `try`: always where nothing gave back, else if it is light. */
function canExtend(
  sourceCode: SourceCode,
  { hold, others, end, last }: Omit<Plan, 'carried'>,
  before: number,
): boolean {
  if (hold.end !== hold.list.length) return false;
  if (!end && others.length === 0) return true;
  const rest = hold.list.slice(before + 1, last + 1).filter((one) => one !== end?.statement);
  return rest.every((one) => one.type !== 'FunctionDeclaration' && isLight(sourceCode, one));
}
