import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MongoClient as Client, MongoClientOptions } from 'mongodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mongodb as adapter } from '../../../src/runtime/drivers/mongodb.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { liveGuards, world } from '../../../src/runtime/world.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';
import { startMongo } from './mongodb-server.ts';
import type { MongoServer } from './mongodb-server.ts';

const require = createRequire(import.meta.url);
const driver = require('mongodb') as typeof import('mongodb');
const file = require(path.join(path.dirname(require.resolve('mongodb')), 'mongo_client.js')) as typeof driver;
const enforce = { runtime: { mode: 'enforce' } } as const;

world.reporter.log = 'off';

let server: MongoServer;
const open: Client[] = [];

beforeAll(async () => {
  // As the hooks do: the file behind the export, then the export.
  expect([adapter.patch(file), adapter.patch(driver)]).toEqual([undefined, undefined]);
  server = await startMongo();
});

afterEach(async () => {
  server.answer();
  await Promise.all(open.splice(0).map((client) => client.close()));
});

afterAll(() => server.stop());

function build(options: MongoClientOptions = {}, query = ''): Client {
  const client = new driver.MongoClient(`mongodb://127.0.0.1:${server.port}/app${query}`, options);
  open.push(client);
  return client;
}

const ping = (client: Client): Promise<unknown> => client.db().command({ ping: 1 });
const guardFor = (client: object): Guard => guardOf(client)!;

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

describe('connections', () => {
  it('are held from check-out to check-in, by the line and the request that asked', async () => {
    const events = collectEvents();
    underPolicy({});
    const client = build();
    const guard = guardFor(client);
    server.hold();
    const task = runInRequest('GET /orders', async () => {
      await ping(client);
    });
    await until(() => guard.held === 1);
    const [lease] = [...world.leases].filter((one) => one.guard === guard);
    expect(lease?.request?.name).toBe('GET /orders');
    expect(lease?.origin?.stack).toMatch(/mongodb\.test\.ts/);
    expect(guard.source.counts()).toEqual({ total: 1, idle: 0, waiting: 0, max: 100 });
    server.answer();
    await task;
    expect(guard.source.counts()).toEqual({ total: 1, idle: 1, waiting: 0, max: 100 });
    expect(guard).toMatchObject({ held: 0, taken: 1, name: 'app@127.0.0.1' });
    await client.close();
    expect(guard.isEnded).toBe(true);
    expect([...liveGuards()]).not.toContain(guard);
    expect(events.ids).toEqual(['pool/require-timeouts']);
  });

  it('that the server cuts are given back', async () => {
    collectEvents();
    underPolicy({});
    const client = build({ retryReads: false });
    server.hold();
    const cut = ping(client).catch((error: Error) => error);
    const guard = guardFor(client);
    await until(() => guard.held === 1);
    const [lease] = [...world.leases].filter((one) => one.guard === guard);
    // Held is said before the command is there.
    await until(() => server.used.size > 0);
    for (const socket of server.used) socket.destroy();
    await until(() => lease?.isHeld === false);
    server.answer();
    await cut;
    const { idle, total } = guard.source.counts();
    expect(guard.held).toBe(0);
    expect(idle).toBe(total);
  });
});

describe('a caller that gives up', () => {
  it('by a signal waits no more, and is not taken for the next one', async () => {
    collectEvents();
    underPolicy({});
    const client = build({ maxPoolSize: 1 });
    const guard = guardFor(client);
    server.hold();
    const first = ping(client);
    await until(() => guard.held === 1);
    const ended = new AbortController();
    const find = { find: 'orders', filter: {} };
    const second = runInRequest('GET /gone', () => client.db().command(find, { signal: ended.signal }));
    const failed = expect(second).rejects.toThrow();
    await until(() => guard.source.counts().waiting === 1);
    ended.abort();
    await failed;
    server.answer();
    await first;
    expect(guard.source.counts()).toMatchObject({ waiting: 0, total: 1, idle: 1 });
    server.hold();
    const third = runInRequest('GET /next', () => ping(client));
    await until(() => guard.held === 1);
    expect([...world.leases].find((one) => one.guard === guard)?.request?.name).toBe('GET /next');
    server.answer();
    await third;
  });
});

describe('a client that nobody saw', () => {
  /** A copy of the package that nobody has patched. */
  function connectPlain(): Client {
    for (const one of Object.keys(require.cache)) if (one.includes('/node_modules/mongodb/')) delete require.cache[one];
    const { MongoClient } = require('mongodb') as typeof import('mongodb');
    const client = new MongoClient(`mongodb://127.0.0.1:${server.port}/app`);
    open.push(client);
    return client;
  }

  it('has its connections seen from then on, once', async () => {
    collectEvents();
    const client = connectPlain();
    await ping(client);
    for (const _ of [1, 2]) adapter.guard?.(client, {});
    await ping(client);
    await ping(client);
    expect(guardFor(client)).toMatchObject({ held: 0, taken: 2 });
  });

  it('is named when its pools are not where they were', async () => {
    const events = collectEvents();
    const client = connectPlain();
    await ping(client);
    const topology = client as unknown as { topology: { s: { servers: Map<string, object> } } };
    const { servers } = topology.topology.s;
    topology.topology.s.servers = new Map([['db:27017', {}]]);
    adapter.guard?.(client, {});
    topology.topology.s.servers = servers;
    expect(events.violations.at(-1)?.message).toContain('its servers have no `pool`');
  });
});

