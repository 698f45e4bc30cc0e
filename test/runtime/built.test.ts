import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/runtime/adopt.ts';
import { originAbove } from '../../src/runtime/stacks.ts';
import type { Origin } from '../../src/runtime/stacks.ts';
import { runInRequest } from '../../src/runtime/request.ts';
import { collectEvents } from './support/events.ts';
import type { Events } from './support/events.ts';
import { fakeSource } from './support/source.ts';

type Kind = 'client' | 'pool';

let count = 0;

interface Build {
  readonly kind: Kind;
  readonly times: number;
  readonly database?: (turn: number) => string;
  readonly inRequest?: boolean;
  readonly origin?: Origin;
}

/** Builds so many at one line, whose stack each test has for itself by another database. */
function build({ kind, times, database, inRequest = false, origin }: Build): Events {
  const events = collectEvents();
  count += 1;
  const own = `app${count}`;
  for (let turn = 0; turn < times; turn += 1) {
    const name = database?.(turn) ?? own;
    const source = fakeSource({
      kind,
      options: { connectionTimeoutMillis: 1000 },
      address: () => ({ host: 'db', port: 5432, database: name, user: 'me' }),
    });
    const make = (): unknown => adopt(source, { origin: origin ?? originAbove(make) });
    if (inRequest) runInRequest(`GET /${turn}`, make);
    else make();
  }
  return events;
}

const fromLibrary = Object.assign(Object.create(null) as Origin, {
  stack: 'Error\n    at connect (/app/node_modules/pg-boss/src/db.js:45:11)\n    at run (/app/src/jobs.ts:1:1)',
});

describe('what is built again and again', () => {
  it.for<[string, Build, readonly string[]]>([
    [
      'a pool for each request',
      { kind: 'pool', times: 3, inRequest: true },
      ['pool/no-pool-in-handler', 'pool/no-pool-in-handler'],
    ],
    ['a connection for each request', { kind: 'client', times: 2, inRequest: true }, ['pool/no-connect-per-request']],
    ['a pool at each turn', { kind: 'pool', times: 3 }, ['pool/no-pool-in-handler']],
    ['a connection at each turn', { kind: 'client', times: 10 }, ['pool/no-connect-per-request']],
  ])('is reported: %s', ([, one, ids]) => {
    const events = build(one);
    expect(events.ids).toEqual(ids);
    expect(events.violations[0]?.site).toMatch(/^test\/runtime\/built\.test\.ts:\d+:\d+$/);
  });

  it.for<[string, Build]>([
    ['the first request imports the module that builds it', { kind: 'pool', times: 1, inRequest: true }],
    ['a pool and its replica at one line', { kind: 'pool', times: 2 }],
    ['nine clients of a script', { kind: 'client', times: 9 }],
    ['a pool for each tenant', { kind: 'pool', times: 20, inRequest: true, database: (turn) => `tenant${turn}` }],
    ['clients that a library opens for itself', { kind: 'client', times: 20, inRequest: true, origin: fromLibrary }],
  ])('is silent where it is right: %s', ([, one]) => {
    expect(build(one).ids).toEqual([]);
  });

  it('says how often, and for which request', () => {
    const { violations } = build({ kind: 'pool', times: 3, inRequest: true });
    expect(violations.map(({ data, request }) => [data['count'], request])).toEqual([
      [2, 'GET /1'],
      [3, 'GET /2'],
    ]);
  });
});
