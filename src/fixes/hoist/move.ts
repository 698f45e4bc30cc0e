import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { isReloaded } from '../global/reloaded.ts';
import type { Edit } from '../text/edit.ts';
import { globalConst, isSameEverywhere } from '../global/kept.ts';
import { plainConst } from '../module-level/const.ts';
import { hoistEagerly, takeTwin } from './eager.ts';
import { hoistLazily } from './lazy.ts';
import { listening } from './listen.ts';
import type { Shape } from './shape.ts';
import { findTwin } from './twin.ts';
import { dependenceOf } from '../module-level/dependence.ts';
import { dependenceOfArguments, dependenceOfSite } from '../module-level/site.ts';
import { moduleStyle } from '../module-level/module-level.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Builds it at module level: with the module, or when it is first needed. */
export function move(context: Context, creation: Creation, shape: Shape): Edit[] | undefined {
  const { filename, languageOptions, sourceCode } = context;
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
    return hoistEagerly(sourceCode, creation, shape, globalConst(sourceCode, creation, style), '');
  const follows = listening(sourceCode, creation, shape, style);
  if (follows === undefined) return undefined;
  if (!twin && isConstant && owns.what === 'pool')
    return hoistEagerly(sourceCode, creation, shape, plainConst(style), follows);
  const isOld = typeof languageOptions?.ecmaVersion === 'number' && languageOptions.ecmaVersion < 2021;
  return isOld ? undefined : hoistLazily(sourceCode, creation, shape, style, twin);
}
