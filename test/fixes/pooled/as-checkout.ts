import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import type { Rule } from 'eslint';
import { fileFacts } from '../../../src/analysis/index.ts';
import { createRule } from '../../../src/create-rule.ts';
import { repairAsCheckout } from '../../../src/fixes/pooled/pooled.ts';
import { offer } from '../../../src/fixes/repair.ts';
import { readSettings } from '../../../src/settings.ts';

/** Reports every dedicated connection as one that a handler builds, so that the repair alone is under test. */
const rule = createRule<'found' | 'usePool', []>({
  name: 'as-checkout',
  meta: {
    type: 'problem',
    docs: { description: 'test' },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: { found: 'found', usePool: 'use a pool' },
  },
  create: (context) => ({
    Program() {
      const { sharedPool } = readSettings(context.settings);
      for (const creation of fileFacts(context).creations) {
        if (!creation.owns.pooled) continue;
        const { site } = creation;
        const repeats = { reason: 'slot', certainty: 'proven', what: 'handler', node: site } as const;
        const repair = repairAsCheckout(context, { ...creation, repeats }, sharedPool);
        context.report({ node: site, messageId: 'found', ...offer([repair], {}) });
      }
    },
  }),
});

const linter = new Linter({ cwd: '/project' });

interface Repaired {
  readonly output: string;
  /** How many connections were built in the code, and what the suggestions would write. */
  readonly found: number;
  readonly suggested: readonly string[];
}

/** The code after all rounds of the repair; what is suggested for the code as it stands. */
export function asCheckout(code: string, filename = 'src/routes/users.ts', pool: object = {}): Repaired {
  const config: Linter.Config = {
    files: ['**/*.{js,cjs,ts}'],
    languageOptions: { parser, sourceType: filename.endsWith('.cjs') ? 'commonjs' : 'module' },
    plugins: { test: { rules: { 'as-checkout': rule as Rule.RuleModule } } },
    rules: { 'test/as-checkout': 'error' },
    settings: { pool },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  };
  const path = `/project/${filename}`;
  const first = linter.verify(code, config, path);
  const { output, messages } = linter.verifyAndFix(code, config, path);
  const fatal = [...first, ...messages].find((message) => message.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message}\n${output}`);
  const suggestions = first.flatMap((message) => message.suggestions ?? []);
  const suggested = suggestions.map(({ fix }) => code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]));
  return { output, found: first.length, suggested };
}
