import { createRequire } from 'node:module';
import knex from 'knex';
import { Pool } from 'tarn';
import type { Conformance, Options, Probe } from './facts.ts';
import { letThrough, many, settle, until, untilSettled } from './watch.ts';

const require = createRequire(import.meta.url);
const mssql = require('mssql');

interface TarnPool {
  acquire(): { readonly promise: Promise<object> };
  release(resource: object): boolean;
  numUsed(): number;
  numFree(): number;
  destroy(): Promise<unknown>;
}

/** Resources that come at once, or never. */
const resources = (answers = true) => ({
  create: () => (answers ? Promise.resolve({}) : new Promise<object>(() => {})),
  validate: () => true,
  destroy: () => {},
});

type Make = (options: Options, answers?: boolean) => TarnPool | Promise<TarnPool>;

/** `path` is where the options of the pool stand: `pool.`, or nothing. */
export function tarnProbes(make: Make, path = ''): Record<string, Probe> {
  const beside = (options: Options, more: Options): Options =>
    path ? { ...options, pool: { ...(options['pool'] as object), ...more } } : { ...options, ...more };
  const full = (options: Options): Options => beside(options, { max: 1, min: 0 });
  // Else the wait ends first, and tarn tries once more.
  const patient = { acquireTimeoutMillis: 100_000, propagateCreateError: true };
  const probes: Record<string, Probe> = {
    async max(options) {
      const pool = await make(options);
      for (let asked = 0; asked < many; asked++) pool.acquire().promise.catch(() => {});
      await settle();
      return letThrough(pool.numUsed());
    },
    async min(options) {
      const pool = await make(options);
      const held = await Promise.all(Array.from({ length: 5 }, () => pool.acquire().promise));
      for (const each of held) pool.release(each);
      await until(() => pool.numFree() === 0);
      return pool.numFree();
    },
    async acquireTimeoutMillis(options) {
      const pool = await make(full(options));
      await pool.acquire().promise;
      return untilSettled(() => pool.acquire().promise);
    },
    async createTimeoutMillis(options) {
      const pool = await make(beside(full(options), patient), false);
      return untilSettled(() => pool.acquire().promise);
    },
    async idleTimeoutMillis(options) {
      const pool = await make(full(options));
      pool.release(await pool.acquire().promise);
      return until(() => pool.numFree() === 0);
    },
  };
  return Object.fromEntries(Object.entries(probes).map(([name, probe]) => [path + name, probe]));
}

const bare: Make = (options, answers) => new Pool({ ...resources(answers), max: 10, min: 0, ...options } as never);

class Dialect extends knex.Client {
  static answers = true;
  _driver(): object {
    return {};
  }
  override acquireRawConnection(): Promise<object> {
    return Dialect.answers ? Promise.resolve({}) : new Promise(() => {});
  }
  override destroyRawConnection(): Promise<void> {
    return Promise.resolve();
  }
  override validateConnection(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

// Looked at while the base class is built.
Object.assign(Dialect.prototype, { driverName: 'fake' });

const throughKnex: Make = (options, answers = true) => {
  Dialect.answers = answers;
  return knex({ connection: {}, ...options, client: Dialect } as never).client.pool as TarnPool;
};

const knexProbes = tarnProbes(throughKnex, 'pool.');

/** Makes its pool on connecting, once a first connection worked. */
const throughMssql: Make = async (options, answers = true) => {
  const pool = new mssql.ConnectionPool({ server: '127.0.0.1', ...options });
  let opened = 0;
  Object.assign(pool, {
    _poolCreate: () => (opened++ === 0 || answers ? Promise.resolve({}) : new Promise(() => {})),
    _poolValidate: () => true,
    _poolDestroy: () => Promise.resolve(),
  });
  await pool.connect();
  return pool.pool as TarnPool;
};

/** What reaches tedious. */
const configured =
  (name: string): Probe =>
  (options) => {
    const pool = new mssql.ConnectionPool({ server: '127.0.0.1', ...options });
    const seen = pool._config().options[name];
    return seen === 0 && name === 'requestTimeout' ? 'unbounded' : seen;
  };

export const mssqlProbes: Record<string, Probe> = {
  ...tarnProbes(throughMssql, 'pool.'),
  connectionTimeout: configured('connectTimeout'),
  requestTimeout: configured('requestTimeout'),
};

export const conformances: Conformance[] = [
  { driver: 'tarn', kind: 'pool', probes: tarnProbes(bare) },
  {
    driver: 'knex',
    kind: 'knex',
    probes: {
      ...knexProbes,
      // Without a pool nothing is handed out.
      'pool.max': async (options) =>
        (await throughKnex(options)) ? (knexProbes['pool.max'] as Probe)(options) : 'none',
      acquireConnectionTimeout: knexProbes['pool.acquireTimeoutMillis'] as Probe,
    },
  },
  {
    driver: 'mssql',
    kind: 'pool',
    probes: mssqlProbes,
    url: (query) => mssql.ConnectionPool.parseConnectionString(`Server=127.0.0.1;${query}`),
  },
];
