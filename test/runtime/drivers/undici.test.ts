import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { undici as adapter } from '../../../src/runtime/drivers/undici.ts';
import { adoptGlobal } from '../../../src/runtime/drivers/undici/source.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { liveGuards, world } from '../../../src/runtime/world.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

const require = createRequire(import.meta.url);
const driver = require('undici') as typeof import('undici');
const plain = { ...driver };
const enforce = { runtime: { mode: 'enforce' } } as const;
world.reporter.log = 'off';

let server: Server;
let origin: string;
const answers: (() => void)[] = [];

beforeAll(async () => {
  expect(adapter.patch(driver)).toBeUndefined();
  server = createServer((_request, response) => answers.push(() => response.end('ok'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await driver.getGlobalDispatcher().close();
});

type Dispatcher = import('undici').Dispatcher;

function closing<One extends Dispatcher>(dispatcher: One): One {
  onTestFinished(async () => {
    answers.length = 0;
    await dispatcher.destroy();
  });
  return dispatcher;
}

const ask = async (dispatcher: Dispatcher): Promise<string> =>
  (await dispatcher.request({ origin, path: '/', method: 'GET' })).body.text();

const guardFor = (dispatcher: object): Guard => guardOf(dispatcher)!;
const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
};

describe('a dispatcher', () => {
  it.each([
    ['Pool', () => new driver.Pool(origin, { connections: 2 })],
    ['Agent', () => new driver.Agent({ connections: 2 })],
  ])('counts its connections and those who wait for one (%s)', async (_name, build) => {
    const events = collectEvents();
    underPolicy({});
    const dispatcher = closing(build());
    const guard = guardFor(dispatcher);
    const tasks = [0, 1, 2].map(() => ask(dispatcher));
    await until(() => answers.length === 2);
    expect(guard.source.counts()).toEqual({ total: 2, idle: 0, waiting: 1, max: 2 });
    for (const answer of answers.splice(0)) answer();
    await until(() => answers.length === 1);
    for (const answer of answers.splice(0)) answer();
    expect(await Promise.all(tasks)).toEqual(['ok', 'ok', 'ok']);
    expect(guard.source.counts()).toMatchObject({ total: 2, idle: 2, waiting: 0 });
    await dispatcher.close();
    expect(guard.isEnded).toBe(true);
    expect([...liveGuards()]).not.toContain(guard);
    expect(events.ids).toEqual([]);
  });

  it.each([
    ['Agent', () => new driver.Agent()],
    ['Pool', () => new driver.Pool(origin, { connections: 0 })],
    ['ProxyAgent', () => new driver.ProxyAgent('http://127.0.0.1:1')],
  ])('without a bound is reported (%s)', (_name, build) => {
    const events = collectEvents();
    underPolicy({});
    closing<Dispatcher>(build());
    expect(events.violations).toMatchObject([{ id: 'pool/no-unbounded-pool', data: { option: 'connections' } }]);
    expect(events.violations[0]?.site).toMatch(/undici\.test\.ts/);
  });

  it.each([
    ['Pool', () => new driver.Pool(origin, { connections: 5 }), 'pool/no-pool-in-handler'],
    ['Agent', () => new driver.Agent({ connections: 5 }), 'pool/no-pool-in-handler'],
    ['Client', () => new driver.Client(origin), 'pool/no-connect-per-request'],
  ])('in each request is reported at its line (%s)', (_name, build, id) => {
    const events = collectEvents();
    underPolicy({});
    for (let request = 0; request < 2; request += 1) runInRequest('GET /', () => closing<Dispatcher>(build()));
    expect(events.violations).toMatchObject([{ id, data: { count: 2 } }]);
    expect(events.violations[0]?.site).toMatch(/undici\.test\.ts/);
  });

  it('of a library is the library’s', () => {
    const events = collectEvents();
    underPolicy({});
    const folder = mkdtempSync(path.join(tmpdir(), 'pool-library-'));
    const file = path.join(folder, 'node_modules/library.cjs');
    mkdirSync(path.dirname(file));
    writeFileSync(file, 'module.exports = (Agent) => new Agent();');
    const build = require(file) as (agent: unknown) => Dispatcher;
    const agents = [0, 1, 2].map(() => runInRequest('GET /', () => closing(build(driver.Agent))));
    rmSync(folder, { recursive: true });
    expect(agents.map((agent) => guardOf(agent))).toEqual([undefined, undefined, undefined]);
    expect(events.all).toEqual([]);
  });
});

describe('limits', () => {
  const policy = { ...enforce, perProcess: { max: 1 }, timeouts: { httpMs: 100, connectMs: 700 } };

  it.each([
    ['Agent', () => new driver.Agent({ connections: 2 })],
    ['Pool', () => new driver.Pool(origin, { connections: 2 })],
    ['Client', () => new driver.Client(origin)],
  ])('an answer is waited for as long as the policy says (%s)', async (_name, build) => {
    const events = collectEvents();
    underPolicy(policy);
    const dispatcher = closing<Dispatcher>(build());
    await expect(ask(dispatcher)).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' });
    expect(events.ids).toEqual(['pool/require-timeouts', 'pool/require-timeouts']);
    expect(events.notices.filter(({ type }) => type === 'pool-clamp').map(({ data }) => data['option'])).toEqual([
      'connectTimeout',
      'headersTimeout',
    ]);
  });

  it('the user’s own options stay as they are, and what is stricter, too', async () => {
    collectEvents();
    underPolicy(policy);
    const options = { connections: 2, headersTimeout: 50, connect: { timeout: 9000 } };
    const agent = closing(new driver.Agent(options));
    expect(options).toEqual({ connections: 2, headersTimeout: 50, connect: { timeout: 9000 } });
    expect(guardFor(agent).source.options).toMatchObject({ headersTimeout: 50, connect: { timeout: 700 } });
  });

  it('the number of connections is not that of a database', () => {
    const events = collectEvents();
    underPolicy({ ...enforce, perProcess: { max: 1 } });
    const pool = closing(new driver.Pool(origin, { connections: 20 }));
    expect(guardFor(pool).source.counts().max).toBe(20);
    expect(events.ids).toEqual([]);
  });

  it('observe reports the same and changes nothing', async () => {
    const events = collectEvents();
    underPolicy({ timeouts: policy.timeouts });
    const pool = closing(new driver.Pool(origin, { connections: 2 }));
    expect(events.ids).toEqual(['pool/require-timeouts', 'pool/require-timeouts']);
    expect(guardFor(pool).source.options).toEqual({ connections: 2 });
  });

  it('strict builds nothing that is above them', () => {
    collectEvents();
    underPolicy({ ...policy, runtime: { mode: 'strict' } });
    expect(() => new driver.Agent({ connections: 2 })).toThrow(expect.objectContaining({ name: 'PoolError' }));
  });
});

describe('the global dispatcher', () => {
  function renew(): import('undici').Agent {
    const before = driver.getGlobalDispatcher();
    const agent = new plain.Agent();
    driver.setGlobalDispatcher(agent);
    onTestFinished(() => driver.setGlobalDispatcher(before));
    return closing(agent);
  }

  it('was seen when the package was loaded, and nothing is said of its size', () => {
    expect(guardFor(driver.getGlobalDispatcher()).name).toBe('globalDispatcher');
    const events = collectEvents();
    underPolicy({});
    adoptGlobal(renew());
    expect(events.ids).toEqual([]);
  });

  it.each(['enforce', 'strict'] as const)('waits as long as the policy says (%s)', async (mode) => {
    const events = collectEvents();
    underPolicy({ runtime: { mode }, timeouts: { httpMs: 100 } });
    adoptGlobal(renew());
    await expect(driver.request(origin)).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' });
    expect(events.ids).toEqual(['pool/require-timeouts']);
  });

  it('can be guarded by name', () => {
    collectEvents();
    underPolicy({});
    const agent = renew();
    expect(adapter.guard?.(agent, { name: 'outgoing' })?.name).toBe('outgoing');
  });
});

describe('what is left as it is', () => {
  it('the class is the same for those who look', () => {
    collectEvents();
    underPolicy({});
    const pool = closing(new driver.Pool(origin, { connections: 1 }));
    expect(pool).toBeInstanceOf(driver.Pool);
    expect(pool).toBeInstanceOf(plain.Pool);
    expect(driver.Pool.name).toBe('Pool');
    class Mine extends driver.Agent {}
    expect(closing(new Mine({ connections: 1 }))).toBeInstanceOf(Mine);
  });

  it('what is patched already', () => {
    const { Agent } = driver;
    expect(adapter.patch(driver)).toBeUndefined();
    expect(driver.Agent).toBe(Agent);
  });

  it('exports that cannot be replaced', () => {
    expect(adapter.patch(Object.freeze({ ...plain }))).toBe('its `Agent` cannot be replaced');
  });

  it('other modules and objects', () => {
    expect(adapter.recognizes({ Agent: plain.Agent })).toBe(false);
    expect(adapter.guard?.({}, {})).toBeUndefined();
  });
});
