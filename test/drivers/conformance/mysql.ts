import { createRequire } from 'node:module';
import mariadb from 'mariadb';
import mysql2 from 'mysql2';
import { vi } from 'vitest';
import type { Conformance, Observed, Options, Probe } from './facts.ts';
import { letThrough, many, settle, silentWire, socketLimit, until, untilSettled, withSilence } from './watch.ts';

const require = createRequire(import.meta.url);
const mysql = require('mysql');
const timers = require('node:timers') as typeof import('node:timers');

/** The parts of both pools that tests look at. */
interface Pool {
  readonly _allConnections: { readonly length: number; get(index: number): { _released: boolean; release(): void } };
  readonly _connectionQueue: { readonly length: number };
  getConnection(done: (error: unknown) => void): void;
  end(): void;
}

const make2 = ({ url, ...options }: Options): Pool =>
  mysql2.createPool((url ? { uri: url, ...options } : { ...options, stream: silentWire }) as never) as never;
const make1 = ({ url, ...options }: Options): Pool => mysql.createPool(url ?? { port: 1, ...options });
const url = (query: string): Options => ({ url: `mysql://me@127.0.0.1:1/mine?${query}` });

const counted = (make: (options: Options) => Pool): Record<string, Probe> => ({
  connectionLimit(options) {
    const pool = make(options);
    for (let asked = 0; asked < many; asked++) pool.getConnection(() => {});
    return letThrough(pool._allConnections.length);
  },
  queueLimit(options) {
    const pool = make({ ...options, connectionLimit: 1 });
    // A URL brings its own size.
    for (let asked = 0; asked < 10 && 'url' in options; asked++) pool.getConnection(() => {});
    if (!('url' in options)) pool.getConnection(() => {});
    for (let asked = 0; asked < many; asked++) pool.getConnection(() => {});
    return letThrough(pool._connectionQueue.length);
  },
});

/** mysql2 takes its timers from the module, where fake ones do not reach: what it asks of them. */
const connects2: Probe = ({ url: uri, ...options }): Observed => {
  const timer = vi.spyOn(timers, 'setTimeout');
  try {
    mysql2
      .createConnection({ ...options, uri, stream: silentWire } as never)
      .on('error', () => {})
      .destroy();
    const delay = timer.mock.calls[0]?.[1];
    if (delay === undefined) return 'unbounded';
    return delay > 2 ** 31 - 1 ? 'at once' : delay;
  } finally {
    timer.mockRestore();
  }
};

/** Looks every second for what is older. */
const idle2: Probe = async (options) => {
  const pool = make2(options);
  pool.getConnection(() => {});
  pool._allConnections.get(0).release();
  const passed = await until(() => pool._allConnections.length === 0);
  if (typeof passed !== 'number') return passed;
  return passed <= 1000 ? 'at once' : passed - 1000;
};

const maxIdle2: Probe = async (options) => {
  const pool = make2({ ...options, idleTimeout: Infinity });
  for (let asked = 0; asked < 5; asked++) pool.getConnection(() => {});
  for (let held = 0; held < 5; held++) pool._allConnections.get(held).release();
  await settle();
  await until(() => pool._allConnections.length === 0);
  return pool._allConnections.length;
};

const connects1: Probe = ({ url: uri, ...options }) =>
  withSilence((port) =>
    socketLimit(async () => {
      const connection = mysql.createConnection(uri ?? { host: '127.0.0.1', ...options, port });
      connection.on('error', () => {});
      connection.connect(() => {});
      connection.destroy();
    }),
  );

/** What the pool was told; no server here answers a ping late. */
const opens1: Probe = (options) =>
  (make1(options) as unknown as { config: { acquireTimeout: number } }).config.acquireTimeout;

export const mysql2Probes: Record<string, Probe> = {
  ...counted(make2),
  connectTimeout: connects2,
  idleTimeout: idle2,
  maxIdle: maxIdle2,
};

/** Its first connection never comes, so whoever asks waits. */
const waitsMaria: Probe = (options) =>
  withSilence(async (port) => {
    const pool = mariadb.createPool({ host: '127.0.0.1', connectTimeout: 0, ...options, port });
    const passed = await untilSettled(() => pool.getConnection());
    pool.end().catch(() => {});
    return passed;
  });

export const conformances: Conformance[] = [
  { driver: 'mariadb', kind: 'pool', probes: { acquireTimeout: waitsMaria } },
  { driver: 'mysql2', kind: 'pool', probes: mysql2Probes, url },
  { driver: 'mysql2', kind: 'connection', probes: { connectTimeout: connects2 }, url },
  {
    driver: 'mysql',
    kind: 'pool',
    probes: { ...counted(make1), connectTimeout: connects1, acquireTimeout: opens1 },
    url,
  },
  { driver: 'mysql', kind: 'connection', probes: { connectTimeout: connects1 }, url },
];
