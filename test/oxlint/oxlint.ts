import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintCase } from '../support/cases.ts';
import type { AnyRule, Cases, ValidCase } from '../support/cases.ts';

/**
 * Runs the table of a rule through Oxlint's command line and compares with what ESLint says: the same messages in the
 * same places. One run per rule: a folder per distinct options and settings, in it a folder per case.
 */

const root = path.join(import.meta.dirname, '../..');
const entry = path.join(root, 'dist/src/index.js');

interface Place {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

interface Diagnostic {
  readonly message: string;
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly offset: number; readonly length: number } }[];
}

function configOf(ruleName: string, { options = [], settings = {} }: ValidCase): string {
  const rules = { [`pool/${ruleName}`]: ['error', ...options] };
  return JSON.stringify({ jsPlugins: [entry], plugins: [], categories: { correctness: 'off' }, rules, settings });
}

/** Writes all cases; returns the file of each, relative to the folder. */
function writeCases(folder: string, ruleName: string, cases: readonly ValidCase[]): Map<ValidCase, string> {
  const groups = new Map<string, string>();
  const files = new Map<ValidCase, string>();
  cases.forEach((testCase, index) => {
    const config = configOf(ruleName, testCase);
    if (!groups.has(config)) {
      groups.set(config, `group-${groups.size}`);
      fs.mkdirSync(path.join(folder, `group-${groups.size - 1}`));
      fs.writeFileSync(path.join(folder, `group-${groups.size - 1}`, '.oxlintrc.json'), config);
    }
    const file = path.join(groups.get(config) ?? '', `case-${index}`, testCase.filename ?? 'file.ts');
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), testCase.code);
    files.set(testCase, file);
  });
  return files;
}

function oxlint(folder: string): Diagnostic[] {
  const bin = path.join(path.dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');
  const run = spawnSync(process.execPath, [bin, '--format', 'json', '--threads', '2', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (!run.stdout.trimStart().startsWith('{')) throw new Error(`oxlint: ${run.stdout}${run.stderr}`);
  return (JSON.parse(run.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}

/** Oxlint counts bytes. */
function placeOf(code: string, { message, labels }: Diagnostic): Place {
  const bytes = Buffer.from(code);
  const toIndex = (offset: number) => bytes.subarray(0, offset).toString().length;
  const { offset, length } = labels[0]?.span ?? { offset: 0, length: 0 };
  return { message, start: toIndex(offset), end: toIndex(offset + length) };
}

function expectedPlaces(ruleName: string, rule: AnyRule, testCase: ValidCase): Place[] {
  const lines = testCase.code.split(/(?<=\n)/);
  const toIndex = (line: number, column: number) => lines.slice(0, line - 1).join('').length + column - 1;
  return lintCase(ruleName, rule, testCase).map(({ message, line, column, endLine, endColumn }) => ({
    message,
    start: toIndex(line, column),
    end: toIndex(endLine ?? line, endColumn ?? column),
  }));
}

const byPlace = (a: Place, b: Place) => a.start - b.start || a.end - b.end || a.message.localeCompare(b.message);

export function runUnderOxlint(ruleName: string, rule: AnyRule, { valid, invalid }: Cases): void {
  const cases = [...valid, ...invalid].filter(({ types }) => !types);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pool-oxlint-'));
  const files = writeCases(folder, ruleName, cases);
  let diagnostics: Diagnostic[] = [];

  describe(`${ruleName} under Oxlint`, () => {
    beforeAll(() => {
      if (!fs.existsSync(entry)) throw new Error('Oxlint loads the built plugin: run `npm run build` first.');
      diagnostics = oxlint(folder);
    });
    afterAll(() => fs.rmSync(folder, { recursive: true }));

    it.for(cases)('$name', (testCase) => {
      const found = diagnostics.filter(({ filename }) => path.normalize(filename) === files.get(testCase));
      expect(found.map((diagnostic) => placeOf(testCase.code, diagnostic)).sort(byPlace)).toEqual(
        expectedPlaces(ruleName, rule, testCase).sort(byPlace),
      );
    });
  });
}
