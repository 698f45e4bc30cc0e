import { createRequire } from 'node:module';
import cassandra from 'cassandra-driver';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { createClientPool } from 'redis';
import type { Conformance, Options, Probe } from './facts.ts';
import { letThrough, settle, socketLimit, untilSettled, withSilence } from './watch.ts';

const oracledb = createRequire(import.meta.url)('oracledb');

const redis: Probe = ({ url, ...options }) =>
  withSilence(async (port) => {
    const all = { host: '127.0.0.1', port, ...options };
    const client =
      typeof url === 'string' ? new Redis(url.replace(':1?', `:${port}?`), options as never) : new Redis(all as never);
    client.on('error', () => {});
    const passed = await untilSettled(() => client.get('key'));
    client.disconnect();
    return passed;
  });

const redisOpens: Probe = ({ url, ...options }) =>
  withSilence((port) =>
    socketLimit(async () => {
      const all = { host: '127.0.0.1', port, ...options };
      const client =
        typeof url === 'string'
          ? new Redis(url.replace(':1?', `:${port}?`), options as never)
          : new Redis(all as never);
      client.on('error', () => {});
      await settle();
      client.disconnect();
    }),
  );

interface ClientPool {
  readonly totalClients: number;
  connect(): Promise<unknown>;
  on(event: 'error', listener: () => void): unknown;
  execute(run: () => Promise<never>): Promise<never>;
}
function pooled(options: Options): ClientPool {
  const pool = createClientPool({ socket: { port: 1, reconnectStrategy: () => 1e9 } }, options as never);
  const seen = pool as unknown as ClientPool;
  seen.on('error', () => {});
  seen.connect().catch(() => {});
  return seen;
}
const never = (): Promise<never> => new Promise(() => {});
const hundred = 120;

const mongo =
  (name: string): Probe =>
  ({ url, ...options }) => {
    const client = new MongoClient(typeof url === 'string' ? url : 'mongodb://127.0.0.1:1', options as never);
    const value = (client.options as unknown as Record<string, number | undefined>)[name];
    return value === undefined ? 'unbounded' : value;
  };
const mongoNames = ['maxPoolSize', 'minPoolSize', 'waitQueueTimeoutMS', 'connectTimeoutMS', 'serverSelectionTimeoutMS'];
const mongoProbes = Object.fromEntries(
  [...mongoNames, 'maxIdleTimeMS', 'socketTimeoutMS'].map((name) => [name, mongo(name)]),
);

/** Opens nothing before it must: `poolMin` is 0. What it made of its options. */
const oracle =
  (name: string): Probe =>
  async (options) => {
    const pool = await oracledb.createPool({
      user: 'me',
      password: 'mine',
      connectString: '127.0.0.1:1/mine',
      ...options,
    });
    const value = pool[name];
    await pool.close(0);
    return value;
  };
const oracleNames = ['poolMax', 'poolMin', 'queueMax', 'queueTimeout', 'poolTimeout', 'maxLifetimeSession'];

/** What it made of its options. */
const cassandraProbe =
  (read: (options: { [group: string]: Record<string, number> }) => number | undefined): Probe =>
  (options) => {
    const client = new cassandra.Client({ contactPoints: ['127.0.0.1'], localDataCenter: 'one', ...options });
    return read((client as unknown as { options: never }).options) ?? 'unbounded';
  };

export const conformances: Conformance[] = [
  {
    driver: 'ioredis',
    kind: 'client',
    probes: { commandTimeout: redis, connectTimeout: redisOpens },
    url: (query) => ({ url: `redis://127.0.0.1:1?${query}` }),
  },
  {
    driver: 'redis',
    kind: 'pool',
    probes: {
      async maximum(options) {
        const pool = pooled(options);
        for (let asked = 0; asked < hundred; asked++) pool.execute(never).catch(() => {});
        await settle(2);
        return letThrough(Math.min(pool.totalClients, hundred), hundred);
      },
      async acquireTimeout(options) {
        const pool = pooled({ ...options, maximum: 1 });
        return untilSettled(() => pool.execute(never));
      },
    },
  },
  {
    driver: 'mongodb',
    kind: 'client',
    probes: mongoProbes,
    url: (query) => ({ url: `mongodb://127.0.0.1:1/?${query}` }),
  },
  { driver: 'oracledb', kind: 'pool', probes: Object.fromEntries(oracleNames.map((name) => [name, oracle(name)])) },
  {
    driver: 'cassandra-driver',
    kind: 'client',
    probes: {
      'socketOptions.connectTimeout': cassandraProbe(({ socketOptions }) => socketOptions?.['connectTimeout']),
      'socketOptions.readTimeout': cassandraProbe(({ socketOptions }) => socketOptions?.['readTimeout']),
    },
  },
];
