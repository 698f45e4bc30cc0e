import { onTestFinished } from 'vitest';
import type { Notice, PoolEvent, Violation } from '../../../src/runtime/report.ts';
import { world } from '../../../src/runtime/world.ts';

/** Everything that the runtime says during one test; nothing of it goes to the console. */
export interface Events {
  readonly all: PoolEvent[];
  readonly violations: readonly Violation[];
  readonly notices: readonly Notice[];
  /** The ids of the violations, in the order in which they came. */
  readonly ids: readonly string[];
}

export function collectEvents(): Events {
  const all: PoolEvent[] = [];
  const { log } = world.reporter;
  world.reporter.log = 'off';
  const stop = world.reporter.subscribe((event) => all.push(event));
  onTestFinished(() => {
    stop();
    world.reporter.log = log;
  });
  const violations = (): Violation[] => all.filter((event) => event.type === 'violation');
  return {
    all,
    get violations() {
      return violations();
    },
    get notices() {
      return all.filter((event) => event.type !== 'violation');
    },
    get ids() {
      return violations().map(({ id }) => id);
    },
  };
}
