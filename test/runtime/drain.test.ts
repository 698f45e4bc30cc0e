import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { agentLimits } from '../../src/drivers/limits/node-http.ts';
import { adopt, dismiss } from '../../src/runtime/adopt.ts';
import { drain, drainOnce } from '../../src/runtime/drain.ts';
import { guardPool } from '../../src/runtime/guard-pool.ts';
import type { Guard, Source } from '../../src/runtime/guard.ts';
import { world } from '../../src/runtime/world.ts';
import { startPostgres } from '../support/postgres.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { buildRuntime, endUnderLoad, LEAK } from './drain-app.ts';
import { collectEvents } from './support/events.ts';
import { fakeSource } from './support/source.ts';

let server: PostgresServer | undefined;
let runtime: ReturnType<typeof buildRuntime>;

beforeAll(async () => {
  world.reporter.log = 'off';
  server = await startPostgres();
  runtime = buildRuntime();
});

afterAll(async () => {
  runtime.remove();
  await server?.stop();
});

const wrong = (seen: Readonly<Record<string, number>>): string[] =>
  Object.keys(seen).filter((what) => what !== '200' && what !== 'ECONNREFUSED');

describe('SIGTERM while twenty clients ask', () => {
  it('answers every request and ends every pool', async ({ skip }) => {
    if (!server) return skip();
    const { code, result, seen } = await endUnderLoad(['drain'], runtime.url, server);
    expect(wrong(seen)).toEqual([]);
    expect(code).toBe(0);
    expect(result).toMatchObject({ drained: true, holders: [], waiting: 0, clients: 0, errors: [] });
  });

  it('names the line that holds a connection, and ends by the deadline all the same', async ({ skip }) => {
    if (!server) return skip();
    const { code, result, seen, stderr } = await endUnderLoad(['drain', 'leaks'], runtime.url, server);
    expect(wrong(seen)).toEqual([]);
    expect(code).toBe(3);
    expect(result).toMatchObject({ drained: false, waiting: 0, clients: 0, errors: [] });
    expect(result?.tookMs).toBeLessThanOrEqual(3050);
    expect(result?.holders).toMatchObject([{ site: expect.stringContaining(LEAK) }]);
    expect(stderr).toMatch(
      `runtime/held-at-shutdown (observe): A connection of \`postgres@127.0.0.1\` checked out at `,
    );
    expect(stderr).toContain(LEAK);
  });

  it('without it, requests fail', async ({ skip }) => {
    if (!server) return skip();
    const { code, seen } = await endUnderLoad(['naive'], runtime.url, server);
    expect(code).toBe(0);
    expect(wrong(seen)).not.toEqual([]);
  });

  it('without it, a connection that is held keeps the process alive for ever, and every request fails', async ({
    skip,
  }) => {
    if (!server) return skip();
    const { code, seen } = await endUnderLoad(['naive', 'leaks'], runtime.url, server, 2_000);
    expect(code).toBeNull();
    expect(seen['500']).toBeGreaterThan(0);
  });
});

interface Fake {
  readonly guard: Guard;
  readonly end: () => Promise<void>;
}

/** A pool without connections; the test says what it counts and how it ends. */
function adoptFake(stated: Partial<Source> = {}): Fake {
  const end = vi.fn(stated.end ?? (async () => {}));
  const guard = adopt(
    fakeSource({
      ...stated,
      async end() {
        dismiss(guard);
        await end();
      },
    }),
    { policy: {} },
  );
  onTestFinished(() => {
    dismiss(guard);
    for (const lease of world.leases) world.leases.end(lease);
  });
  return { guard, end: end as Fake['end'] };
}

function hold({ guard }: Fake): object {
  const connection = {};
  world.leases.begin(guard, connection, hold);
  return connection;
}

const counts = (stated: object): (() => ReturnType<Source['counts']>) => {
  return () => ({ total: 0, idle: 0, waiting: 0, max: 10, ...stated });
};

