import path from 'node:path';
import ts from 'typescript';
import { diagnosticsOf, textOf } from '../../support/typecheck.ts';

const options: ts.CompilerOptions = {
  strict: true,
  noUnusedLocals: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  types: ['node'],
};

/** Modules that are not there: they are `any`. */
const MISSING: ReadonlySet<number> = new Set([2307, 7016]);

/** Type-checks many modules at once against the drivers' own declarations. */
export function errorsOfAll(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const pathOf = (name: string): string => path.join(import.meta.dirname, name);
  const found = diagnosticsOf(new Map([...files].map(([name, text]) => [pathOf(name), text])), options);
  const errorsOf = (name: string): string[] => {
    const all = found.get(pathOf(name)) ?? [];
    return all.filter(({ code }) => !MISSING.has(code)).map((one) => `${one.code} ${textOf(one)}`);
  };
  return new Map([...files.keys()].map((name) => [name, errorsOf(name)]));
}
