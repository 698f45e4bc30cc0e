import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';
import type { Rule } from 'eslint';
import { describe, expect, it } from 'vitest';
import { runUnderOxlint } from '../oxlint/oxlint.ts';
import { lintCase, toEslintCase } from './cases.ts';
import type { AnyRule, Cases, InvalidCase } from './cases.ts';

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
}
