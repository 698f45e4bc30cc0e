import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import type { Rule } from 'eslint';

export interface ValidCase {
  readonly name: string;
  readonly code: string;
  /** `file.ts` unless told; `.tsx` for JSX. May carry folders: `src/app.ts`. */
  readonly filename?: string;
  readonly options?: readonly unknown[];
  /** Shared settings; ours stand under `pool`. */
  readonly settings?: { readonly pool?: unknown };
  readonly languageOptions?: Linter.LanguageOptions;
  /** Lints with type information. Oxlint has none, so such a case is not run there. */
  readonly types?: true;
  readonly only?: boolean;
}

export interface ExpectedSuggestion {
  readonly messageId: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly output: string;
}

export interface ExpectedError {
  readonly messageId: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly suggestions?: readonly ExpectedSuggestion[];
}

export interface InvalidCase extends ValidCase {
  readonly errors: readonly ExpectedError[];
  /** The code after one round of fixes; leave it out when nothing is fixed. */
  readonly output?: string;
  /** The fixed output still has reports of this rule, on purpose. */
  readonly remains?: true;
}

export interface Cases {
  readonly valid: readonly ValidCase[];
  readonly invalid: readonly InvalidCase[];
}

/** A rule as ESLint or as @typescript-eslint/utils types it. */
export interface AnyRule {
  readonly meta?: unknown;
  create(context: never): unknown;
}

const typedFolder = path.join(import.meta.dirname, 'typed');
const typedParserOptions = {
  project: './tsconfig.json',
  tsconfigRootDir: typedFolder,
  // In CI the parser expects one file once; here one file has many contents.
  disallowAutomaticSingleRunInference: true,
};

/** The case as ESLint's tester takes it: our own keys translated or dropped. */
export function toEslintCase<C extends ValidCase>(testCase: C) {
  const { types, remains: _remains, ...rest } = testCase as C & { remains?: true };
  if (!types) return { filename: 'file.ts', ...rest };
  return {
    ...rest,
    filename: path.join(typedFolder, testCase.filename ?? 'file.ts'),
    languageOptions: { ...testCase.languageOptions, parserOptions: typedParserOptions },
  };
}

/** Lints a case with its rule alone, the way ESLint's tester does. */
export function lintCase(ruleName: string, rule: AnyRule, testCase: ValidCase, code = testCase.code) {
  return lintWith({ parser }, ruleName, rule, testCase, code);
}

/** The same with ESLint's own parser, as plain JavaScript is linted. */
export function lintAsJavaScript(ruleName: string, rule: AnyRule, testCase: ValidCase) {
  return lintWith({ parserOptions: { ecmaFeatures: { jsx: true } } }, ruleName, rule, testCase, testCase.code);
}

function lintWith(own: Linter.LanguageOptions, ruleName: string, rule: AnyRule, testCase: ValidCase, code: string) {
  const { filename, options = [], settings = {}, languageOptions } = toEslintCase(testCase);
  const config: Linter.Config = {
    files: ['**'],
    plugins: { pool: { rules: { [ruleName]: rule as Rule.RuleModule } } },
    languageOptions: { ...own, ...languageOptions },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: { [`pool/${ruleName}`]: ['error', ...options] },
    settings,
  };
  return new Linter({ configType: 'flat' }).verify(code, [config], { filename });
}
