import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { isVisible } from '../code/same-name.ts';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { reaches, renameEdits } from './declare.ts';
import type { Shape } from './shape.ts';
import type { Twin } from './twin.ts';
import { freeModuleName } from '../module-level/name.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `pool ??= new Pool(…)` in the place of the whole declaration, or of the expression. `made` stands for the latter, `follows` behind it. */
export function built(
  site: TSESTree.Node,
  name: string,
  declared: Shape['declared'],
  made: string | undefined,
  follows = '',
): Edit[] {
  if (declared) {
    const start = replace(declared.statement.range[0], site.range[0], `${name} ??= `);
    const end = follows === '' ? [] : [insert(site.range[1], follows)];
    return made === undefined ? [start, ...end] : [start, replace(...site.range, made)];
  }
  if (made !== undefined) return [replace(...site.range, `(${name} ??= ${made})`)];
  return [insert(site.range[0], `(${name} ??= `), insert(site.range[1], `${follows})`)];
}

/** The same, through what the module declares already. A local variable that hides its name gets another one. */
export function reuse(
  sourceCode: SourceCode,
  { site }: Creation,
  { declared, variable }: Shape,
  twin: Twin,
  isPlain: boolean,
): Edit[] | undefined {
  const { name } = twin.variable;
  const isSame = variable?.name === name && reaches(sourceCode, variable, twin);
  if (isSame && isPlain) return built(site, name, declared, twin.made);
  if (isVisible(sourceCode, twin.variable, site)) return built(site, name, undefined, twin.made);
  if (!isSame || !declared) return undefined;
  const local = freeModuleName(sourceCode, name);
  const { range, typeAnnotation } = declared.declarator.id;
  const renamed = replace(range[0], typeAnnotation?.range[0] ?? range[1], local);
  return [renamed, ...built(site, name, undefined, twin.made), ...renameEdits(variable, local)];
}
