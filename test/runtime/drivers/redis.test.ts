import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { dismiss } from '../../../src/runtime/adopt.ts';
import { redis as adapter } from '../../../src/runtime/drivers/redis.ts';
import { guardOf } from '../../../src/runtime/guard.ts';
import type { Guard } from '../../../src/runtime/guard.ts';
import { runInRequest } from '../../../src/runtime/request.ts';
import { liveGuards, world } from '../../../src/runtime/world.ts';
import { startRedis } from '../../support/redis.ts';
import type { RedisServer } from '../../support/redis.ts';
import { collectEvents } from '../support/events.ts';
import { buildRuntime } from '../drain-app.ts';
import { underPolicy } from '../support/under-policy.ts';

const require = createRequire(import.meta.url);
const driver = require('redis') as typeof import('redis');
const inner = require('@redis/client') as typeof import('redis');
const plain = { createClient: driver.createClient, createClientPool: driver.createClientPool };
const enforce = { runtime: { mode: 'enforce' } } as const;

world.reporter.log = 'off';

let server: RedisServer | undefined;
let silent: Server;
const sockets: Socket[] = [];
const open: { destroy(): void; isOpen?: boolean }[] = [];

beforeAll(async () => {
  server = await startRedis();
  for (const exports of [inner, driver]) adapter.patch(exports);
  // Accepts, and never answers.
  silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
}, 60_000);

afterEach(() => {
  for (const client of open.splice(0)) if (client.isOpen !== false) client.destroy();
  // A missing listener would be reported a second later, in another test.
  for (const guard of liveGuards()) dismiss(guard);
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  await server?.stop();
});

type Options = Parameters<typeof driver.createClient>[0];
type PoolOptions = Parameters<typeof driver.createClientPool>[1];

const address = (): { host: string; port: number } => ({ host: '127.0.0.1', port: server?.port ?? 1 });

function build(options: Options = {}): ReturnType<typeof driver.createClient> {
  const client = driver.createClient({ socket: { ...address(), reconnectStrategy: false }, ...options });
  open.push(client);
  return client;
}

function buildPool(options?: PoolOptions) {
  const pool = driver.createClientPool({ socket: address() }, options);
  pool.on('error', () => {});
  open.push(pool);
  return pool;
}

const guardFor = (client: object): Guard => guardOf(client)!;

