import { onTestFinished } from 'vitest';
import { adopt, dismiss } from '../../../src/runtime/adopt.ts';
import type { Counts, Guard, Source } from '../../../src/runtime/guard.ts';
import { world } from '../../../src/runtime/world.ts';
import { fakeSource } from '../support/source.ts';

/** Pools without a driver, whose counts the tests set. */

export interface CountedPool {
  readonly guard: Guard;
  readonly counts: { -readonly [Key in keyof Counts]: Counts[Key] };
  readonly lend: () => () => void;
}

export function adoptCounted(name: string, counts: Partial<Counts>, stated: Partial<Source> = {}): CountedPool {
  const all = { total: 0, idle: 0, waiting: 0, max: 10, ...counts };
  const { log } = world.reporter;
  world.reporter.log = 'off';
  const guard = adopt(fakeSource({ counts: () => all, ...stated }), { name, policy: {} });
  world.reporter.log = log;
  onTestFinished(() => dismiss(guard));
  const lend = (): (() => void) => {
    const lease = world.leases.begin(guard, {}, adoptCounted);
    return () => world.leases.end(lease);
  };
  return { guard, counts: all, lend };
}
