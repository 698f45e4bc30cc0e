import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Creation } from '../../src/analysis/model.ts';
import type { CallSlot, Framework } from '../../src/frameworks/framework.ts';
import { frameworks } from '../../src/frameworks/index.ts';
import { factsOf } from '../analysis/snippets.ts';
import type { Rows, Snippet } from './rows.ts';

const folder = new URL('../../src/frameworks/', import.meta.url);
const files = readdirSync(folder).filter((file) => !['framework.ts', 'index.ts', 'packages.ts'].includes(file));

test('the list holds every file, alphabetically, and nothing twice', async () => {
  const loaded = await Promise.all(
    files.sort().map(async (file) => Object.values(await import(new URL(file, folder).href))),
  );
  expect(loaded.every((values) => values.length === 1)).toBe(true);
  expect([...frameworks]).toEqual(loaded.flat());
  expect(new Set(frameworks.map(({ name }) => name)).size).toBe(frameworks.length);
});

test('no module belongs to two frameworks', () => {
  const modules = frameworks.flatMap((framework) => framework.modules);
  expect(modules.filter((name, index) => modules.indexOf(name) !== index)).toEqual([]);
});

/** Every pattern of a framework. */
function collectPatterns({ files: slots = [], parameters = [], reloads, perRequest }: Framework): string[] {
  return [
    ...slots.map(({ path }) => path),
    ...parameters.flatMap(({ path }) => path ?? []),
    ...(reloads?.paths ?? []),
    ...(perRequest?.paths ?? []),
    ...(perRequest?.texts ?? []),
  ];
}

/** Every list of words, with where it stands. */
function collectLists({
  modules,
  calls = [],
  files: slots = [],
  methods = [],
  types = [],
}: Framework): (readonly string[])[] {
  return [
    modules,
    ...calls.flatMap((slot: CallSlot) => [
      slot.names,
      slot.first ?? ['-'],
      slot.properties ?? ['-'],
      slot.on?.types ?? ['-'],
    ]),
    ...calls.flatMap(({ on }) => (on ? [[...on.made, ...on.names.map((name) => `${name} by name`)]] : [])),
    ...slots.map((slot) => [...slot.exports, ...(slot.objects ?? [])]),
    ...methods.map((slot) => slot.decorators ?? slot.methods ?? slot.constructedFor ?? []),
    ...types.map(({ names }) => names),
  ];
}

describe.for(files.sort().map((file, index) => [file, frameworks[index]] as const))('%s', ([file, framework]) => {
  if (!framework) return;

  it('has patterns that compile and meet no empty text', () => {
    expect(collectPatterns(framework).filter((source) => new RegExp(source).test(''))).toEqual([]);
  });

  it('has no empty list and repeats no word', () => {
    const lists = collectLists(framework);
    expect(lists.filter((list) => list.length === 0 || new Set(list).size < list.length)).toEqual([]);
  });

  it('has a slot, or needs none', () => {
    const { calls = [], files: slots = [], methods = [], types = [], directives = [] } = framework;
    const all = [...calls, ...slots, ...methods, ...types, ...directives];
    expect(all.length > 0 || framework.perRequest !== undefined).toBe(true);
  });

  it('has rows', () => expect(existsSync(new URL(`rows/${file}`, import.meta.url))).toBe(true));
});

/** The pool of a snippet, whose directives stay first. */
function poolOf({ code, path = 'src/file.ts' }: Snippet): Creation | undefined {
  const { creations } = factsOf(`${code}\nimport { Pool } from 'pg';`, { filename: path });
  return creations.find(({ source }) => source === 'new Pool');
}

const SLOTS: readonly (string | undefined)[] = ['slot', 'called', 'parameters'];

/** The words of the slot that repeats the pool. */
function repeatedBy(pool: Creation | undefined): string | undefined {
  const repeats = pool?.repeats;
  return SLOTS.includes(repeats?.reason) ? repeats?.what : undefined;
}

const titled = (title: string, { wrong }: Snippet): string =>
  wrong === undefined ? title : `${title} (wrong: ${wrong})`;
const runner = ({ wrong }: Snippet): typeof it | typeof it.fails => (wrong === undefined ? it : it.fails);

for (const [index, file] of files.sort().entries()) {
  const framework = frameworks[index];
  const { rows }: { rows: Rows } = await import(new URL(`rows/${file}`, import.meta.url).href);

  describe(`rows of ${file}`, () => {
    for (const [title, row] of Object.entries(rows.repeated)) {
      runner(row)(`repeats: ${titled(title, row)}`, () => {
        expect(repeatedBy(poolOf(row))).toBe(`${framework?.name} ${row.what}`);
      });
    }
    for (const [title, row] of Object.entries(rows.once)) {
      runner(row)(`once: ${titled(title, row)}`, () => {
        const pool = poolOf(row);
        expect(pool).toBeDefined();
        expect(repeatedBy(pool)).toBeUndefined();
      });
    }
    for (const [title, row] of Object.entries(rows.perRequest ?? {})) {
      runner(row)(`per request: ${titled(title, row)}`, () => expect(poolOf(row)).toBeUndefined());
    }
    it('knows what is loaded again', () => {
      const fits = (path: string): boolean =>
        framework?.reloads?.paths.some((one) => new RegExp(one).test(path)) ?? false;
      const { again, never } = rows.reloads ?? { again: [], never: [] };
      expect([...again, ...never].filter(fits)).toEqual(again);
      expect(again.length > 0).toBe(framework?.reloads !== undefined);
    });
  });
}