describe('a client', () => {
  it('is one connection, from its construction until it ends', async ({ skip }) => {
    if (!server) return skip();
    const events = collectEvents();
    underPolicy({});
    const client = build();
    client.on('error', () => {});
    const guard = guardFor(client);
    expect(guard.source.counts().total).toBe(0);
    await client.connect();
    await client.set('key', 'value');
    expect(await client.get('key')).toBe('value');
    expect(guard.source.counts()).toEqual({ total: 1, idle: 0, waiting: 0, max: 1 });
    expect(guard.name).toBe('redis@127.0.0.1');
    await client.close();
    expect(guard.isEnded).toBe(true);
    expect([...liveGuards()]).not.toContain(guard);
    expect(events.ids).toEqual([]);
  });

  it.each(['createClient', 'duplicate'])('one more by `%s` in each request is reported at its line', (way) => {
    const events = collectEvents();
    underPolicy({});
    const shared = build();
    for (let request = 0; request < 2; request += 1)
      runInRequest('GET /', () => (way === 'duplicate' ? shared.duplicate() : driver.createClient()));
    expect(events.violations).toMatchObject([{ id: 'pool/no-connect-per-request', data: { count: 2 } }]);
    expect(events.violations[0]?.site).toMatch(/redis\.test\.ts/);
  });

  it('strict builds no second one in a request', () => {
    collectEvents();
    underPolicy({ runtime: { mode: 'strict' } });
    const one = (): unknown => runInRequest('GET /', () => driver.createClient());
    const twice = (): unknown[] => [0, 1].map(one);
    expect(twice).toThrow(expect.objectContaining({ code: 'ERR_POOL_CONNECT_PER_REQUEST' }));
  });

  it('what a library opens is not the user’s', () => {
    const events = collectEvents();
    underPolicy({});
    const folder = mkdtempSync(path.join(tmpdir(), 'pool-library-'));
    try {
      const file = path.join(folder, 'node_modules', 'library.cjs');
      mkdirSync(path.dirname(file));
      writeFileSync(file, 'module.exports = (createClient) => createClient();');
      const library = require(file) as (build: unknown) => object;
      const clients = Array.from({ length: 5 }, () => runInRequest('GET /', () => library(driver.createClient)));
      expect(clients.map((client) => guardOf(client))).toEqual(Array(5).fill(undefined));
      expect(events.all).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('limits of a client', () => {
  const policy = { ...enforce, timeouts: { connectMs: 150, statementMs: 120 }, perProcess: { queue: 1 } };

  it('a silent server costs as long as the policy says, and few commands wait', async () => {
    const events = collectEvents();
    underPolicy(policy);
    const { port } = silent.address() as AddressInfo;
    const client = build({ socket: { host: '127.0.0.1', port, reconnectStrategy: false } });
    const connecting = client.connect().catch((error: Error) => error);
    const one = client.get('a').catch((error: Error) => error);
    await expect(client.get('b')).rejects.toThrow('The queue is full');
    expect(await Promise.race([connecting, one])).toBeInstanceOf(Error);
    expect(client.options).toMatchObject({
      socket: { connectTimeout: 150, port },
      commandOptions: { timeout: 120 },
      commandsQueueMaxLength: 1,
    });
    expect(new Set(events.ids)).toEqual(new Set(['pool/no-unbounded-pool', 'pool/require-timeouts']));
    expect(client.duplicate().options).toMatchObject({ socket: { connectTimeout: 150, port } });
  });

  it('the user’s own object of options stays as it is', () => {
    collectEvents();
    underPolicy(policy);
    const options = { socket: { host: '127.0.0.1', port: 1 } };
    expect(driver.createClient(options).options?.socket).toMatchObject({ connectTimeout: 150 });
    expect(options).toEqual({ socket: { host: '127.0.0.1', port: 1 } });
  });

  it('observe reports the same and changes nothing', () => {
    const events = collectEvents();
    underPolicy({ ...policy, runtime: { mode: 'observe' } });
    const client = build();
    expect(client.options?.socket).not.toHaveProperty('connectTimeout');
    expect(client.options?.commandsQueueMaxLength).toBeUndefined();
    expect(client.listenerCount('error')).toBe(0);
    expect(events.ids.length).toBeGreaterThan(2);
  });

  it('what is built already is judged, and not changed', () => {
    const events = collectEvents();
    underPolicy({});
    const client = plain.createClient();
    const before = structuredClone({ ...client.options, modules: undefined });
    expect(adapter.guard?.(client, { policy })?.source.kind).toBe('client');
    expect({ ...client.options, modules: undefined }).toEqual(before);
    expect(events.ids).toContain('pool/require-timeouts');
    expect(events.notices.map(({ type }) => type)).toEqual(['pool-start']);
  });
});

describe('a pool', () => {
  it('lends a connection to each task, and has it back when the task ends', async ({ skip }) => {
    if (!server) return skip();
    const events = collectEvents();
    underPolicy({});
    const pool = buildPool({ maximum: 1 });
    await pool.connect();
    const guard = guardFor(pool);
    let finish = (): void => {};
    const task = pool.execute((client) => {
      return Promise.all([client.ping(), new Promise<void>((resolve) => (finish = resolve))]);
    });
    expect(guard.held).toBe(1);
    expect([...world.leases].map(({ origin }) => origin?.stack)).toEqual([expect.stringMatching(/redis\.test\.ts/)]);
    finish();
    await task;
    expect(guard.held).toBe(0);
    await expect(pool.execute(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    const throwing = pool.execute(() => {
      throw new Error('at once');
    });
    await expect(throwing).rejects.toThrow('at once');
    await pool.set('key', 'value');
    expect(guard).toMatchObject({ held: 0, taken: 4 });
    expect(guard.source.counts()).toMatchObject({ total: 1, max: 1 });
    await pool.close();
    expect(guard.isEnded).toBe(true);
    expect(events.ids).toEqual([]);
  });

  it('is as large, and waits as long, as the policy says', async ({ skip }) => {
    if (!server) return skip();
    const events = collectEvents();
    underPolicy({ ...enforce, perProcess: { max: 2 }, timeouts: { acquireMs: 1000 } });
    const pool = buildPool({ maximum: 50 });
    await pool.connect();
    const guard = guardFor(pool);
    let finish = (): void => {};
    const until = new Promise<void>((resolve) => (finish = resolve));
    const held = [0, 1].map(() => pool.execute(() => until));
    const late = pool.execute(async () => 'late');
    await expect(late).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT', counts: { max: 2 } });
    expect(pool.totalClients).toBe(2);
    expect(guard.timeouts).toBe(1);
    expect(events.ids).toEqual(['pool/no-unbounded-pool', 'pool/require-timeouts', 'runtime/exhausted']);
    finish();
    await Promise.all(held);
  });

  it('lets no more wait than the policy says', async ({ skip }) => {
    if (!server) return skip();
    const events = collectEvents();
    underPolicy({ ...enforce, perProcess: { queue: 1 } });
    const pool = buildPool({ maximum: 1 });
    await pool.connect();
    let finish = (): void => {};
    const held = pool.execute(() => new Promise<void>((resolve) => (finish = resolve)));
    const waiting = pool.execute(async () => 'second');
    await expect(pool.execute(async () => 'third')).rejects.toMatchObject({ code: 'ERR_POOL_ACQUIRE_TIMEOUT' });
    finish();
    await expect(waiting).resolves.toBe('second');
    await held;
    expect(events.ids).toEqual(['runtime/exhausted']);
  });

  it.each(['createClientPool', 'createPool'] as const)('one in each request by `%s` is reported', (way) => {
    const events = collectEvents();
    underPolicy({});
    const client = build();
    for (let request = 0; request < 2; request += 1)
      runInRequest('GET /', () => (way === 'createPool' ? client.createPool() : driver.createClientPool()));
    expect(events.violations).toMatchObject([{ id: 'pool/no-pool-in-handler', data: { count: 2 } }]);
  });
});

describe('an error that nobody hears', () => {
  let runtime: ReturnType<typeof buildRuntime>;
  beforeAll(() => (runtime = buildRuntime()));
  afterAll(() => runtime.remove());

  // The connection is cut by the server once the client is ready.
  const program = (kind: string): string => `
    import '${new URL('register.js', runtime.url).href}';
    const { createClient, createClientPool } = await import('${require.resolve('redis')}');
    const socket = { host: '127.0.0.1', port: Number(process.argv[2]), reconnectStrategy: () => 50 };
    const one = ${kind}({ socket });
    const refused = ${kind}({ socket: { ...socket, port: 1 } });
    await refused.connect().then(() => process.exit(9), () => {});
    await one.connect();
    const killer = createClient({ socket });
    killer.on('error', () => {});
    await killer.connect();
    await killer.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
    await new Promise((resolve) => setTimeout(resolve, 200));
    console.log(await one.ping());
    process.exit(7);
  `;

  it('is reported before it comes', async () => {
    const events = collectEvents();
    underPolicy({});
    build();
    build().on('error', () => {});
    await eventually(() => expect(events.ids).toEqual(['pool/require-error-listener']));
    expect(events.violations[0]?.site).toMatch(/redis\.test\.ts/);
  });

  it.each([
    ['createClient', 'observe', 1],
    ['createClient', 'enforce', 7],
    ['createClientPool', 'observe', 1],
    ['createClientPool', 'enforce', 7],
  ])('ends the process of a %s under %s with %i', async (kind, mode, expected) => {
    if (!server) return;
    expect(await exitOf(program(kind), mode, server.port)).toBe(expected);
  });
});

async function exitOf(program: string, mode: string, port: number): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pool-redis-'));
  try {
    const file = path.join(folder, 'app.mjs');
    writeFileSync(file, program);
    const env = { ...process.env, POOL_MODE: mode, POOL_LOG: 'off' };
    const child = fork(file, [String(port)], { env, stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number];
    return code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('what is left as it is', () => {
  it('names and what is patched already', () => {
    const { createClient } = driver;
    expect(createClient).not.toBe(plain.createClient);
    expect(createClient.name).toBe('createClient');
    expect(adapter.patch(driver)).toBeUndefined();
    expect(driver.createClient).toBe(createClient);
  });

  it('exports that cannot be replaced', () => {
    const sealed = Object.freeze({ createClient: () => ({}), createCluster: () => ({}) });
    expect(adapter.patch(sealed)).toBe('its `createClient` cannot be replaced');
  });

  it('other modules and objects', () => {
    expect(adapter.recognizes({ createClient: () => ({}) })).toBe(false);
    expect(adapter.guard?.({}, {})).toBeUndefined();
  });
});
