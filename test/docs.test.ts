import fs from 'node:fs';
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.ts';

/**
 * Lints the examples of each rule's page with that rule: blocks marked `incorrect` must be reported and `correct` ones
 * must not. The snapshot shows code, place and message as a user sees them, so that messages are reviewed with it.
 */

interface Block {
  readonly language: string;
  /** `correct`, `incorrect`, or nothing for configurations. */
  readonly mark: string;
  readonly code: string;
}

const root = path.join(import.meta.dirname, '..');
const FENCE = /^```(\w+) ?(\w*)\n([\s\S]*?)^```$/gm;

function collectBlocks(text: string): Block[] {
  return [...text.matchAll(FENCE)].map(([, language = '', mark = '', code = '']) => ({ language, mark, code }));
}

function lint(rule: string, { code, language }: Block): Linter.LintMessage[] {
  const config: Linter.Config = {
    files: ['**'],
    plugins: { pool: plugin },
    languageOptions: { parser },
    rules: { [`pool/${rule}`]: 'error' },
  };
  return new Linter({ configType: 'flat' }).verify(code, [config], { filename: `src/example.${language}` });
}

/** The code with carets under what is reported, and the message. */
function picture(code: string, messages: readonly Linter.LintMessage[]): string {
  const lines = code.trimEnd().split('\n');
  const shown = lines.flatMap((line, index) => [
    line,
    ...messages.filter((one) => one.line === index + 1).flatMap((one) => [carets(line, one), one.message]),
  ]);
  return `\n${shown.join('\n')}\n`;
}

function carets(
  line: string,
  { line: start, column, endLine = start, endColumn = column + 1 }: Linter.LintMessage,
): string {
  const end = endLine === start ? endColumn : line.length + 1;
  return ' '.repeat(column - 1) + '~'.repeat(end - column);
}

describe.for(Object.keys(plugin.rules))('the page of %s', (rule) => {
  const text = fs.readFileSync(path.join(root, `docs/rules/${rule}.md`), 'utf8');
  const blocks = collectBlocks(text);
  const examples = blocks
    .filter(({ mark }) => mark !== '')
    .map((block, index) => ({ ...block, number: (index >> 1) + 1 }));

  it('shows incorrect and correct code in turn', () => {
    const pairs = examples.map((_, index) => (index % 2 === 0 ? 'incorrect' : 'correct'));
    expect(examples.map(({ mark }) => mark)).toEqual(pairs);
    expect(examples.length).toBeGreaterThan(1);
    expect(examples.length % 2).toBe(0);
  });

  it('marks every block of code', () => {
    const unmarked = blocks.filter(({ language, mark }) => mark === '' && /^[jt]sx?$/.test(language));
    expect(unmarked.filter(({ code }) => !code.includes('defineConfig'))).toEqual([]);
  });

  it('links to pages that exist', () => {
    const targets = [...text.matchAll(/\]\((\.[^)#]*)/g)].map(([, target = '']) => target);
    const missing = targets.filter((target) => !fs.existsSync(path.join(root, 'docs/rules', target)));
    expect(missing).toEqual([]);
  });

  it.for(examples)('example $number, $mark', (example) => {
    const messages = lint(rule, example);
    if (example.mark === 'correct') expect(messages.map(({ message }) => message)).toEqual([]);
    else {
      expect(messages).not.toEqual([]);
      expect(messages.filter(({ message }) => message.length > 160 || message.includes('\n'))).toEqual([]);
      expect(picture(example.code, messages)).toMatchSnapshot();
    }
  });
});

describe('the README', () => {
  const text = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
  const [before = '', after = ''] = collectBlocks(text).flatMap(({ language, code }) =>
    language === 'ts' ? [code] : [],
  );
  const configs: Linter.Config[] = [{ files: ['**'], languageOptions: { parser } }, plugin.configs.recommended];
  const linter = new Linter({ configType: 'flat' });

  it('quotes what is reported', () => {
    const [quoted = ''] = /(?:^> .*\n)+/m.exec(text) ?? [];
    const messages = linter.verify(before, configs, 'src/example.ts');
    const lines = messages.map(({ message, ruleId }) => `${message} (\`${ruleId}\`)`);
    expect(lines).toEqual([quoted.replace(/^> /gm, '').trim().replace(/\n/g, ' ')]);
  });

  it('shows what --fix writes', () => {
    expect(linter.verifyAndFix(before, configs, 'src/example.ts').output).toBe(after);
  });
});
