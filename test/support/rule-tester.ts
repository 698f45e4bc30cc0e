import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';
import type { Linter, Rule } from 'eslint';
import * as espree from 'espree';
import { describe, expect, it } from 'vitest';
import { runUnderOxlint } from '../oxlint/oxlint.ts';
import { lintAsJavaScript, lintCase, toEslintCase } from './cases.ts';
import type { AnyRule, Cases, InvalidCase, ValidCase } from './cases.ts';

/**
 * The tester of all rules. On top of ESLint's own: every case has a name, ESLint 10's strict assertions are on
 * (ESLint 9 does not know them), and what a fix writes is linted again and must be clean.
 */

RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester({ languageOptions: { parser } });
const assertionOptions = { requireMessage: 'messageId', requireLocation: true, requireData: true };

function expectCleanOutputs(ruleName: string, rule: AnyRule, invalid: readonly InvalidCase[]): void {
  const repaired = invalid.filter(({ output, remains }) => output !== undefined && !remains);
  if (repaired.length === 0) return;
  describe(`${ruleName}, repaired`, () => {
    it.for(repaired)('$name', (testCase) => {
      const messages = lintCase(ruleName, rule, testCase, testCase.output);
      expect(messages.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
    });
  });
}

/** A case that is no TypeScript: ESLint's own parser takes it, too. */
function isJavaScript({ code, languageOptions, types }: ValidCase): boolean {
  if (types || languageOptions?.parser) return false;
  const ecmaFeatures = { jsx: true, globalReturn: languageOptions?.sourceType === 'commonjs' };
  const sourceType = languageOptions?.sourceType === 'script' ? 'script' : 'module';
  try {
    espree.parse(code, { ecmaVersion: 'latest', sourceType, ecmaFeatures });
    return true;
  } catch {
    return false;
  }
}

/** Its trees lack what only TypeScript has. */
function expectTheSameOfJavaScript(ruleName: string, rule: AnyRule, { invalid, valid }: Cases): void {
  const cases = [...valid, ...invalid].filter(isJavaScript);
  it.runIf(cases.length > 0)(`${ruleName}: the same by ESLint's own parser (${cases.length} cases)`, () => {
    for (const one of cases) {
      const name = `${one.name}: `;
      expect(name + show(lintAsJavaScript(ruleName, rule, one))).toBe(name + show(lintCase(ruleName, rule, one)));
    }
  });
}

const show = (messages: readonly Linter.LintMessage[]): string =>
  messages.map(({ column, fix, line, message }) => `${line}:${column} ${message} ${fix?.text ?? ''}`).join('\n');

/** Runs the table of a rule: under ESLint, or under Oxlint where the vitest project says so. */
export function testRule(ruleName: string, rule: AnyRule, cases: Cases): void {
  if (process.env.RULE_TESTER === 'oxlint') {
    runUnderOxlint(ruleName, rule, cases);
    return;
  }
  const tests = {
    valid: cases.valid.map(toEslintCase),
    invalid: cases.invalid.map(toEslintCase),
    assertionOptions,
  };
  tester.run(ruleName, rule as Rule.RuleModule, tests as unknown as Parameters<RuleTester['run']>[2]);
  expectCleanOutputs(ruleName, rule, cases.invalid);
  expectTheSameOfJavaScript(ruleName, rule, cases);
}
