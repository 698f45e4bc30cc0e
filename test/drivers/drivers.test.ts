import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Driver, Kind } from '../../src/drivers/driver.ts';
import { drivers } from '../../src/drivers/index.ts';

const folder = new URL('../../src/drivers/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !['driver.ts', 'index.ts'].includes(file));

/** Every name of a kind that a driver mentions. */
function collectNames({ exports, kinds }: Driver): (string | undefined)[] {
  return [
    ...Object.values(exports).flatMap((each) => [each.new, each.call, each.is, each.type]),
    ...Object.values(kinds).flatMap((kind) => [
      kind.call,
      ...Object.values(kind.members ?? {}),
      ...Object.values(kind.checkouts ?? {}).flatMap((checkout) => [checkout.gives, checkout.opens?.kind]),
    ]),
  ];
}

test('the list holds every file, alphabetically, and nothing twice', async () => {
  const loaded = await Promise.all(
    files.sort().map(async (file) => Object.values(await import(new URL(file, folder).href))),
  );
  expect(loaded.every((values) => values.length === 1)).toBe(true);
  expect([...drivers]).toEqual(loaded.flat());
  expect(new Set(drivers.map((driver) => driver.name)).size).toBe(drivers.length);
});

test('no module belongs to two drivers', () => {
  const modules = drivers.flatMap((driver) => driver.modules);
  expect(modules.filter((name, index) => modules.indexOf(name) !== index)).toEqual([]);
});

for (const driver of drivers) {
  const kinds: [string, Kind][] = Object.entries(driver.kinds);

  test(`${driver.name}: every kind that is named exists`, () => {
    const names = collectNames(driver).filter((name) => name !== undefined);
    expect(names.filter((name) => !(name in driver.kinds))).toEqual([]);
  });

  test(`${driver.name}: what is handed out can be given back`, () => {
    const given = kinds.flatMap(([, kind]) => Object.values(kind.checkouts ?? {}).map(({ gives }) => gives));
    expect(given.filter((name) => !driver.kinds[name]?.lease)).toEqual([]);
    const stuck = kinds.filter(([, { lease }]) => lease && !lease.giveBack.length && !lease.giveBackThrough?.length);
    expect(stuck).toEqual([]);
  });

  test(`${driver.name}: lists repeat nothing`, () => {
    const lists = kinds.flatMap(([, { lease, statements }]) => [
      lease?.giveBack ?? [],
      lease?.uses ?? [],
      lease?.holdsFrom ?? [],
      statements ?? [],
    ]);
    expect(lists.filter((list) => new Set(list).size < list.length)).toEqual([]);
  });
}
