import diagnostics from 'node:diagnostics_channel';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Reporter } from '../../src/runtime/report.ts';
import type { Notice, Violation } from '../../src/runtime/report.ts';

const violation: Violation = {
  type: 'violation',
  id: 'pool/require-release',
  message: 'A connection is held.',
  mode: 'observe',
  pool: 'app@db',
  driver: 'pg',
  site: 'src/orders.ts:12:3',
  stack: [
    '    at Pool.connect (/app/node_modules/pg-pool/index.js:1:1)',
    '    at findOrder (/app/src/orders.ts:12:3)',
    '    at node:internal/timers:1:1',
  ].join('\n'),
  request: undefined,
  holders: [],
  data: {},
};

const notice: Notice = { type: 'pool-start', message: 'It is guarded.', pool: 'app@db', data: {} };

function printing(): { readonly reporter: Reporter; readonly lines: string[] } {
  const reporter = new Reporter();
  const lines: string[] = [];
  reporter.print = (line) => lines.push(line);
  return { reporter, lines };
}

describe('the reporter', () => {
  it("prints a violation with its id, its mode and the user's own frames", () => {
    const { lines, reporter } = printing();
    reporter.emit(violation);
    expect(lines).toEqual([
      '[pool] pool/require-release (observe): A connection is held.\n    at findOrder (/app/src/orders.ts:12:3)',
    ]);
  });

  it('prints the same once in a minute, and another line at once', () => {
    const { lines, reporter } = printing();
    for (const site of ['a.ts:1:1', 'a.ts:1:1', 'b.ts:1:1', 'a.ts:1:1'])
      reporter.emit({ ...violation, site, message: `Held at ${site}.`, stack: undefined });
    expect(lines.map((line) => line.slice(-16))).toEqual(
      [' Held at a.ts:1:1.', ' Held at b.ts:1:1.'].map((l) => l.slice(-16)),
    );
  });

  it('takes sentences that differ in their numbers for the same', () => {
    const { lines, reporter } = printing();
    for (const ms of [100, 250]) reporter.emit({ ...violation, site: undefined, message: `Held for ${ms} ms.` });
    expect(lines).toHaveLength(1);
  });

  it('prints two sentences of one line', () => {
    const { lines, reporter } = printing();
    for (const wait of ['a connection', 'a statement'])
      reporter.emit({ ...violation, message: `Nothing bounds ${wait}.` });
    expect(lines).toHaveLength(2);
  });

  it('prints what is said of each pool that one line builds once', () => {
    const { lines, reporter } = printing();
    for (const turn of [2, 3, 4]) {
      reporter.emit({ ...violation, pool: `app@db #${turn}`, message: `\`app@db #${turn}\` has no bound.` });
      reporter.emit({ ...notice, type: 'pool-clamp', message: `\`max\` of \`app@db #${turn}\` is set to 5.` });
    }
    expect(lines).toHaveLength(2);
  });

  it('prints one line of JSON for each, when asked', () => {
    const { lines, reporter } = printing();
    reporter.log = 'json';
    reporter.emit(violation);
    expect(lines.map((line) => JSON.parse(line))).toEqual([JSON.parse(JSON.stringify(violation))]);
  });

  it('prints nothing when off, and of the notices only those that people need', () => {
    const { lines, reporter } = printing();
    reporter.emit(notice);
    reporter.emit({ ...notice, type: 'start' });
    reporter.log = 'off';
    reporter.emit(violation);
    expect(lines).toEqual(['[pool] It is guarded.']);
  });

  it('tells every subscriber of everything, until it ends its subscription', () => {
    const { reporter } = printing();
    const seen: string[] = [];
    const stop = reporter.subscribe(({ type }) => seen.push(type));
    reporter.emit(violation);
    reporter.emit(violation);
    reporter.emit(notice);
    stop();
    reporter.emit(notice);
    expect(seen).toEqual(['violation', 'violation', 'pool-start']);
  });

  it('survives a subscriber that throws, and warns', async () => {
    const { reporter } = printing();
    const seen: string[] = [];
    const warned = new Promise<Error & { code?: string }>((resolve) => process.once('warning', resolve));
    reporter.subscribe(() => {
      throw new Error('mine');
    });
    reporter.subscribe(({ type }) => seen.push(type));
    reporter.emit(notice);
    expect(seen).toEqual(['pool-start']);
    expect(await warned).toMatchObject({ code: 'POOL_SUBSCRIBER', message: expect.stringContaining('mine') });
  });

  it.for([
    ['eslint-plugin-pool:violation', violation],
    ['eslint-plugin-pool:pool', notice],
  ] as const)('publishes on %s', ([name, event]) => {
    const { reporter } = printing();
    const seen: unknown[] = [];
    const listener = (message: unknown): unknown => seen.push(message);
    diagnostics.subscribe(name, listener);
    onTestFinished(() => void diagnostics.unsubscribe(name, listener));
    reporter.emit(event);
    expect(seen).toEqual([event]);
  });
});