describe('drain', () => {
  it('ends every pool and says so', async () => {
    const events = collectEvents();
    const open = counts({ total: 1 });
    const fakes = [adoptFake(), adoptFake({ kind: 'client', counts: open }), adoptFake({ counts: open })];
    const result = await drainOnce({ deadlineMs: 1_000 });
    for (const { end } of fakes) expect(end).toHaveBeenCalledOnce();
    expect(result).toMatchObject({ drained: true, holders: [], waiting: 0, clients: 0, errors: [] });
    const told = events.notices.filter(({ type }) => type.startsWith('drain'));
    expect(told).toMatchObject([
      { type: 'drain-start', data: { deadlineMs: 1_000 } },
      { type: 'drain-end', message: `The pools are drained, in ${result.tookMs} ms.`, data: { ...result } },
    ]);
    expect(events.ids).not.toContain('runtime/held-at-shutdown');
  });

  const busy: readonly (readonly [what: string, busy: object, done: object])[] = [
    ['a query of the pool itself', { total: 2, idle: 1 }, { total: 2, idle: 2 }],
    ['a caller that waits', { waiting: 1 }, {}],
  ];

  it.for(busy)('waits for %s', async ([, before, after]) => {
    let isDone = false;
    const fake = adoptFake({ take: async () => ({}), counts: () => counts(isDone ? after : before)() });
    const draining = drainOnce({ deadlineMs: 5_000 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.end).not.toHaveBeenCalled();
    isDone = true;
    expect(await draining).toMatchObject({ drained: true });
  });

  it('waits for a connection that is held, and no longer', async () => {
    const fake = adoptFake();
    hold(fake);
    const draining = drainOnce({ deadlineMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.end).not.toHaveBeenCalled();
    for (const lease of world.leases) world.leases.end(lease);
    expect(await draining).toMatchObject({ drained: true });
  });

  it('names and closes what is held at the deadline, after the pool takes no caller any more', async () => {
    const events = collectEvents();
    const steps: unknown[] = [];
    const fake = adoptFake({
      counts: counts({ total: 1, waiting: 2 }),
      end: async () => void steps.push('end'),
      destroy: (connection) => void steps.push(connection),
    });
    const connection = hold(fake);
    const result = await drainOnce({ deadlineMs: 100 });
    expect(result).toMatchObject({ drained: false, waiting: 2 });
    expect(result.holders).toMatchObject([{ pool: fake.guard.name, site: expect.stringContaining('drain.test.ts') }]);
    expect(steps).toEqual(['end', connection]);
    expect(events.violations.filter(({ id }) => id === 'runtime/held-at-shutdown')).toMatchObject([
      { pool: fake.guard.name, site: expect.stringContaining('drain.test.ts') },
      { message: `2 requests still wait for a connection of \`${fake.guard.name}\` when the process ends.` },
    ]);
    expect(world.leases.count).toBe(0);
  });

  it('is over at the deadline when a pool never ends', async () => {
    adoptFake({ end: () => new Promise(() => {}) });
    expect(await drainOnce({ deadlineMs: 100 })).toMatchObject({ drained: false });
  });

  const failing: readonly (readonly [how: string, end: () => Promise<void>])[] = [
    ['rejects', () => Promise.reject(new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
  ];

  it.for(failing)('hands over what an end %s, and ends the others', async ([, end]) => {
    adoptFake({ end });
    const other = adoptFake();
    const result = await drainOnce({ deadlineMs: 1_000 });
    expect(result).toMatchObject({ drained: false, errors: [new Error('no')] });
    expect(other.end).toHaveBeenCalledOnce();
  });

  it('goes on when a connection cannot be closed, or a pool cannot count', async () => {
    const fake = adoptFake({
      destroy: () => {
        throw new Error('closed already');
      },
    });
    const broken = adoptFake();
    hold(fake);
    broken.guard.source.counts = () => {
      throw new Error('cannot count');
    };
    expect(await drainOnce({ deadlineMs: 100 })).toMatchObject({ drained: false, holders: [{}] });
    expect(broken.end).toHaveBeenCalledOnce();
  });

  it('leaves agents of HTTP alone, whatever they do', async () => {
    const agent = adoptFake({ limits: agentLimits, counts: counts({ total: 1 }) });
    hold(agent);
    expect(await drainOnce({ deadlineMs: 1_000 })).toMatchObject({ drained: true, holders: [] });
    expect(agent.end).not.toHaveBeenCalled();
    expect(agent.guard.held).toBe(1);
  });

  it.for([undefined, Number.NaN, -1, Infinity])('takes %s for a deadline', async (deadlineMs) => {
    adoptFake();
    expect(await drainOnce({ deadlineMs } as object)).toMatchObject({ drained: true });
  });

  it('gives the second caller what the first one gets', async () => {
    const fake = adoptFake();
    const [one, two] = [drain({ deadlineMs: 1_000 }), drain()];
    expect(two).toBe(one);
    expect(await one).toMatchObject({ drained: true });
    expect(drain()).toBe(one);
    expect(fake.end).toHaveBeenCalledOnce();
  });
});

describe('drain of pools of pg', () => {
  it('lets queries end, and the ones that wait for a connection', async ({ skip }) => {
    if (!server) return skip();
    const { host, port, user, database } = server;
    const pool = new pg.Pool({ host, port, user, database, max: 1 });
    pool.on('error', () => {});
    guardPool(pool, {});
    const queries = Promise.all([pool.query('SELECT pg_sleep(0.1)'), pool.query('SELECT 1'), pool.query('SELECT 2')]);
    expect(await drainOnce({ deadlineMs: 10_000 })).toMatchObject({ drained: true });
    expect(await queries).toHaveLength(3);
    await expect(pool.query('SELECT 3')).rejects.toThrow('after calling end');
  });

  it('frees what is held, also on the server, and its holder hears of it', async ({ skip }) => {
    if (!server) return skip();
    const { host, port, user, database } = server;
    const pool = new pg.Pool({ host, port, user, database, application_name: 'held' });
    pool.on('error', () => {});
    guardPool(pool, {});
    const client = await pool.connect();
    expect(await drainOnce({ deadlineMs: 200 })).toMatchObject({ drained: false, holders: [{ request: undefined }] });
    await expect(client.query('SELECT 1')).rejects.toThrow();
    expect(() => client.release()).not.toThrow();
    const other = new pg.Client({ host, port, user, database });
    await other.connect();
    const count = async (): Promise<number> => {
      const { rows } = await other.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'held'");
      return rows.length;
    };
    await eventually(async () => expect(await count()).toBe(0));
    await other.end();
  });
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A server of HTTP whose answers wait for the test. */
async function serve(): Promise<{ server: http.Server; port: number; answers: http.ServerResponse[] }> {
  const answers: http.ServerResponse[] = [];
  const server = http.createServer((_request, response) => answers.push(response));
  const port = await listen(server);
  onTestFinished(() => server.closeAllConnections());
  return { server, port, answers };
}

function get(port: number, agent: http.Agent): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    http.get({ port, agent, host: '127.0.0.1' }, (response) => resolve(response.resume())).on('error', reject);
  });
}

function keepAlive(): http.Agent {
  const agent = new http.Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  return agent;
}

describe('a server that is drained', () => {
  it('answers what was asked before, and says that the connection ends', async () => {
    const { answers, port, server } = await serve();
    const other = await serve();
    const answer = get(port, keepAlive());
    await eventually(() => expect(answers.length).toBeGreaterThan(0));
    const fake = adoptFake();
    const draining = drainOnce({ deadlineMs: 5_000, server: [server, other.server] });
    await expect(get(port, keepAlive())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(get(other.port, keepAlive())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(fake.end).not.toHaveBeenCalled();
    answers[0]?.end('late');
    expect(await answer).toMatchObject({ statusCode: 200, headers: { connection: 'close' } });
    expect(await draining).toMatchObject({ drained: true, clients: 0 });
  });

  it('answers the next request on a connection that was kept', async () => {
    const { answers, port, server } = await serve();
    const agent = keepAlive();
    const one = get(port, agent);
    await eventually(() => expect(answers.length).toBeGreaterThan(0));
    answers[0]?.end();
    expect(await one).toMatchObject({ headers: { connection: 'keep-alive' } });
    const draining = drainOnce({ deadlineMs: 5_000, server });
    const two = get(port, agent);
    await eventually(() => expect(answers.length).toBeGreaterThan(1));
    answers[1]?.end();
    expect(await two).toMatchObject({ statusCode: 200, headers: { connection: 'close' } });
    expect(await draining).toMatchObject({ drained: true });
  });

  it('closes connections on which nothing is asked', async () => {
    const { answers, port, server } = await serve();
    const one = get(port, keepAlive());
    await eventually(() => expect(answers.length).toBeGreaterThan(0));
    answers[0]?.end();
    await one;
    const result = await drainOnce({ deadlineMs: 20_000, server });
    expect(result).toMatchObject({ drained: true, clients: 0 });
    expect(result.tookMs).toBeLessThan(4_000);
  });

  it('cuts what hangs at the deadline', async () => {
    const { answers, port, server } = await serve();
    const lost = expect(get(port, keepAlive())).rejects.toMatchObject({ code: 'ECONNRESET' });
    await eventually(() => expect(answers.length).toBeGreaterThan(0));
    expect(await drainOnce({ deadlineMs: 200, server })).toMatchObject({ drained: false, clients: 1 });
    await lost;
  });

  it('may have been closed by the program, or never listened', async () => {
    const { server } = await serve();
    server.close();
    expect(await drainOnce({ deadlineMs: 2_000, server: [server, http.createServer()] })).toMatchObject({
      drained: true,
    });
  });

  it('may be anything with a `close`, also one that throws', async () => {
    const close = vi.fn((done?: () => void) => done?.());
    const broken = (): void => {
      throw new Error('no');
    };
    expect(await drainOnce({ deadlineMs: 2_000, server: [{ close }, { close: broken }] })).toMatchObject({
      drained: true,
    });
    expect(close).toHaveBeenCalledOnce();
  });

  it('ends sessions of HTTP/2 after their last answer', async () => {
    const answers: http2.Http2ServerResponse[] = [];
    const server = http2.createServer((_request, response) => answers.push(response));
    const client = http2.connect(`http://127.0.0.1:${await listen(server)}`);
    onTestFinished(() => client.destroy());
    const [one, two] = [client.request({ ':path': '/' }), client.request({ ':path': '/' })];
    const answered = Promise.all([once(one, 'response'), once(two, 'response')]);
    await eventually(() => expect(answers.length).toBe(2));
    const draining = drainOnce({ deadlineMs: 5_000, server });
    for (const answer of answers) answer.end('late');
    expect((await answered).map(([headers]) => headers[':status'])).toEqual([200, 200]);
    one.resume();
    two.resume();
    expect(await draining).toMatchObject({ drained: true, clients: 0 });
  });
});
