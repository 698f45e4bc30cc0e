import * as parser from '@typescript-eslint/parser';
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

/** What a reader would miss in the repaired text: comments, and the line ends of the file. */
export function collectLosses(source: string, repaired: string): string[] {
  const left = commentsOf(repaired);
  const lost = commentsOf(source).filter((comment) => !left.includes(comment));
  const losses = lost.map((comment) => `a comment is lost: ${comment}`);
  if (isRepeating(left) && !isRepeating(commentsOf(source))) losses.push('a comment is repeated');
  if (lineEnds(source) !== lineEnds(repaired)) losses.push('line ends are mixed');
  return losses;
}

function isRepeating(comments: readonly string[]): boolean {
  return comments.length > new Set(comments).size;
}

function commentsOf(text: string): string[] {
  const { comments = [] } = parser.parse(text, { comment: true });
  return comments.map(({ value }) => value.trim());
}

function lineEnds(text: string): string {
  return [...new Set(text.match(/\r?\n/g))].map((end) => JSON.stringify(end)).join();
}
