import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { collectImports, collectSources, findCircle, readSource } from './support/imports.ts';
import type { Import } from './support/imports.ts';

/** Who may import whom: the part of the project on the left, the files it may name on the right. */
const allowed: Readonly<Record<string, readonly RegExp[]>> = {
  // The analysis is entered by its door; its vocabulary is free to all.
  rules: [/^src\/create-rule\.ts$/, /^src\/analysis\/(?:index|model)\.ts$/, /^src\/(?:findings|fixes|policy)\//],
  'src/analysis': [/^src\/(?:analysis|drivers|frameworks|ast|files)\//, /^src\/settings\.ts$/],
  // They judge what the analysis reads in a file and the runtime in a process, and know neither.
  'src/findings': [/^src\/(?:findings|policy)\//, /^src\/drivers\/(?:driver\.ts$|reading\/)/],
  'src/fixes': [/^src\/(?:fixes|ast)\//, /^src\/analysis\/model\.ts$/],
  'src/ast': [/^src\/ast\//],
  'src/drivers': [/^src\/drivers\//],
  'src/frameworks': [/^src\/frameworks\//],
  'src/files': [],
  'src/policy': [/^src\/(?:policy|files)\//],
  'src/runtime': [/^src\/(?:runtime|findings|policy|drivers)\//],
  'src/cli': [/^src\//],
  'src/create-rule.ts': [],
  'src/eslint-version.ts': [],
  'src/settings.ts': [/^src\/policy\//],
  'src/configs.ts': [/^src\/(?:policy\/|create-rule\.ts$)/],
  'src/rules.ts': [/^rules\//],
  'src/index.ts': [/^src\/[^/]+\.ts$/],
};

/** What may be imported besides our own files. Types of ESLint are erased; its code is never loaded. */
function isAllowedPackage({ from, to, typeOnly }: Import): boolean {
  if (to === 'node:fs') return from === 'src/files/nearest.ts' || /^src\/(?:runtime|cli)\//.test(from);
  if (to.startsWith('node:')) return !/^(?:rules|src\/(?:drivers|frameworks|ast|fixes))\//.test(from);
  const isLinterType = to === 'eslint' || to.startsWith('@typescript-eslint/');
  return typeOnly && isLinterType && !/^src\/(?:runtime|findings|drivers|files|frameworks|policy)\//.test(from);
}

const partOf = (file: string): string => /^(?:rules|src\/[^/]+)/.exec(file)?.[0] ?? file;

function isAllowed(edge: Import): boolean {
  if (!/^(?:src|rules)\//.test(edge.to)) return isAllowedPackage(edge);
  return (allowed[partOf(edge.from)] ?? []).some((pattern) => pattern.test(edge.to));
}

const files = [...collectSources('src'), ...collectSources('rules')];
const imports = files.flatMap(collectImports);

describe('imports', () => {
  it.for(files)('of %s stand in one form, so that this test sees them all', (file) => {
    const { importedFiles } = ts.preProcessFile(readSource(file), true, true);
    expect(collectImports(file).map(({ specifier }) => specifier)).toEqual(
      importedFiles.map(({ fileName }) => fileName),
    );
  });

  it('run in the directions that the layout allows', () => {
    const wrong = imports.filter((edge) => !isAllowed(edge));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('name files that exist', () => {
    const missing = imports.filter(({ to }) => /^(?:src|rules)\//.test(to) && !files.includes(to));
    expect(missing.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('form no circle', () => {
    expect(findCircle(imports)).toBeUndefined();
  });

  it('form no circle of folders among the repairs', () => {
    const folderOf = (file: string): string => /^src\/fixes\/[^/]+/.exec(file)?.[0] ?? '';
    const edges = imports.map((edge) => ({ ...edge, from: folderOf(edge.from), to: folderOf(edge.to) }));
    expect(findCircle(edges.filter(({ from, to }) => from !== '' && to !== '' && from !== to))).toBeUndefined();
  });

  it('leave no folder without a direction', () => {
    expect(files.map(partOf).filter((part) => !(part in allowed))).toEqual([]);
  });
});

/** Hard limits in lines, comments and blank lines included; the linter holds the finer ones. */
const limits: readonly (readonly [folder: string, lines: number])[] = [
  ['rules', 200],
  ['test/rules', 500],
];

describe('sizes', () => {
  it.for(limits)('%s: no file has more than %d lines', ([folder, lines]) => {
    const long = collectSources(folder).filter((file) => readSource(file).split('\n').length - 1 > lines);
    expect(long).toEqual([]);
  });
});
