import fs from 'node:fs';
import path from 'node:path';
import { Linter } from 'eslint';
import ts from 'typescript';
import { describe, expect, it, vi } from 'vitest';
import { drivers } from '../../src/drivers/index.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { diagnosticsOf, textOf } from '../support/typecheck.ts';

/** Does what docs/design/add-a-driver.md says, in its words. */

const root = path.join(import.meta.dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/design/add-a-driver.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, , code = '']) => code);
const [data = '', line = '', program = '', reports = '', repaired = ''] = blocks;

function driverIn(code: string): Driver {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const exports: { acmedb?: Driver } = {};
  new Function('exports', ts.transpileModule(code, { compilerOptions: options }).outputText)(exports);
  return exports.acmedb as Driver;
}

async function linterWith(...more: Driver[]): Promise<(code: string) => { reports: string; fixed: string }> {
  vi.resetModules();
  vi.doMock('../../src/drivers/index.ts', () => ({ drivers: [...drivers, ...more] }));
  const { default: plugin } = await import('../../src/index.ts');
  vi.doUnmock('../../src/drivers/index.ts');
  const linter = new Linter({ configType: 'flat' });
  return (code) => {
    const messages = linter.verify(code, [plugin.configs.recommended], 'orders.js');
    const lines = messages.map(({ line: at, message, ruleId }) => `${at}: ${ruleId} ${message}\n`);
    return {
      reports: lines.join(''),
      fixed: linter.verifyAndFix(code, [plugin.configs.recommended], 'orders.js').output,
    };
  };
}

describe('the page on adding a driver', () => {
  it('has data that fits the words of the drivers', () => {
    const file = path.join(root, 'src/drivers/acmedb.ts');
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
    };
    expect((diagnosticsOf(new Map([[file, data]]), options).get(file) ?? []).map(textOf)).toEqual([]);
    expect(line).toBe("import { acmedb } from './acmedb.ts';\n");
  });

  it('says what is reported, and what --fix writes', async () => {
    const lint = await linterWith(driverIn(data));
    expect(lint(program)).toEqual({ reports, fixed: repaired });
    expect(lint(repaired).reports).toBe('');
  });

  it('is silent without the driver', async () => {
    const lint = await linterWith();
    expect(lint(program).reports).toBe('');
  });
});
