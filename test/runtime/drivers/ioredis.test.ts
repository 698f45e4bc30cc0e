import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ioredis as adapter } from '../../../src/runtime/drivers/ioredis.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { liveGuards } from '../../../src/runtime/world.ts';
import { startRedis } from '../../support/redis.ts';
import type { RedisServer } from '../../support/redis.ts';
import { collectEvents } from '../support/events.ts';
import { underPolicy } from '../support/under-policy.ts';

const require = createRequire(import.meta.url);
const { default: Client, Cluster: ClusterClass } = require('ioredis') as typeof import('ioredis');
const enforce = { runtime: { mode: 'enforce' } } as const;
const PER_REQUEST = 'pool/no-connect-per-request';

let server: RedisServer | undefined;
let silent: Server;
const sockets: Socket[] = [];
const open: (Cluster | Redis)[] = [];

beforeAll(async () => {
  adapter.patch(Client);
  server = await startRedis();
  // Accepts, and never answers.
  silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
}, 60_000);

afterEach(() => {
  for (const client of open.splice(0)) client.disconnect();
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  await server?.stop();
});

function build(options: RedisOptions = {}): Redis {
  const client = new Client({ host: '127.0.0.1', port: server?.port ?? 1, ...options });
  client.on('error', () => {});
  open.push(client);
  return client;
}

const toSilent = (): RedisOptions => ({ port: (silent.address() as AddressInfo).port });
const guardFor = (client: object): Guard => guardOf(client)!;

describe('with a server', () => {
  it('a client is one connection, from its construction until it ends', async ({ skip }) => {
    if (!server) return skip();
    const events = collectEvents();
    underPolicy({});
    const client = build();
    const guard = guardFor(client);
    expect(guard.source.kind).toBe('client');
    expect(guard.name).toBe('ioredis@127.0.0.1');
    await client.set('key', 'value');
    expect(guard.source.counts()).toEqual({ total: 1, idle: 0, waiting: 0, max: 1 });
    await client.quit();
    await once(client, 'end');
    expect(guard.isEnded).toBe(true);
    expect([...liveGuards()]).not.toContain(guard);
    expect(events.ids).toEqual([]);
    expect(events.notices.map(({ type }) => type)).toEqual(['pool-start', 'pool-end']);
  });

  it('a client in each request is one connection too many', async ({ skip }) => {
    if (!server) return skip();
    const events = collectEvents();
    underPolicy({});
    for (let request = 0; request < 2; request += 1) runInRequest('GET /', () => build({ lazyConnect: true }));
    const [violation] = events.violations;
    expect(violation).toMatchObject({ id: PER_REQUEST, request: 'GET /', data: { count: 2 } });
    expect(violation?.site).toMatch(/ioredis\.test\.ts/);
  });
});

