import { afterEach, describe, expect, it } from 'vitest';
import { adopt, dismiss } from '../../src/runtime/adopt.ts';
import type { Guard, Source } from '../../src/runtime/guard.ts';
import { reportHeld } from '../../src/runtime/shutdown.ts';
import { world } from '../../src/runtime/world.ts';
import { collectEvents } from './support/events.ts';
import { fakeSource } from './support/source.ts';

const guards: Guard[] = [];

afterEach(() => {
  for (const lease of world.leases) world.leases.end(lease);
  for (const guard of guards.splice(0)) dismiss(guard);
});

function adoptFake(stated: Partial<Source> = {}): Guard {
  const guard = adopt(fakeSource(stated), { policy: {} });
  guards.push(guard);
  return guard;
}

function hold(guard: Guard, count: number): void {
  for (let one = 0; one < count; one += 1) world.leases.begin(guard, {}, hold);
}

const waits = (waiting: number): Partial<Source> => ({
  counts: () => ({ total: 0, idle: 0, waiting, max: 1 }),
});

describe('at the end of the process', () => {
  it('nothing is said when everything came back', () => {
    const events = collectEvents();
    hold(adoptFake(), 1);
    for (const lease of world.leases) world.leases.end(lease);
    reportHeld();
    expect(events.ids).not.toContain('runtime/held-at-shutdown');
  });

  it('the ten that are held the longest are named', () => {
    const events = collectEvents();
    const first = adoptFake();
    hold(first, 1);
    hold(adoptFake(), 14);
    reportHeld();
    const told = events.violations.filter(({ id }) => id === 'runtime/held-at-shutdown');
    expect(told).toHaveLength(10);
    expect(told[0]).toMatchObject({ pool: first.name, site: expect.stringContaining('shutdown.test.ts') });
  });

  it('pools with callers that wait are named, also when another cannot count', () => {
    const events = collectEvents();
    const broken = adoptFake();
    const { name } = adoptFake(waits(3));
    broken.source.counts = () => {
      throw new Error('closed');
    };
    reportHeld();
    expect(events.violations.filter(({ id }) => id === 'runtime/held-at-shutdown')).toMatchObject([
      { message: `3 requests still wait for a connection of \`${name}\` when the process ends.` },
    ]);
  });

  it('only the pools that are asked for are named', () => {
    const events = collectEvents();
    const [one, other] = [adoptFake(waits(1)), adoptFake(waits(1))];
    hold(one, 1);
    hold(other, 1);
    reportHeld((guard) => guard === other);
    const told = events.violations.filter(({ id }) => id === 'runtime/held-at-shutdown');
    expect(told.map(({ pool }) => pool)).toEqual([other.name, other.name]);
  });
});
