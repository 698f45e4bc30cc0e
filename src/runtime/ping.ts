import { timeoutValue } from '../policy/values.ts';
import type { Guard } from './guard.ts';

/** A connection that was idle for a while may be dead without anybody knowing: under `enforce` it is asked first. */

/** What was used a moment ago is alive: HikariCP's aliveBypassWindow. A ping doubles the time of a checkout. */
export const BYPASS_MS = 500;

/** On a connection: when it was given back, as the process's monotonic clock has it. */
export const IDLE_SINCE = Symbol('idle since');

interface Idle {
  [IDLE_SINCE]?: number;
}

/** `isBusy`: its last statement has no answer yet, so that it is asked however soon it is lent again. */
export function markIdle(connection: object, isBusy = false): void {
  (connection as Idle)[IDLE_SINCE] = isBusy ? -Infinity : performance.now();
}

export function needsPing(connection: object): boolean {
  const since = (connection as Idle)[IDLE_SINCE];
  return since !== undefined && performance.now() - since > BYPASS_MS;
}

const { clearTimeout, setTimeout } = globalThis;

/** Whether the connection answers in the time that it may take to open one. */
export function answers(guard: Guard, connection: object): Promise<boolean> {
  const { run } = guard.source;
  if (!run) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), timeoutValue(guard.policy, 'connectMs'));
    const end = (isAlive: boolean): void => {
      clearTimeout(timer);
      resolve(isAlive);
    };
    run(connection, 'SELECT 1').then(
      () => end(true),
      () => end(false),
    );
  });
}
