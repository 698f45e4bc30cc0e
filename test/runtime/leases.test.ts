import { describe, expect, it } from 'vitest';
import { Clock, TICK } from '../../src/runtime/clock.ts';
import { Guard } from '../../src/runtime/guard.ts';
import { LEASE, Leases } from '../../src/runtime/leases.ts';
import type { Lease, Leased } from '../../src/runtime/leases.ts';
import { originAbove, Stacks } from '../../src/runtime/stacks.ts';
import { runInRequest } from '../../src/runtime/request.ts';
import { fakeSource } from './support/source.ts';

function world(): { readonly clock: Clock; readonly leases: Leases; readonly guard: Guard; begin: () => Lease } {
  const clock = new Clock();
  const leases = new Leases(clock, new Stacks());
  const guard = new Guard(fakeSource(), { name: 'app', policy: {} });
  return { clock, leases, guard, begin: () => leases.begin(guard, {}, begin) };
}

function begin(): void {}

describe('leases', () => {
  it('stand in the order of their checkouts', () => {
    const { begin, leases } = world();
    const [a, b, c] = [begin(), begin(), begin()];
    expect([...leases]).toEqual([a, b, c]);
    leases.end(b);
    expect([[...leases], leases.oldest, leases.count]).toEqual([[a, c], a, 2]);
    leases.end(a);
    leases.end(c);
    expect([[...leases], leases.oldest, leases.count]).toEqual([[], undefined, 0]);
  });

  it('end once, however often they are ended', () => {
    const { begin, guard, leases } = world();
    const [a, b] = [begin(), begin()];
    leases.end(a);
    leases.end(a);
    expect([[...leases], guard.held, guard.taken, a.isHeld, b.isHeld]).toEqual([[b], 1, 2, false, true]);
  });

  it('may end while somebody looks at them', () => {
    const { begin, leases } = world();
    const all = [begin(), begin(), begin()];
    const seen: Lease[] = [];
    for (const lease of leases) {
      seen.push(lease);
      leases.end(lease);
    }
    expect([seen, leases.count]).toEqual([all, 0]);
  });

  it('are looked at only as far as they are old', () => {
    const { begin, clock, leases } = world();
    const old = begin();
    const start = performance.now();
    clock.stop();
    for (const steps of [1, 2, 3]) clock.step(start + steps * TICK);
    begin();
    const found = [...leases.olderThan(TICK)];
    expect([found.length, found[0] === old]).toEqual([1, true]);
    expect(leases.ageOf(old)).toBeGreaterThan(2 * TICK);
  });

  it('stand on the connection, and know the request', () => {
    const { guard, leases } = world();
    const connection: Leased = {};
    const lease = runInRequest('GET /orders', () => leases.begin(guard, connection, begin));
    expect([connection[LEASE], lease.request]).toEqual([lease, { name: 'GET /orders' }]);
  });

  it('of a callback have the request that asked, also where it was none', () => {
    const { guard, leases } = world();
    const lease = runInRequest('GET /releaser', () => leases.beginFor(guard, {}, undefined, undefined));
    expect(lease.request).toBeUndefined();
  });

  it('serve again where nobody keeps them, as if they were new', () => {
    const { clock, guard, leases } = world();
    const connection: Leased = {};
    const first = leases.beginAgain(guard, connection, undefined, { name: 'GET /first' });
    first.isUnknown = true;
    leases.end(first);
    clock.now += 1000;
    const origin = originAbove(begin);
    const second = leases.beginAgain(guard, connection, origin, { name: 'GET /second' });
    expect(second).toBe(first);
    expect(second).toMatchObject({ isHeld: true, isUnknown: false, origin, request: { name: 'GET /second' } });
    expect([leases.ageOf(second), [...leases], guard.held, guard.taken]).toEqual([0, [second], 1, 2]);
  });

  it.for(['isKept', 'isReported', 'isReclaimed'] as const)('do not serve again: %s', (why) => {
    const { guard, leases } = world();
    const connection: Leased = {};
    const first = leases.beginAgain(guard, connection, undefined, undefined);
    first[why] = true;
    leases.end(first);
    const second = leases.beginAgain(guard, connection, undefined, undefined);
    expect([second === first, first.isHeld, second.isHeld, connection[LEASE] === second]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('do not serve again while they are held, nor for another pool', () => {
    const { guard, leases } = world();
    const other = new Guard(fakeSource(), { name: 'other', policy: {} });
    const connection: Leased = {};
    const first = leases.beginAgain(guard, connection, undefined, undefined);
    const second = leases.beginAgain(guard, connection, undefined, undefined);
    leases.end(second);
    const third = leases.beginAgain(other, connection, undefined, undefined);
    expect([new Set([first, second, third]).size, [...leases]]).toEqual([3, [first, third]]);
  });

  it('wake the clock, which rests when nothing is held', () => {
    const { begin, clock, leases } = world();
    const lease = begin();
    expect(clock.isRunning).toBe(true);
    leases.refresh();
    expect(clock.isRunning).toBe(true);
    leases.end(lease);
    leases.refresh();
    expect(clock.isRunning).toBe(false);
  });

  it('that were reported as lost say so when they end', () => {
    const { begin, leases } = world();
    const late: Lease[] = [];
    leases.onLateReturn = (lease) => late.push(lease);
    const [a, b] = [begin(), begin()];
    a.isReported = true;
    leases.end(a);
    leases.end(b);
    expect(late).toEqual([a]);
  });
});
