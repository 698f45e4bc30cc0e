import { once } from 'node:events';
import http from 'node:http';
import type { ClientRequest, IncomingMessage, Server } from 'node:http';
import https from 'node:https';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { http as adapter } from '../../../src/runtime/drivers/http.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { liveGuards, world } from '../../../src/runtime/world.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

const plain = { http: http.Agent, https: https.Agent };
world.reporter.log = 'off';

let server: Server;
const answers: (() => void)[] = [];

beforeAll(async () => {
  expect([adapter.patch(http), adapter.patch(https)]).toEqual([undefined, undefined]);
  server = http.createServer((_request, response) => answers.push(() => response.end('ok'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  http.globalAgent.destroy();
  server.closeAllConnections();
  server.close();
});

function ask(agent?: http.Agent): { request: ClientRequest; done: Promise<unknown> } {
  const { port } = server.address() as AddressInfo;
  const request = http.get({ host: '127.0.0.1', port, agent });
  const done = once(request, 'response').then(([response]) => once((response as IncomingMessage).resume(), 'end'));
  return { request, done };
}

async function answerAll(tasks: readonly Promise<unknown>[]): Promise<void> {
  const all = Promise.all(tasks);
  const timer = setInterval(() => {
    for (const answer of answers.splice(0)) answer();
  }, 5);
  await all;
  clearInterval(timer);
}

const guardFor = (agent: object): Guard => guardOf(agent)!;
const isBusy = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
};

describe('an agent', () => {
  it('counts its sockets and those who wait for one', async () => {
    const events = collectEvents();
    underPolicy({});
    const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
    const guard = guardFor(agent);
    const tasks = [0, 1, 2].map(() => ask(agent).done);
    await isBusy(() => answers.length === 2);
    expect(guard.source.counts()).toEqual({ total: 2, idle: 0, waiting: 1, max: 2 });
    await answerAll(tasks);
    await isBusy(() => guard.source.counts().idle === 2);
    expect(guard.source.counts()).toEqual({ total: 2, idle: 2, waiting: 0, max: 2 });
    agent.destroy();
    expect(guard.isEnded).toBe(true);
    expect([...liveGuards()]).not.toContain(guard);
    expect(events.ids).toEqual([]);
  });

  it.each([
    ['http', () => new http.Agent({ keepAlive: true })],
    ['https', () => new https.Agent({ keepAlive: true })],
    ['http with Infinity', () => new http.Agent({ keepAlive: true, maxSockets: Infinity })],
  ])('without a bound is reported (%s)', (_name, build) => {
    const events = collectEvents();
    underPolicy({});
    build().destroy();
    expect(events.violations).toMatchObject([{ id: 'pool/no-unbounded-pool', data: { option: 'maxSockets' } }]);
    expect(events.violations[0]?.site).toMatch(/http\.test\.ts/);
  });

  it('is not made smaller by what the policy says of databases', () => {
    const events = collectEvents();
    underPolicy({ runtime: { mode: 'enforce' }, perProcess: { max: 3 }, timeouts: { statementMs: 5 } });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 50, timeout: 60_000 });
    expect(agent).toMatchObject({ maxSockets: 50, options: { timeout: 60_000 } });
    expect(events.ids).toEqual([]);
    agent.destroy();
  });

  it('in each request is reported at its line', () => {
    const events = collectEvents();
    underPolicy({});
    for (let request = 0; request < 2; request += 1)
      runInRequest('GET /', () => new https.Agent({ keepAlive: true, maxSockets: 5 }).destroy());
    expect(events.violations).toMatchObject([{ id: 'pool/no-pool-in-handler', data: { count: 2 } }]);
    expect(events.violations[0]?.site).toMatch(/http\.test\.ts/);
  });

  it('that keeps no socket is no pool', () => {
    const events = collectEvents();
    underPolicy({});
    const agents = [0, 1, 2].map(() => runInRequest('GET /', () => new http.Agent()));
    expect(agents.map((agent) => guardOf(agent))).toEqual([undefined, undefined, undefined]);
    expect(events.all).toEqual([]);
  });

  it('of a library is the library’s', () => {
    const events = collectEvents();
    underPolicy({});
    const folder = mkdtempSync(path.join(tmpdir(), 'pool-library-'));
    const file = path.join(folder, 'node_modules/library.cjs');
    mkdirSync(path.dirname(file));
    writeFileSync(file, "module.exports = () => new (require('http').Agent)({ keepAlive: true });");
    const build = createRequire(import.meta.url)(file) as () => http.Agent;
    const agents = [0, 1, 2].map(() => runInRequest('GET /', build));
    rmSync(folder, { recursive: true });
    expect(agents.map((agent) => guardOf(agent))).toEqual([undefined, undefined, undefined]);
    expect(events.all).toEqual([]);
  });
});

describe('the global agent', () => {
  it('is counted from its first request on, and nothing is said of its limits', async () => {
    const events = collectEvents();
    underPolicy({});
    expect(guardOf(http.globalAgent)).toBeUndefined();
    const { done } = ask();
    await isBusy(() => answers.length === 1);
    const guard = guardFor(http.globalAgent);
    expect(guard.name).toBe('globalAgent');
    expect(guard.source.counts()).toMatchObject({ total: 1, idle: 0, max: Infinity });
    await answerAll([done]);
    expect(events.ids).toEqual([]);
  });

  it('is judged when it is guarded by name', () => {
    const events = collectEvents();
    underPolicy({});
    const guard = adapter.guard?.(http.globalAgent, { name: 'outgoing' });
    expect(guardOf(http.globalAgent)).toBe(guard);
    expect([...liveGuards()].filter(({ source }) => source.target === http.globalAgent)).toEqual([guard]);
    expect(events.ids).toEqual(['pool/no-unbounded-pool']);
    http.globalAgent.maxSockets = 7;
    expect(guard?.source.counts().max).toBe(7);
    http.globalAgent.maxSockets = Infinity;
  });
});

describe('what is left as it is', () => {
  it('the class is the same for those who look, and for imports by name', async () => {
    const { Agent } = await import('node:http');
    expect(Agent).toBe(http.Agent);
    expect(http.Agent).not.toBe(plain.http);
    class Mine extends http.Agent {}
    expect(new Mine()).toBeInstanceOf(http.Agent);
    expect(http.globalAgent).toBeInstanceOf(http.Agent);
    expect(https.globalAgent).toBeInstanceOf(https.Agent);
    expect(http.Agent.name).toBe('Agent');
  });

  it('what is patched already', () => {
    const { Agent } = http;
    expect(adapter.patch(http)).toBeUndefined();
    expect(http.Agent).toBe(Agent);
  });

  it('other modules and objects', () => {
    expect(adapter.recognizes({ Agent: http.Agent })).toBe(false);
    expect(adapter.guard?.({}, {})).toBeUndefined();
  });
});