describe('limits', () => {
  it('no more connections are opened, and nobody waits longer, than the policy says', async () => {
    const events = collectEvents();
    underPolicy({ ...enforce, perProcess: { max: 2 }, timeouts: { acquireMs: 1000 } });
    const client = build({ maxPoolSize: 50, minPoolSize: 3 });
    const guard = guardFor(client);
    server.hold();
    const held = [ping(client), ping(client)];
    await until(() => guard.held === 2);
    const third = ping(client).catch((error: Error) => error);
    await until(() => guard.source.counts().waiting === 1);
    expect(await third).toMatchObject({ name: 'MongoWaitQueueTimeoutError' });
    expect(guard.source.counts()).toEqual({ total: 2, idle: 0, waiting: 0, max: 2 });
    expect(guard.timeouts).toBe(1);
    expect(events.ids).toEqual(['pool/no-unbounded-pool', 'pool/require-timeouts', 'runtime/exhausted']);
    expect(events.violations.at(-1)?.holders).toHaveLength(2);
    server.answer();
    await Promise.all(held);
  });

  it('of the URL are read, too', () => {
    const events = collectEvents();
    underPolicy({ ...enforce, perProcess: { max: 5 }, timeouts: { connectMs: 700 } });
    const client = build({}, '?maxPoolSize=60&waitQueueTimeoutMS=500&connectTimeoutMS=60000');
    expect(client.options).toMatchObject({ maxPoolSize: 5, waitQueueTimeoutMS: 500, serverSelectionTimeoutMS: 700 });
    expect(events.violations.map(({ data }) => data['size'] ?? data['option'])).toEqual([
      '60',
      'serverSelectionTimeoutMS',
    ]);
  });

  it('observe reports the same and changes nothing', () => {
    const events = collectEvents();
    underPolicy({ perProcess: { max: 2 }, timeouts: { acquireMs: 100 } });
    const client = build({ maxPoolSize: 50 });
    expect(client.options).toMatchObject({ maxPoolSize: 50, waitQueueTimeoutMS: 0 });
    expect(events.ids).toEqual(['pool/no-unbounded-pool', 'pool/require-timeouts']);
  });

  it('of a client that is connected are judged, and not written', async () => {
    const events = collectEvents();
    underPolicy({});
    const client = build();
    await ping(client);
    adapter.guard?.(client, { policy: { ...enforce, perProcess: { max: 2 } } });
    expect(client.options).toMatchObject({ maxPoolSize: 100 });
    expect(events.ids).toContain('pool/no-unbounded-pool');
  });

  it('strict refuses a client that is too large', () => {
    collectEvents();
    underPolicy({ runtime: { mode: 'strict' }, perProcess: { max: 2 } });
    expect(() => build()).toThrow(expect.objectContaining({ code: 'ERR_POOL_MAX_EXCEEDED' }));
  });
});

describe('a client in each request', () => {
  it.each(['new', 'connect'])('is reported at its line (%s)', async (way) => {
    const events = collectEvents();
    underPolicy({ timeouts: {} });
    const url = `mongodb://127.0.0.1:${server.port}/?waitQueueTimeoutMS=500`;
    for (let request = 0; request < 2; request += 1) {
      await runInRequest('GET /', async () => {
        open.push(way === 'new' ? new driver.MongoClient(url) : await driver.MongoClient.connect(url));
      });
    }
    expect(events.violations).toMatchObject([{ id: 'pool/no-pool-in-handler', data: { count: 2 } }]);
    expect(events.violations[0]?.site).toMatch(/mongodb\.test\.ts/);
  });

  it('is not one that all of them use', async () => {
    const events = collectEvents();
    underPolicy({});
    const client = build({ waitQueueTimeoutMS: 500 });
    for (let request = 0; request < 5; request += 1) await runInRequest('GET /', () => ping(client));
    expect(guardFor(client).taken).toBe(5);
    expect(events.ids).toEqual([]);
  });
});

describe('what is left as it is', () => {
  it('the class is the same for those who look', () => {
    collectEvents();
    underPolicy({});
    const client = build();
    expect(client).toBeInstanceOf(driver.MongoClient);
    expect(driver.MongoClient.name).toBe('MongoClient');
    expect(class extends driver.MongoClient {}.prototype).toBeInstanceOf(driver.MongoClient);
  });

  it('what is patched already', () => {
    const { MongoClient } = file;
    const { connect } = MongoClient.prototype;
    expect(adapter.patch(file)).toBeUndefined();
    expect(file.MongoClient).toBe(MongoClient);
    expect(MongoClient.prototype.connect).toBe(connect);
  });

  it('a version without a method that is needed', () => {
    class MongoClient {
      connect(): void {}
    }
    const { connect } = MongoClient.prototype;
    expect(adapter.patch({ MongoClient })).toBe('its client has no `close`');
    expect(MongoClient.prototype.connect).toBe(connect);
  });

  it('an object that is no client', () => {
    expect(adapter.guard?.({ connect() {}, close() {}, db() {} }, {})).toBeUndefined();
  });
});
