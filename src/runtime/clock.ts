import { performance } from 'node:perf_hooks';

/**
 * Time in coarse steps, which costs a checkout one read of a field. It counts only time in which the program could run:
 * while the event loop is blocked nobody can give anything back, so that nobody is to blame.
 */

// As they are now: an application's fake timers must not stop ours.
const { setInterval, clearInterval } = globalThis;

/** Milliseconds between two steps. */
export const TICK = 250;

export class Clock {
  /** Milliseconds of running time, as of the last step: a whole number, which costs a lease no object of its own. */
  now = 0;
  #running = 0;
  #last = 0;
  #interval: number = TICK;
  #timer: NodeJS.Timeout | undefined;
  readonly #steps = new Set<(starved: number) => void>();

  /** `step` is called after each step with the milliseconds in which the program could not run. */
  onStep(step: (starved: number) => void): void {
    this.#steps.add(step);
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** Finer steps, for limits that are shorter than a few of the usual ones. */
  refine(ms: number): void {
    const interval = Math.max(5, Math.min(this.#interval, Math.floor(ms)));
    if (interval === this.#interval) return;
    this.#interval = interval;
    if (this.isRunning) this.stop();
  }

  get interval(): number {
    return this.#interval;
  }

  /** The timer keeps no process alive. */
  start(): void {
    if (this.#timer) return;
    this.#last = performance.now();
    this.#timer = setInterval(() => this.step(performance.now()), this.#interval);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One step: `time` is what the machine's monotonic clock says. */
  step(time: number): void {
    const elapsed = time - this.#last;
    this.#last = time;
    const starved = elapsed > 1.5 * this.#interval ? elapsed - this.#interval : 0;
    this.#running += elapsed - starved;
    this.now = Math.round(this.#running);
    for (const step of this.#steps) step(starved);
  }
}
