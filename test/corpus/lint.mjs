import { performance } from 'node:perf_hooks';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';

/** Lints one file after another with every rule, times our own listeners, and catches what they throw. */

export class Workbench {
  #linter;
  #state = { ms: 0, crashes: [], facts: undefined };
  #config;

  /**
   * @param {{ plugin: import('eslint').ESLint.Plugin, fileFacts: (context: object) => object }} loaded
   * @param {string} [cwd] where the files are, or at least what stands beside them
   */
  constructor({ plugin, fileFacts }, preset = 'all', cwd) {
    this.#linter = new Linter({ configType: 'flat', cwd });
    const rules = { '': this.#probe(fileFacts) };
    for (const [name, rule] of Object.entries(plugin.rules)) rules[name] = this.#guarded(name, rule);
    const entries = Object.entries(plugin.configs[preset].rules);
    this.#config = {
      files: ['**'],
      // The probe comes first, so the analysis is timed as its.
      plugins: { probe: { rules: { facts: rules[''] } }, pool: { rules } },
      rules: { 'probe/facts': 'error', ...Object.fromEntries(entries) },
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    };
  }

  /** @returns {{ messages: import('eslint').Linter.LintMessage[], ms: number, crashes: object[], facts?: object, parseError?: object }} */
  lint(name, code) {
    const first = this.#verify(name, code, sourceTypeOf(name));
    // Old scripts: octal literals, `with`, names like `await`.
    return first.parseError ? this.#verify(name, code, 'script') : first;
  }

  fix(name, code) {
    return this.#linter.verifyAndFix(code, this.#configs(sourceTypeOf(name)), { filename: name });
  }

  #verify(name, code, sourceType) {
    this.#state = { ms: 0, crashes: [], facts: undefined };
    const messages = this.#linter.verify(code, this.#configs(sourceType), { filename: name });
    // ESLint's own warnings about comments in the code are not ours.
    const own = messages.filter(({ ruleId }) => ruleId?.startsWith('pool/'));
    return { ...this.#state, messages: own, parseError: messages.find(({ fatal }) => fatal) };
  }

  #configs(sourceType) {
    const { languageOptions } = this.#config;
    return [{ ...this.#config, languageOptions: { ...languageOptions, sourceType } }];
  }

  #probe(fileFacts) {
    const create = (context) => ({
      Program: () => {
        this.#state.facts = fileFacts(context);
      },
    });
    return this.#guarded('analysis', { create });
  }

  #guarded(name, rule) {
    const guard = (work) => {
      const start = performance.now();
      try {
        return work();
      } catch (error) {
        this.#state.crashes.push({ name, error });
        return undefined;
      } finally {
        this.#state.ms += performance.now() - start;
      }
    };
    const create = (context) => {
      const listeners = guard(() => rule.create(context)) ?? {};
      const entries = Object.entries(listeners).map(([event, run]) => [event, (...args) => guard(() => run(...args))]);
      return Object.fromEntries(entries);
    };
    return { ...rule, create };
  }
}

function sourceTypeOf(name) {
  return name.endsWith('.cjs') || name.endsWith('.cts') ? 'commonjs' : 'module';
}
