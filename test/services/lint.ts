import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.ts';
import type { PoolSettings } from '../../src/settings.ts';

/** The folder that the paths of the services start from: only their form matters. */
const project = path.resolve('/project');
const linter = new Linter({ configType: 'flat', cwd: project });

function configOf(settings: PoolSettings): Linter.Config[] {
  return [
    { files: ['**/*.ts'], languageOptions: { parser }, settings: { pool: settings } },
    plugin.configs.recommended,
    // These services are about where a pool is built; what limits it is another subject.
    { rules: { 'pool/no-unbounded-pool': 'off', 'pool/require-timeouts': 'off' } },
  ];
}

/** What the preset `recommended` reports in a file, as `rule:line`. */
export function report(code: string, file: string, settings: PoolSettings = {}): string[] {
  const messages = linter.verify(code, configOf(settings), { filename: path.join(project, file) });
  return messages.map(({ ruleId, line, message }) => `${ruleId?.replace('pool/', '') ?? message}:${line}`);
}

/** The text after `eslint --fix` with the preset `recommended`. */
export function fix(code: string, file: string, settings: PoolSettings = {}): string {
  return linter.verifyAndFix(code, configOf(settings), { filename: path.join(project, file) }).output;
}

/** The text after the first suggestion of the rule is accepted. */
export function acceptSuggestion(code: string, file: string, rule: string): string {
  const messages = linter.verify(code, configOf({}), { filename: path.join(project, file) });
  const [suggestion] = messages.find(({ ruleId }) => ruleId === `pool/${rule}`)?.suggestions ?? [];
  if (!suggestion) return code;
  const { range, text } = suggestion.fix;
  return code.slice(0, range[0]) + text + code.slice(range[1]);
}
