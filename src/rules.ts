import type { Rule } from 'eslint';

/** Every rule, alphabetical. */
export const rules: Readonly<Record<string, Rule.RuleModule>> = {};