describe('connections of a request', () => {
  it('`duplicate` opens one at the line that calls it', () => {
    const events = collectEvents();
    underPolicy({});
    const shared = build({ lazyConnect: true });
    for (let request = 0; request < 2; request += 1)
      runInRequest('GET /', () => open.push(shared.duplicate({ lazyConnect: true })));
    expect(events.ids).toEqual([PER_REQUEST]);
    expect(events.violations[0]?.site).toMatch(/ioredis\.test\.ts/);
  });

  it('one client that every request uses is right', async () => {
    const events = collectEvents();
    underPolicy({});
    const shared = build({ lazyConnect: true });
    for (let request = 0; request < 20; request += 1) runInRequest('GET /', () => shared.status);
    expect(events.ids).toEqual([]);
  });

  it('strict refuses the second one before it connects', () => {
    collectEvents();
    underPolicy({ runtime: { mode: 'strict' } });
    const open = (): unknown => runInRequest('GET /', () => build({ ...toSilent(), lazyConnect: false }));
    const attempts = [0, 1].map(() => {
      try {
        open();
        return 'built';
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });
    expect(attempts).toEqual(['built', 'ERR_POOL_CONNECT_PER_REQUEST']);
  });
});

describe('limits', () => {
  const policy = { ...enforce, timeouts: { connectMs: 200, statementMs: 100 } };

  it('a server that is silent costs a command as long as the policy says', async () => {
    const events = collectEvents();
    underPolicy(policy);
    const client = build({ ...toSilent(), enableReadyCheck: false });
    await expect(client.get('key')).rejects.toThrow('Command timed out');
    expect(client.options).toMatchObject({ commandTimeout: 100, connectTimeout: 200 });
    expect(new Set(events.ids)).toEqual(new Set(['pool/require-timeouts']));
  });

  it('a server that refuses does so, too, whatever `maxRetriesPerRequest` is', async () => {
    collectEvents();
    underPolicy(policy);
    const client = build({ port: 1, maxRetriesPerRequest: null });
    await expect(client.get('key')).rejects.toThrow('Command timed out');
  });

  it('observe reports the same and changes nothing', () => {
    const events = collectEvents();
    underPolicy({ timeouts: policy.timeouts });
    const client = build({ lazyConnect: true });
    expect(client.options).toMatchObject({ connectTimeout: 10_000 });
    expect(client.options.commandTimeout).toBeUndefined();
    expect(client.listenerCount('end')).toBe(0);
    expect(events.ids).toEqual(['pool/require-timeouts', 'pool/require-timeouts']);
  });

  it('without a stated limit nothing is written', () => {
    const events = collectEvents();
    underPolicy(enforce);
    const client = build({ lazyConnect: true });
    expect(client.options.commandTimeout).toBeUndefined();
    expect(events.ids).toEqual([]);
  });

  it('an option that ioredis does not read is named', () => {
    const events = collectEvents();
    underPolicy({});
    build({ lazyConnect: true, max: 5 } as RedisOptions);
    expect(events.violations).toMatchObject([{ id: 'pool/no-ignored-option', data: { option: 'max' } }]);
  });

  it('the nodes of a cluster get them', () => {
    collectEvents();
    underPolicy(policy);
    const cluster = new ClusterClass([{ host: '127.0.0.1', port: 7000 }], { lazyConnect: true });
    open.push(cluster);
    const nodes = (cluster as unknown as { connectionPool: { redisOptions: unknown } }).connectionPool;
    expect(nodes.redisOptions).toMatchObject({ commandTimeout: 100, connectTimeout: 200 });
    expect(guardFor(cluster).source).toMatchObject({ kind: 'pool' });
    expect(guardFor(cluster).source.address()).toMatchObject({ host: '127.0.0.1', port: 7000 });
  });
});

describe('commands that wait for the connection', () => {
  it('are no more than the policy allows', async () => {
    const events = collectEvents();
    underPolicy({ ...enforce, perProcess: { queue: 2 } });
    const client = build({ port: 1 });
    const waiting = [client.get('a'), client.get('b')];
    await expect(client.get('c')).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    expect(guardFor(client).source.counts().waiting).toBe(2);
    expect(events.ids).toEqual(['runtime/exhausted']);
    client.disconnect();
    await Promise.allSettled(waiting);
  });

  it('a connection that opens is not among them', async ({ skip }) => {
    if (!server) return skip();
    collectEvents();
    underPolicy({ ...enforce, perProcess: { queue: 1 } });
    const client = build({ db: 1 });
    await expect(client.set('key', 'value')).resolves.toBe('OK');
  });
});

describe('what is left as it is', () => {
  it('a version without a method that is needed', () => {
    class Old {
      sendCommand(): void {}
      connect(): void {}
    }
    const before = Old.prototype.connect;
    expect(adapter.patch(Object.assign(Old, { Cluster: Old }))).toBe('its client has no `setStatus`');
    expect(Old.prototype.connect).toBe(before);
  });

  it('what is patched already', () => {
    const { connect } = Client.prototype;
    expect(adapter.patch(Client)).toBeUndefined();
    expect(Client.prototype.connect).toBe(connect);
  });

  it('a client that exists can be guarded by itself', () => {
    collectEvents();
    const client = build({ lazyConnect: true });
    expect(adapter.guard?.(client, { name: 'cache' })?.name).toBe('cache');
    expect(adapter.guard?.({}, {})).toBeUndefined();
  });
});
