import type { ESLint, Linter, Rule } from 'eslint';

/** What a rule says about its place: in `recommended` (and so in `strict`), in `strict` alone, or in neither. */
export interface Placement {
  readonly recommended?: true | 'strict';
  /** Options under `strict`; they replace none that the user sets. */
  readonly strictOptions?: readonly unknown[];
}

export interface Configs {
  recommended: Linter.Config;
  strict: Linter.Config;
  all: Linter.Config;
}

type Severity = (rule: Rule.RuleModule) => Linter.RuleEntry | undefined;

const placementOf = (rule: Rule.RuleModule): Placement => (rule.meta?.docs ?? {}) as Placement;

const recommended: Severity = (rule) => (placementOf(rule).recommended === true ? 'error' : undefined);

const strict: Severity = (rule) => {
  const placement = placementOf(rule);
  if (!placement.recommended) return undefined;
  return placement.strictOptions ? ['error', ...placement.strictOptions] : 'error';
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
