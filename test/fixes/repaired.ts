import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';

const linter = new Linter();

function configOf(rule: string): Linter.Config {
  return {
    files: ['**/*.{js,ts}'],
    languageOptions: { parser },
    plugins: { pool: plugin },
    rules: { [`pool/${rule}`]: 'error' },
  };
}

/** The text after all rounds of `--fix`. */
export function repaired(rule: string, code: string, filename = 'file.js'): string {
  const { output, messages } = linter.verifyAndFix(code, configOf(rule), filename);
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message}\n${output}`);
  return output;
}

/** The titles of the suggestions, with the texts that they write. */
export function suggested(rule: string, code: string, filename = 'file.js'): Record<string, string> {
  const messages = linter.verify(code, configOf(rule), filename);
  const suggestions = messages.flatMap((message) => message.suggestions ?? []);
  return Object.fromEntries(
    suggestions.map(({ messageId, fix }) => [
      messageId ?? '',
      code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]),
    ]),
  );
}

/** How often the rule reports. */
export function countReports(rule: string, code: string, filename = 'file.js'): number {
  return linter.verify(code, configOf(rule), filename).length;
}

/** A function of a file with a pool; the lines as they stand between its braces. */
export function pgFile(...lines: readonly string[]): string {
  const body = lines.map((line) => `  ${line}\n`).join('');
  return `import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function load(input) {\n${body}}\n`;
}
