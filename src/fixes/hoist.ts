import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../analysis/model.ts';
import { isFunction, holderOf } from '../ast/functions.ts';
import type { Edit } from './edit.ts';
import { globalConst, isReloaded, isSameEverywhere } from './global-text.ts';
import { clear } from './hoist-clear.ts';
import { hoistEagerly, plainConst, takeTwin } from './hoist-eager.ts';
import { isKeptElsewhere } from './hoist-kept.ts';
import { hoistLazily } from './hoist-lazy.ts';
import { shapeOf } from './hoist-shape.ts';
import type { Shape } from './hoist-shape.ts';
import { findTwin } from './hoist-twin.ts';
import { sharingOf } from './hoist-uses.ts';
import { dependenceOf } from './module-level-dependence.ts';
import { dependenceOfArguments, dependenceOfSite } from './module-level-site.ts';
import { moduleStyle } from './module-level.ts';
import type { Repair } from './repair.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Builds at module level what a function builds at each call. */
export function repairByHoisting(context: Context, creation: Creation): Repair | undefined {
  const { sourceCode } = context;
  const { owns, site } = creation;
  const shape = isFunction(holderOf(site)) && !owns.pooled ? shapeOf(sourceCode, creation) : undefined;
  if (!shape || (!shape.variable && isKeptElsewhere(sourceCode, creation))) return undefined;
  const sharing = sharingOf(sourceCode, creation, shape);
  const moved = sharing && move(context, creation, shape);
  const cleared = sharing && clear(context, sharing);
  if (!moved || !cleared) return undefined;
  const isDoubtful = sharing.isFar || (sharing.removals.length > 0 && mayWait(creation));
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

function move(
  { filename, languageOptions, sourceCode }: Context,
  creation: Creation,
  shape: Shape,
): Edit[] | undefined {
  const { owns, site } = creation;
  const annotation = shape.declared?.declarator.id.typeAnnotation;
  if (annotation && dependenceOf(sourceCode, annotation) === 'bound') return undefined;
  const dependence = dependenceOfSite(sourceCode, site);
  if (dependence === 'bound') return undefined;
  const style = moduleStyle(sourceCode, site, filename);
  const twin = findTwin(sourceCode, creation);
  if (twin && twin.made === undefined) return takeTwin(sourceCode, creation, shape, twin);
  const isConstant =
    dependence === 'constant' || (owns.keepsWith && dependenceOfArguments(sourceCode, site) === 'constant');
  if (!twin && owns.reload && isReloaded(sourceCode, filename) && isSameEverywhere(sourceCode, creation))
    return hoistEagerly(sourceCode, creation, shape, globalConst(sourceCode, creation, style));
  if (!twin && isConstant && owns.what === 'pool') return hoistEagerly(sourceCode, creation, shape, plainConst(style));
  const isOld = typeof languageOptions?.ecmaVersion === 'number' && languageOptions.ecmaVersion < 2021;
  return isOld ? undefined : hoistLazily(sourceCode, creation, shape, style, twin);
}
