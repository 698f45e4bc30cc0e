import { describe, expect, it } from 'vitest';
import { Clock, TICK } from '../../src/runtime/clock.ts';

/** A clock that the test steps: `start` would take the machine's time. */
function stepped(): { readonly clock: Clock; readonly starved: number[]; at: (time: number) => void } {
  const clock = new Clock();
  const starved: number[] = [];
  clock.onStep((ms) => starved.push(ms));
  return { clock, starved, at: (time) => clock.step(time) };
}

describe('the clock', () => {
  it('goes with the time of the machine', () => {
    const { at, clock, starved } = stepped();
    for (const time of [TICK, 2 * TICK, 3 * TICK + 20]) at(time);
    expect([clock.now, starved]).toEqual([3 * TICK + 20, [0, 0, 0]]);
  });

  it('stands still while the event loop is blocked', () => {
    const { at, clock, starved } = stepped();
    at(TICK);
    at(TICK + 10_000);
    expect([clock.now, starved]).toEqual([2 * TICK, [0, 10_000 - TICK]]);
  });

  it('takes a late step for a late step, not for a blocked loop', () => {
    const { at, clock, starved } = stepped();
    at(TICK * 1.4);
    expect([clock.now, starved]).toEqual([TICK * 1.4, [0]]);
  });

  it('steps more often for shorter limits, and never less often', () => {
    const { clock } = stepped();
    const intervals = [1000, 50, 200, 0].map((ms) => {
      clock.refine(ms);
      return clock.interval;
    });
    expect(intervals).toEqual([TICK, 50, 50, 5]);
  });

  it('does not keep the process alive, and stops', () => {
    const { clock } = stepped();
    const before = process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;
    clock.start();
    expect(clock.isRunning).toBe(true);
    // Only timers that keep it alive are listed.
    expect(process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length).toBe(before);
    clock.stop();
    expect(clock.isRunning).toBe(false);
  });
});
