import { expect, test } from 'vitest';
import type { CheckoutMethod, Driver, Kind, Ownership } from '../../src/drivers/driver.ts';
import { drivers } from '../../src/drivers/index.ts';

/** What a program builds without keeping anything open by it, and why. */
const cheap: Readonly<Record<string, string>> = {
  '@neondatabase/serverless http': 'one HTTP request for each query',
  'axios client': 'options only: its sockets are of the Agent of Node',
  'got client': 'options only: its sockets are of the Agent of Node',
  'kysely kysely': 'the dialect is built by itself, and the pool in it too',
  'mongoose mongoose': 'holds nothing before connect()',
  'mongoose session': 'a session of the one connection, handed out',
  'mongoose model': 'a class over the one connection',
  'mssql transaction': 'takes its connection from the pool, with begin()',
  'mssql statement': 'takes its connection from the pool, with prepare()',
  'mssql request': 'takes its connection from the pool, for each query',
  'pg-promise initialized': 'a library with its options; calling it builds',
  'prisma-adapters pgAdapter': 'the client that gets it opens the pool',
  'prisma-adapters mariadbAdapter': 'the client that gets it opens the pool',
  'undici wrapper': 'works through the dispatcher it is given',
};

const checkoutsOf = (kind: Kind): CheckoutMethod[] => Object.values(kind.checkouts ?? {});

/** The kinds that a program builds with this driver. */
function collectBuilt({ exports, kinds }: Driver): string[] {
  const direct = Object.values(exports).flatMap((each) => (each.existing ? [] : [each.new, each.call]));
  const called = direct.map((name) => (name === undefined ? undefined : kinds[name]?.call));
  const through = Object.values(kinds).flatMap((kind) => [
    ...(kind.builds ?? []).map((method) => kind.members?.[method]),
    ...checkoutsOf(kind).map((checkout) => checkout.opens?.kind),
  ]);
  return [...new Set([...direct, ...called, ...through])].filter((name) => name !== undefined);
}

function listsOf(owns: Ownership): (readonly string[])[] {
  return [owns.end, owns.open, owns.mustOpen, owns.borrows, owns.session].map((list) => list ?? []);
}

test('whatever is cheap to build is built by some driver', () => {
  const built = drivers.flatMap((driver) => collectBuilt(driver).map((kind) => `${driver.name} ${kind}`));
  expect(Object.keys(cheap).filter((name) => !built.includes(name))).toEqual([]);
});

for (const driver of drivers) {
  const built = collectBuilt(driver);
  const owners = Object.entries(driver.kinds).flatMap(([name, kind]) =>
    kind.owns ? [{ name, kind, owns: kind.owns }] : [],
  );

  test(`${driver.name}: what is built owns something, or is cheap`, () => {
    const silent = built.filter((name) => !driver.kinds[name]?.owns);
    expect(silent.filter((name) => !(`${driver.name} ${name}` in cheap))).toEqual([]);
    expect(built.filter((name) => driver.kinds[name]?.owns && `${driver.name} ${name}` in cheap)).toEqual([]);
  });

  test(`${driver.name}: what a pool hands out owns nothing`, () => {
    const given = Object.values(driver.kinds).flatMap((kind) => checkoutsOf(kind).map(({ gives }) => gives));
    const both = owners.filter(({ name, kind }) => given.includes(name) && !kind.lease?.dedicated);
    expect(both).toEqual([]);
  });

  test(`${driver.name}: ownership repeats nothing and agrees with the lease`, () => {
    const lists = owners.flatMap(({ owns }) => listsOf(owns));
    expect(lists.filter((list) => new Set(list).size < list.length)).toEqual([]);
    expect(owners.filter(({ owns }) => owns.mustOpen?.some((method) => owns.open?.includes(method)))).toEqual([]);
    for (const { kind, owns } of owners) {
      if (kind.lease) expect([...owns.end].sort()).toEqual([...kind.lease.giveBack].sort());
      if (kind.lease) expect(Boolean(owns.awaitEnd)).toBe(Boolean(kind.lease.awaitGiveBack));
    }
  });

  test(`${driver.name}: what it says of errors and builders names what there is`, () => {
    const held = owners.flatMap(({ owns }) => owns.crashes?.held ?? []);
    expect(held.filter((name) => !driver.kinds[name]?.lease)).toEqual([]);
    const emitters = owners.filter(({ kind, owns }) => owns.crashes?.on && !kind.members?.[owns.crashes.on]);
    expect(emitters).toEqual([]);
    const unknown = Object.values(driver.kinds).flatMap((kind) =>
      (kind.builds ?? []).filter((method) => !Object.hasOwn(kind.members ?? {}, method)),
    );
    expect(unknown).toEqual([]);
    const odd = Object.values(driver.exports).filter((each) => each.existing && (!each.call || each.new));
    expect(odd).toEqual([]);
    expect((driver.moduleEnds ?? []).filter((end) => /^[/]|\/index$|\.[jt]s$/.test(end))).toEqual([]);
  });

  for (const { name, owns } of owners.filter((owner) => built.includes(owner.name) && owner.owns.pooled)) {
    test(`${driver.name}: the pool that stands in for ${name} does its work`, () => {
      expect(owns.what).toBe('connection');
      const { pooled } = owns;
      const maker = driver.exports[pooled?.maker ?? ''];
      const pool = driver.kinds[(pooled?.new ? maker?.new : maker?.call) ?? ''];
      expect(pool?.owns?.what).toBe('pool');
      const given = driver.kinds[pool?.checkouts?.[pooled?.checkout ?? '']?.gives ?? ''];
      expect(given?.lease?.giveBack[0]).toBe(pooled?.giveBack);
      expect(pool?.statements).toEqual(expect.arrayContaining([...(pooled?.statements ?? [])]));
    });
  }
}
