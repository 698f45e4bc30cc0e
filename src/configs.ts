import type { ESLint, Linter, Rule } from 'eslint';
import type { Docs } from './create-rule.ts';

export interface Configs {
  recommended: Linter.Config;
  strict: Linter.Config;
  all: Linter.Config;
}

type Severity = (rule: Rule.RuleModule) => Linter.RuleEntry | undefined;

const docsOf = (rule: Rule.RuleModule): Partial<Docs> => (rule.meta?.docs ?? {}) as Partial<Docs>;

const recommended: Severity = (rule) => (docsOf(rule).recommended === true ? 'error' : undefined);

const strict: Severity = (rule) => {
  const { recommended: place, strictOptions } = docsOf(rule);
  if (!place) return undefined;
  return strictOptions ? ['error', ...strictOptions] : 'error';
};

const all: Severity = (rule) => strict(rule) ?? 'error';

/**
 * The presets, computed from the meta of the rules. No `files`: ESLint would lint files that the user never named.
 */
export function createConfigs(plugin: ESLint.Plugin, namespace: string): Configs {
  const config = (name: string, severity: Severity): Linter.Config => ({
    name: `${namespace}/${name}`,
    plugins: { [namespace]: plugin },
    rules: Object.fromEntries(
      Object.entries(plugin.rules ?? {}).flatMap(([id, rule]) => {
        const entry = severity(rule);
        return entry === undefined ? [] : [[`${namespace}/${id}`, entry]];
      }),
    ),
  });
  return { recommended: config('recommended', recommended), strict: config('strict', strict), all: config('all', all) };
}
