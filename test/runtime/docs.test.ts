import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../src/policy/check.ts';
import { violations } from '../../src/policy/violations.ts';
import { codes } from '../../src/runtime/errors.ts';
import { instruments, USE_TIME } from '../../src/runtime/metrics/instruments.ts';
import { diagnosticsOf, textOf } from '../support/typecheck.ts';

/** The pages of the runtime: each block compiles or is a policy, each list is whole. */

const root = path.join(import.meta.dirname, '../..');
const docs = path.join(root, 'docs');
const pages = ['runtime.md', ...fs.readdirSync(path.join(docs, 'runtime')).map((name) => `runtime/${name}`)];
const textIn = (page: string): string => fs.readFileSync(path.join(docs, page), 'utf8');

interface Block {
  readonly name: string;
  readonly code: string;
}

const blocksIn = (language: string): Block[] =>
  pages.flatMap((page) =>
    [...textIn(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
      ([, code = ''], at) => ({
        name: `${page.replaceAll('/', '-')}-${at + 1}`,
        code,
      }),
    ),
  );

const entries = ['runtime', 'register', 'vitest'].map((name): [string, string[]] => [
  `eslint-plugin-pool/${name}`,
  [path.join(root, 'src/runtime', name === 'runtime' ? 'index.ts' : `${name}.ts`)],
]);

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  types: ['node'],
  typeRoots: [path.join(root, 'node_modules/@types')],
  paths: Object.fromEntries(entries),
};

describe('the code in the pages of the runtime', () => {
  const blocks = blocksIn('ts');
  const files = new Map(blocks.map(({ code, name }) => [path.join(root, `test/${name}.mts`), code]));
  const found = diagnosticsOf(files, options);

  it.for(blocks)('$name compiles', ({ name }) => {
    expect((found.get(path.join(root, `test/${name}.mts`)) ?? []).map(textOf)).toEqual([]);
  });

  it.for(blocksIn('json'))('$name is a policy', ({ code }) => {
    expect(() => checkPolicy(JSON.parse(code), { root: 'the block', before: '' })).not.toThrow();
  });

  it('is there', () => {
    expect(blocks.length).toBeGreaterThan(8);
    expect(blocksIn('json').length).toBeGreaterThan(3);
  });
});

describe('the lists in the pages of the runtime', () => {
  it('have every violation', () => {
    const listed = [...textIn('runtime.md').matchAll(/^\| `((?:pool|runtime)\/[a-z-]+)`/gm)].map(([, id]) => id);
    expect(listed.sort()).toEqual(Object.keys(violations).sort());
  });

  it('have every code', () => {
    const listed = [...textIn('runtime/strict.md').matchAll(/^\| `(ERR_POOL_[A-Z_]+)`/gm)].map(([, code]) => code);
    const thrown = new Set<string>(Object.values(codes));
    // No use of a facade and no full server is a matter of the mode.
    for (const code of ['ERR_POOL_USE_AFTER_RELEASE', 'ERR_POOL_SERVER_FULL']) thrown.delete(code);
    expect(listed.sort()).toEqual([...thrown].sort());
  });

  it('have every metric', () => {
    const listed = [...textIn('runtime/metrics.md').matchAll(/^\| `(db\.[a-z_.]+)`/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...instruments, USE_TIME].map(({ name }) => name).sort());
  });
});
