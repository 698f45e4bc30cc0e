import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import type { Edit } from '../text/edit.ts';
import { isCaptured, nameFor } from './declare.ts';
import { built, reuse } from './in-place.ts';
import { letLines } from './let.ts';
import { listening } from './listen.ts';
import type { Shape } from './shape.ts';
import type { Twin } from './twin.ts';
import { canBeOfModule, freeModuleName, nameOfMade, prefixed } from '../module-level/name.ts';
import { marginAt } from '../text/lines.ts';
import { writeAtModuleLevel } from '../module-level/module-level.ts';
import type { Style } from '../text/style.ts';
import { isChecked } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Builds it once, when it is first needed: `pool ??= new Pool(…)` where it was built. */
export function hoistLazily(
  sourceCode: SourceCode,
  creation: Creation,
  shape: Shape,
  style: Style,
  twin: Twin | undefined,
): Edit[] | undefined {
  const { site } = creation;
  const { declared, variable } = shape;
  const annotation = declared?.declarator.id.typeAnnotation;
  // What is narrowed in a function is not in the functions inside of it.
  const isPlain = declared && variable && !annotation && !(isChecked(sourceCode, style) && isCaptured(variable, site));
  if (twin) return twin.made === undefined ? undefined : reuse(sourceCode, creation, shape, twin, isPlain === true);
  const isMerged = isPlain && canBeOfModule(sourceCode, variable);
  const given = variable?.name ?? nameOfMade(site, creation.kind);
  const name = isMerged ? given : nameFor(sourceCode, creation, { declared: undefined, variable });
  const maker = freeModuleName(sourceCode, prefixed('make', given));
  const margin = marginAt(sourceCode, site.range[0]);
  const [follows, followsMaker] = [margin, ''].map((one) =>
    listening(sourceCode, creation, shape, { ...style, margin: one }),
  );
  if (follows === undefined || followsMaker === undefined) return undefined;
  const found = letLines(sourceCode, creation, style, name, maker, followsMaker);
  if (!found) return undefined;
  const written = writeAtModuleLevel(sourceCode, found.lines, site, found.made === undefined ? [] : [site]);
  return written && [written, ...built(site, name, isMerged ? declared : undefined, found.made, follows)];
}
