import type { TSESLint } from '@typescript-eslint/utils';
import type { Borrowed } from './borrowed.ts';
import { canExtend, carriedBy } from './extend.ts';
import type { Hold } from './hold.ts';
import type { Plan } from './plan.ts';
import { isAskedFor } from './presence.ts';
import { firstIndex, isLastOnItsWay, isLent, lastUse } from './stretch.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

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
  const carried = carriedBy(sourceCode, hold.list.slice(first, last + 1), borrowed.names, isTyped);
  if (carried.length === 0) return { ...plan, carried };
  const longer = { ...plan, last: hold.end - 1, inPlace: false };
  if (canExtend(sourceCode, longer, last)) return { ...longer, carried: [] };
  return carried.every(({ way }) => way) ? { ...plan, carried } : undefined;
}
