import { createRequire } from 'node:module';
import type { ESLint, Rule } from 'eslint';
import { createConfigs } from './configs.ts';
import type { Configs } from './configs.ts';
import { assertEslintVersion } from './eslint-version.ts';
import { rules } from './rules.ts';

/** Stated, not inferred: an inferred type would name packages that the user does not have. */
export interface PoolPlugin extends ESLint.Plugin {
  meta: { name: string; version: string; namespace: 'pool' };
  rules: Record<string, Rule.RuleModule>;
  configs: Configs & NonNullable<ESLint.Plugin['configs']>;
}

export type { PoolSettings } from './settings.ts';

assertEslintVersion();

// By our own name, so that the same line works in the sources and in dist.
const { name, version } = createRequire(import.meta.url)('eslint-plugin-pool/package.json') as {
  name: string;
  version: string;
};

const base = { meta: { name, version, namespace: 'pool' as const }, rules: { ...rules } };

// The presets name the plugin itself, so the same object gets them afterwards.
const plugin: PoolPlugin = Object.assign(base, { configs: {} as PoolPlugin['configs'] });
Object.assign(plugin.configs, createConfigs(plugin, plugin.meta.namespace));

export default plugin;
// `require()` of an ES module returns this export.
export { plugin as 'module.exports' };
