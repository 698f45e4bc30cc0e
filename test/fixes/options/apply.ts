import * as parser from '@typescript-eslint/parser';
import type { TSESLint } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import type { Rule } from 'eslint';
import { fileFacts } from '../../../src/analysis/index.ts';
import type { Configuration, Property } from '../../../src/analysis/index.ts';
import { boundsOf, settingOf } from '../../../src/drivers/reading/bounds.ts';
import type { Limit, LimitOption } from '../../../src/drivers/driver.ts';
import type { Bound } from '../../../src/drivers/reading/setup.ts';
import { repairBySetting, repairBySettingAll } from '../../../src/fixes/options/set-option.ts';
import { repairByRenaming } from '../../../src/fixes/options/rename-option.ts';
import { offer } from '../../../src/fixes/repair.ts';
import type { Repair } from '../../../src/fixes/repair.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
export type Look = (context: Context, configuration: Configuration) => Repair | undefined;

const linter = new Linter();

/** What a look at each pool and client of a file gives, all of them in one round: as a linter applies fixes. */
export function look(code: string, looks: readonly Look[], filename = 'file.ts'): Linter.LintMessage[] {
  const create = (own: Rule.RuleContext): Rule.RuleListener => ({
    Program() {
      const context = own as unknown as Context;
      for (const configuration of fileFacts(context).configurations)
        for (const one of looks) {
          const repair = one(context, configuration);
          if (repair)
            own.report({
              node: configuration.site,
              messageId: 'found',
              ...offer([repair], {}),
            } as unknown as Rule.ReportDescriptor);
        }
    },
  });
  const messages = { found: 'found', repair: 'repair' };
  const rule = { meta: { fixable: 'code', hasSuggestions: true, schema: [], messages }, create } as Rule.RuleModule;
  const config: Linter.Config = {
    files: ['**/*.{js,ts}'],
    languageOptions: { parser },
    plugins: { t: { rules: { t: rule } } },
    rules: { 't/t': 'error' },
  };
  const found = linter.verify(code, config, filename);
  const fatal = found.find((one) => one.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message}\n${code}`);
  return found;
}

const withFix = (code: string, { range, text }: { range: readonly [number, number]; text: string }): string =>
  code.slice(0, range[0]) + text + code.slice(range[1]);

/** What the first repair writes: `suggest: …` for a suggestion; undefined where there is none. */
export function applied(code: string, one: Look, filename?: string): string | undefined {
  const [first] = look(code, [one], filename);
  const [suggestion] = first?.suggestions ?? [];
  if (first?.fix) return withFix(code, first.fix);
  return suggestion && `suggest: ${withFix(code, suggestion.fix)}`;
}

/** All rounds of `--fix`, with several repairs at once. */
export function appliedAll(code: string, looks: readonly Look[], filename?: string): string {
  let text = code;
  for (let round = 0; round < 10; round++) {
    const fixes = look(text, looks, filename).flatMap((one) => one.fix ?? []);
    if (fixes.length === 0) return text;
    fixes.sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
    // As ESLint: what touches the fix before it waits for the next round.
    let end = Number.NEGATIVE_INFINITY;
    const kept = fixes.filter(({ range }) => {
      if (range[0] <= end) return false;
      [, end] = range;
      return true;
    });
    for (const fix of kept.toReversed()) text = withFix(text, fix);
  }
  throw new Error(`never ends:\n${text}`);
}

const optionAt = ({ setup }: Configuration, path: string): LimitOption | undefined =>
  setup.limits.options.find((one) => one.option === path);

/** Sets an option of those that have it: in place of its first value, or anew. */
export function setting(path: string, value: number): Look {
  return (context, configuration) => {
    const option = optionAt(configuration, path);
    if (!option) return undefined;
    const { given } = settingOf(configuration.setup, option);
    const first = given.find((one) => one.value.is !== 'unknown');
    const isDone = first?.value.is === 'number' && first.value.number === value;
    if (isDone || (given.length > 0 && !first)) return undefined;
    return repairBySetting(context, configuration, { option, value, given: first, messageId: 'repair' });
  };
}

export function settingAll(values: Readonly<Record<string, number>>): Look {
  return (context, configuration) => {
    const changes = Object.entries(values).map(([path, value]) => {
      const option = optionAt(configuration, path);
      if (!option) throw new Error(`no option ${path}`);
      return { option, value };
    });
    return repairBySettingAll(context, configuration, changes, 'repair');
  };
}

/** Renames what the options write at a path. */
export function renaming(from: string, to: string, fromUnit?: 'ms' | 's'): Look {
  return (context, configuration) => {
    const option = { option: from, limits: [], unit: 'count', default: 0 } as const;
    const { given } = settingOf(configuration.setup, option);
    const property: Property | undefined = given[0]?.property;
    return property && repairByRenaming(context, configuration, { property, from, to, fromUnit, messageId: 'repair' });
  };
}

/** What holds for a limit in the first pool or client of a file. */
export function effective(code: string, limit: Limit, filename?: string): (Bound['effective'] | undefined)[] {
  let found: (Bound['effective'] | undefined)[] = [];
  look(
    code,
    [
      (_, { setup }) => {
        found = boundsOf(setup, limit).map((one) => one.effective);
        return undefined;
      },
    ],
    filename,
  );
  return found;
}
