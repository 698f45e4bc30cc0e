import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import type { Rule } from 'eslint';
import type { TSESLint } from '@typescript-eslint/utils';
import { fileFacts } from '../../src/analysis/index.ts';
import type { Creation } from '../../src/analysis/index.ts';
import type { Repair } from '../../src/fixes/repair.ts';
import { offer } from '../../src/fixes/repair.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
export type Repairer = (context: Context, creation: Creation) => Repair | undefined;

const messages = { found: 'found', hoist: 'hoist', keepOnGlobal: 'keep', addErrorListener: 'listen', usePool: 'use' };

export interface Given {
  readonly filename?: string;
  /** Which of the things that the file builds are reported; without, those that are built again and again. */
  readonly isMeant?: (creation: Creation) => boolean;
  /** `settings.pool` */
  readonly pool?: object;
}

/** A rule that reports what `isMeant` says, with one repair: so that the repair alone is under test. */
function configOf(repair: Repairer, { filename = 'file.ts', isMeant = isRepeated, pool = {} }: Given): Linter.Config {
  const create = (own: Rule.RuleContext): Rule.RuleListener => ({
    Program() {
      const context = own as unknown as Context;
      for (const creation of fileFacts(context).creations.filter(isMeant)) {
        const given = offer([repair(context, creation)], {});
        own.report({ node: creation.site, messageId: 'found', ...given } as unknown as Rule.ReportDescriptor);
      }
    },
  });
  const rule = { meta: { fixable: 'code', hasSuggestions: true, schema: [], messages }, create } as Rule.RuleModule;
  return {
    files: ['**/*.{js,cjs,ts,tsx}'],
    languageOptions: { parser, sourceType: filename.endsWith('.cjs') ? 'commonjs' : 'module' },
    plugins: { t: { rules: { t: rule } } },
    rules: { 't/t': 'error' },
    settings: { pool },
  };
}

const isRepeated = ({ repeats }: Creation): boolean => repeats !== undefined;
const linter = new Linter();

/** The text after all rounds of `--fix`, and how many findings it left. */
export function fixed(code: string, repair: Repairer, given: Given = {}): { output: string; left: number } {
  const result = linter.verifyAndFix(code, configOf(repair, given), given.filename ?? 'file.ts');
  const fatal = result.messages.find((message) => message.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message}\n${result.output}`);
  return { output: result.output, left: result.messages.length };
}

/** How many findings the code has as it stands, and the texts that the suggestions write. */
export function suggestions(
  code: string,
  repair: Repairer,
  given: Given = {},
): { found: number; suggested: readonly string[] } {
  const reports = linter.verify(code, configOf(repair, given), given.filename ?? 'file.ts');
  const fixes = reports.flatMap((one) => one.suggestions ?? []).map(({ fix }) => fix);
  const suggested = fixes.map(({ range, text }) => code.slice(0, range[0]) + text + code.slice(range[1]));
  return { found: reports.length, suggested };
}
