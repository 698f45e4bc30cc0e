import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { isFunction, holderOf } from '../../ast/functions.ts';
import type { Edit } from '../text/edit.ts';
import { clear } from './clear.ts';
import { isKeptElsewhere } from './kept.ts';
import { shapeOf } from './shape.ts';
import { takeShared } from './shared.ts';
import { sharingOf } from './uses.ts';
import type { SharedPool } from '../named-pool/import.ts';
import { answersLate } from '../code/answers-late.ts';
import type { Repair } from '../repair.ts';
import { move } from './move.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Builds at module level what a function builds at each call. */
export function repairByHoisting(context: Context, creation: Creation, shared?: SharedPool): Repair | undefined {
  const { sourceCode } = context;
  const { owns, site } = creation;
  const shape = isFunction(holderOf(site)) && !owns.pooled ? shapeOf(sourceCode, creation) : undefined;
  if (!shape || (!shape.variable && isKeptElsewhere(sourceCode, creation))) return undefined;
  const sharing = sharingOf(sourceCode, creation, shape);
  const imported = shared && takeShared(context, creation, shape, shared);
  const moved = imported ?? move(context, creation, shape);
  const cleared = sharing && clear(context, sharing);
  if (!moved || !cleared) return undefined;
  // Only who wrote the settings knows whether its methods give promises, as those of `createPool` may not.
  const isUnsure = imported !== undefined && site.type === 'CallExpression';
  const isDoubtful =
    isUnsure || sharing.isFar || (sharing.removals.length > 0 && (mayWait(creation) || answersLate(sourceCode, site)));
  const isGone = ({ range }: Edit): boolean =>
    cleared.some((one) => one.range[0] <= range[0] && range[1] <= one.range[1] && range[0] < one.range[1]);
  const edits = [...moved.filter((one) => !isGone(one)), ...cleared];
  return { kind: isDoubtful ? 'suggest' : 'fix', messageId: 'hoist', edits };
}

/**
 * Somebody may wait for the connections to end: a program that calls the function once, or AWS Lambda, which answers for
 * a handler with a callback when nothing is open any more.
 */
function mayWait({ repeats, holder }: Creation): boolean {
  if (repeats?.reason === 'oneShot') return repeats.certainty === 'likely';
  return repeats?.what.includes('Lambda') === true && !('async' in holder && holder.async);
}
