import { vi } from 'vitest';

/** Waits for what happens by itself: long enough for a busy machine, since who waits in vain fails all the same. */
export const eventually = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: 15_000, interval: 5 });
