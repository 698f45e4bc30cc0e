import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { textAtMargin } from '../text/at-margin.ts';
import { makerParameters } from '../module-level/parameters.ts';
import { typeOfMade } from '../module-level/type.ts';
import type { Style } from '../text/style.ts';
import { isChecked } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

export interface Let {
  readonly lines: readonly string[];
  /** The call that builds it, where that is not the expression itself. */
  readonly made: string | undefined;
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
  follows: string,
): Let | undefined {
  const { ends } = style;
  if (!isChecked(sourceCode, style)) return { lines: [`let ${name}${ends}`], made: undefined };
  const typed = (type: string): string[] =>
    style.isTyped
      ? [`let ${name}: ${type} | undefined${ends}`]
      : [`/** @type {${type} | undefined} */${style.eol}let ${name}${ends}`];
  const type = typeOfMade(sourceCode, creation);
  if (type !== undefined) return { lines: typed(type), made: undefined };
  const parameters = makerParameters(sourceCode, creation);
  // A comment would have to give the types of the parameters too.
  if (!parameters || (parameters.length > 0 && !style.isTyped)) return undefined;
  const given = parameters.map((one) => `${one.name}: ${one.type}`).join(', ');
  const text = `const ${maker} = (${given}) => ${textAtMargin(sourceCode, creation.site)}${follows}${ends}`;
  const made = `${maker}(${parameters.map((one) => one.name).join(', ')})`;
  return { lines: [text, ...typed(`ReturnType<typeof ${maker}>`)], made };
}
