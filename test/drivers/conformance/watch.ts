import net from 'node:net';
import { Duplex } from 'node:stream';
import { vi } from 'vitest';
import type { Observed } from './facts.ts';

/** More than any default that is counted by opening. */
export const many = 25;

/** So many of those who asked were let through. */
export function letThrough(count: number, asked = many): Observed {
  if (count === asked) return 'unbounded';
  return count === 0 ? 'none' : count;
}

/** Lets everything that is under way without a timer go on. */
export async function settle(rounds = 20): Promise<void> {
  for (let round = 0; round < rounds; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** Fires one timer after the other until `done`: how many milliseconds that took. Timers are fake: see conformance.test.ts. */
export async function until(done: () => boolean): Promise<Observed> {
  const start = Date.now();
  await settle();
  for (let step = 0; !done() && step < 1500 && vi.getTimerCount() > 0; step++) {
    vi.advanceTimersToNextTimer();
    await settle(3);
  }
  if (!done()) return 'unbounded';
  const passed = Date.now() - start;
  return passed <= 1 ? 'at once' : passed;
}

/** How long it takes to settle. */
export async function untilSettled(start: () => Promise<unknown>): Promise<Observed> {
  let settled = false;
  const stop = (): void => void (settled = true);
  start().then(stop, stop);
  return until(() => settled);
}

/** As `until`, in seconds. */
export const inSeconds = (passed: Observed): Observed => (typeof passed === 'number' ? passed / 1000 : passed);

/** A wire on which nobody answers. */
export const silentWire = (): Duplex =>
  new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      done();
    },
    final(done) {
      this.push(null);
      done();
    },
  });

/** A server that accepts and says nothing, while `run` goes on. */
export async function withSilence<T>(run: (port: number) => Promise<T>): Promise<T> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => void sockets.push(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await run((server.address() as net.AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** The first time limit that `run` puts on a socket; Node takes 0 for none. */
export async function socketLimit(run: () => Promise<void>): Promise<Observed> {
  const spy = vi.spyOn(net.Socket.prototype, 'setTimeout');
  try {
    await run();
    const refused = spy.mock.results.find((each) => each.type === 'throw');
    if (refused) throw refused.value;
    const first = spy.mock.calls[0]?.[0];
    return first === undefined || first === 0 ? 'unbounded' : first;
  } finally {
    spy.mockRestore();
  }
}
