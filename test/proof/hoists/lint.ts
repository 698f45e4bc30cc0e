import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../../src/index.ts';

/** Lints and repairs as users do: `recommended`, all rounds of `--fix`. */

const config: Linter.Config = { files: ['**'], languageOptions: { parser } };
const configs = [config, plugin.configs.recommended];
const linter = new Linter();

export type Report = Linter.LintMessage;

export const hoistRules: ReadonlySet<string | null> = new Set([
  'pool/no-connect-per-request',
  'pool/no-pool-in-handler',
]);

export function lint(source: string, filename: string): Report[] {
  return checked(linter.verify(source, configs, filename));
}

export function fix(source: string, filename: string): { output: string; left: Report[] } {
  const { output, messages } = linter.verifyAndFix(source, configs, filename);
  return { output, left: checked(messages) };
}

function checked(reports: Report[]): Report[] {
  const fatal = reports.find((report) => report.fatal);
  if (fatal) throw new SyntaxError(fatal.message);
  return reports;
}
