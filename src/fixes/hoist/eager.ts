import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { isVisible } from '../code/same-name.ts';
import type { Declare } from '../module-level/const.ts';
import type { Edit } from '../text/edit.ts';
import { inPlace, nameFor, reaches, renameEdits } from './declare.ts';
import type { Shape } from './shape.ts';
import type { Twin } from './twin.ts';
import { writeAtModuleLevel } from '../module-level/module-level.ts';
import { textAtMargin } from '../text/at-margin.ts';
import { commentBehind, commentsAbove } from '../text/comments.ts';
import { cutDeclaration } from '../text/remove-statement.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Builds it once, when the module is loaded. */
export function hoistEagerly(
  sourceCode: SourceCode,
  creation: Creation,
  shape: Shape,
  declare: Declare,
  follows: string,
): Edit[] | undefined {
  const { site } = creation;
  const { declared, variable } = shape;
  const name = nameFor(sourceCode, creation, shape);
  const annotation = declared?.declarator.id.typeAnnotation;
  const texts = [
    ...(declared ? commentsAbove(sourceCode, declared.statement) : []),
    ...declare(name, textAtMargin(sourceCode, site) + follows, annotation ? sourceCode.getText(annotation) : ''),
  ];
  const reads: TSESTree.Node[] = annotation ? [site, annotation] : [site];
  const behind = declared ? commentBehind(sourceCode, declared.statement) : '';
  const lines = texts.map((one, index) => (index === texts.length - 1 ? one + behind : one));
  const written = writeAtModuleLevel(sourceCode, lines, site, reads);
  if (!written) return undefined;
  if (!declared || !variable) return [written, inPlace(site, name)];
  return [written, cutDeclaration(sourceCode, declared.statement), ...renameEdits(variable, name)];
}

/** Uses what the module has already. */
export function takeTwin(sourceCode: SourceCode, creation: Creation, shape: Shape, twin: Twin): Edit[] | undefined {
  const { declared, variable } = shape;
  const { name } = twin.variable;
  if (!declared || !variable)
    return isVisible(sourceCode, twin.variable, creation.site) ? [inPlace(creation.site, name)] : undefined;
  if (!reaches(sourceCode, variable, twin)) return undefined;
  return [cutDeclaration(sourceCode, declared.statement), ...renameEdits(variable, name)];
}
