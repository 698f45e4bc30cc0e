import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import plugin from '../../src/index.ts';
import { budgetOf, poolLimit } from '../../src/policy/budget.ts';
import { checkPolicy } from '../../src/policy/check.ts';
import * as exported from '../../src/policy/index.ts';
import type { Policy } from '../../src/policy/index.ts';
import { readSettings } from '../../src/settings.ts';

/** Runs every block of docs/policy.md, and counts what its sentences claim. */

const docs = path.join(import.meta.dirname, '../../docs');
const text = fs.readFileSync(path.join(docs, 'policy.md'), 'utf8');
const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
  language,
  code,
}));
const codeOf = (language: string): string => blocks.find((block) => block.language === language)?.code ?? '';

/** What the module of the block exports; its imports are ours. */
function run(code: string, folder: string): Record<string, unknown> {
  const { outputText } = ts.transpileModule(code.replaceAll('import.meta.dirname', JSON.stringify(folder)), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const module = { exports: {} };
  const modules: Record<string, unknown> = {
    'eslint-plugin-pool': { __esModule: true, default: plugin },
    'eslint-plugin-pool/policy': exported,
  };
  new Function('module', 'exports', 'require', outputText)(module, module.exports, (name: string) => modules[name]);
  return module.exports;
}

describe('the page of the policy', () => {
  let policy: Policy = {};
  beforeAll(() => {
    policy = checkPolicy(JSON.parse(codeOf('json')), { root: 'docs/policy.md', before: '' });
  });

  it('has these blocks', () => {
    expect(blocks.map(({ language }) => language)).toEqual(['json', 'js', 'ts', 'text']);
  });

  it('counts right', () => {
    expect(text).toContain(`Above: ⌊(100 − 3) / 4⌋ = ${budgetOf(policy)?.perProcess} connections`);
    expect(text).toContain(
      `${poolLimit(policy)?.max} for all pools of a process, ${poolLimit(policy, 'reporting')?.max} for the one called`,
    );
  });

  it('shows a configuration that reads the file', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pool-docs-'));
    try {
      fs.writeFileSync(path.join(folder, 'pool-policy.json'), codeOf('json'));
      const { default: config } = run(codeOf('js'), folder) as { default: [unknown, { settings: unknown }] };
      expect(config[0]).toBe(plugin.configs.recommended);
      expect(readSettings(config[1].settings)).toEqual({ policy });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('shows a policy in code', () => {
    expect(run(codeOf('ts'), '').policy).toEqual({
      instances: 4,
      databases: { default: { maxConnections: 100, reserved: 3 } },
    });
  });

  it('quotes what is said of a mistake', () => {
    const wrong = [
      { perProcess: { max: '20' } },
      { timeouts: { idle: 1 } },
      { version: 2 },
      { instances: 200, databases: { default: { maxConnections: 100, reserved: 3 } } },
    ];
    const said = wrong.map((one) => {
      try {
        checkPolicy(one, { root: '', before: '/app/pool-policy.json: ' });
      } catch (error) {
        return `${(error as Error).message}\n`;
      }
      return 'nothing';
    });
    expect(codeOf('text')).toBe(said.join(''));
  });

  it('links to pages that exist, and is linked to', () => {
    const targets = [...text.matchAll(/\]\((\.[^)#]*)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !fs.existsSync(path.join(docs, target)))).toEqual([]);
    expect(fs.readFileSync(path.join(docs, 'settings.md'), 'utf8')).toContain('](./policy.md)');
  });
});
