import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../analysis/model.ts';
import { canBeFunction } from './hoist-maker.ts';
import { textAtMargin } from './hoist-text.ts';
import { typeOfMade } from './hoist-type.ts';
import type { Style } from './style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** TypeScript, or JavaScript whose comments give types. */
export function isChecked({ text }: SourceCode, { isTyped }: Style): boolean {
  return isTyped || /@ts-check|@(?:param|returns?|type)\s*\{/.test(text);
}

/**
 * `let pool: Pool | undefined;`. Where only the expression itself tells the type, in front of it a function that
 * contains it: `const makeSql = () => postgres(url);`.
 */
export function letLines(
  sourceCode: SourceCode,
  creation: Creation,
  style: Style,
  name: string,
  maker: string,
): string[] | undefined {
  const { ends } = style;
  if (!isChecked(sourceCode, style)) return [`let ${name}${ends}`];
  const typed = (type: string): string[] =>
    style.isTyped
      ? [`let ${name}: ${type} | undefined${ends}`]
      : [`/** @type {${type} | undefined} */${style.eol}let ${name}${ends}`];
  const type = typeOfMade(sourceCode, creation);
  if (type !== undefined) return typed(type);
  if (!canBeFunction(sourceCode, creation)) return undefined;
  const made = `const ${maker} = () => ${textAtMargin(sourceCode, creation.site)}${ends}`;
  return [made, ...typed(`ReturnType<typeof ${maker}>`)];
}
