import parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';

/** Lints a text with the release rules, and repairs it as `eslint --fix` does. */

const releaseRules = [
  'pool/require-release',
  'pool/no-double-release',
  'pool/no-use-after-release',
  'pool/no-transaction-on-pool',
];

const config: Linter.Config = {
  files: ['**/*.ts'],
  languageOptions: { parser },
  plugins: { pool: plugin },
  rules: Object.fromEntries(Object.entries(plugin.configs.all.rules ?? {}).filter(([id]) => releaseRules.includes(id))),
};

const linter = new Linter();

export type Report = Linter.LintMessage;

export function lint(source: string): Report[] {
  const reports = linter.verify(source, config, 'case.ts');
  const fatal = reports.find((report) => report.fatal);
  if (fatal) throw new SyntaxError(fatal.message);
  return reports;
}

export function fix(source: string): string {
  return linter.verifyAndFix(source, config, 'case.ts').output;
}

/** The text after each suggestion alone, with the title of the suggestion. */
export function applySuggestions(source: string, reports: readonly Report[]): (readonly [string, string])[] {
  return reports.flatMap(({ ruleId, suggestions = [] }) =>
    suggestions.map(({ desc, fix: { range, text } }) => {
      const output = source.slice(0, range[0]) + text + source.slice(range[1]);
      return [`${ruleId}: ${desc}`, output] as const;
    }),
  );
}

export function isLeakReport(report: Report): boolean {
  return report.ruleId === 'pool/require-release';
}
