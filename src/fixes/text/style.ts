import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { indentUnit } from './indent.ts';
import { eolOf, lastToken, marginAt } from './lines.ts';

/** How the code around a statement is written. */
export interface Style {
  readonly eol: string;
  readonly margin: string;
  readonly unit: string;
  /** What ends a statement. */
  readonly ends: string;
  readonly isTyped: boolean;
}

export function styleAt(sourceCode: Readonly<TSESLint.SourceCode>, statement: TSESTree.Node, filename: string): Style {
  return {
    eol: eolOf(sourceCode),
    margin: marginAt(sourceCode, statement.range[0]),
    unit: indentUnit(sourceCode, statement),
    ends: endsOf(sourceCode, statement),
    isTyped: /\.[cm]?tsx?$|\.vue$/.test(filename),
  };
}

/** TypeScript, or JavaScript whose comments give types. */
export function isChecked({ text }: Readonly<TSESLint.SourceCode>, { isTyped }: Style): boolean {
  return isTyped || /@ts-check|@(?:param|returns?|type)\s*\{/.test(text);
}

/** A block says nothing about semicolons: then the file does. */
function endsOf(sourceCode: Readonly<TSESLint.SourceCode>, statement: TSESTree.Node): string {
  const { value } = lastToken(sourceCode, statement);
  const hasOne = value === '}' ? /;[ \t]*\r?\n/.test(sourceCode.text) : value === ';';
  return hasOne ? ';' : '';
}

/** Lines at the margin; each leading `>` is one step further in. */
export function lines({ eol, margin, unit }: Style, texts: readonly string[]): string {
  return texts.map((text) => text.replace(/^>*/, (steps) => margin + unit.repeat(steps.length))).join(eol);
}
