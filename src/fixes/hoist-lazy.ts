import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../analysis/model.ts';
import { insert, replace } from './edit.ts';
import type { Edit } from './edit.ts';
import { isCaptured, nameFor, reaches } from './hoist-declare.ts';
import { isVisible } from './hoist-eager.ts';
import type { Shape } from './hoist-shape.ts';
import { textAtMargin } from './hoist-text.ts';
import type { Twin } from './hoist-twin.ts';
import { canBeFunction, classType } from './hoist-type.ts';
import { canBeOfModule, freeModuleName, nameOfMade, sharedName } from './module-level-name.ts';
import { writeAtModuleLevel } from './module-level.ts';
import type { Style } from './style.ts';

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
  const isPlain = declared && variable && !annotation && !(style.isTyped && isCaptured(variable, site));
  if (twin) return twin.made === undefined ? undefined : reuse(sourceCode, creation, shape, twin, isPlain === true);
  const isMerged = isPlain && canBeOfModule(sourceCode, variable);
  const given = variable?.name ?? nameOfMade(site, creation.kind);
  const name = isMerged ? given : nameFor(sourceCode, creation, { declared: undefined, variable });
  const type = style.isTyped ? classType(sourceCode, creation) : '';
  if (type === undefined && !canBeFunction(sourceCode, creation)) return undefined;
  const maker = freeModuleName(sourceCode, sharedName(given).replace(/^shared/, 'make'));
  const texts =
    type === undefined
      ? [
          `const ${maker} = () => ${textAtMargin(sourceCode, site)}${style.ends}`,
          `let ${name}: ReturnType<typeof ${maker}> | undefined${style.ends}`,
        ]
      : [`let ${name}${type && `: ${type} | undefined`}${style.ends}`];
  const written = writeAtModuleLevel(sourceCode, texts, site, type === undefined ? [site] : []);
  const edits = built(site, name, isMerged ? declared : undefined, type === undefined ? `${maker}()` : undefined);
  return written && [written, ...edits];
}

/** The expression, or the whole declaration, where it is built. */
function built(site: TSESTree.Node, name: string, declared: Shape['declared'], made: string | undefined): Edit[] {
  const value = made === undefined ? [] : [replace(...site.range, declared ? made : `(${name} ??= ${made})`)];
  if (declared) return [replace(declared.statement.range[0], site.range[0], `${name} ??= `), ...value];
  return made === undefined ? [insert(site.range[0], `(${name} ??= `), insert(site.range[1], ')')] : value;
}

function reuse(
  sourceCode: SourceCode,
  { site }: Creation,
  shape: Shape,
  twin: Twin,
  isPlain: boolean,
): Edit[] | undefined {
  const { declared, variable } = shape;
  const { name } = twin.variable;
  const isSame = isPlain && variable && variable.name === name && reaches(sourceCode, variable, twin);
  if (isSame) return built(site, name, declared, twin.made);
  return isVisible(sourceCode, site, twin) ? built(site, name, undefined, twin.made) : undefined;
}
