import { Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import type { Conformance, Options, Probe } from './facts.ts';
import { Blurred } from './facts.ts';
import { mysql2Probes } from './mysql.ts';
import { pgProbes } from './pg.ts';
import { mssqlProbes } from './tarn.ts';
import { letThrough, many, settle, until, untilSettled } from './watch.ts';

interface Pool {
  acquire(): Promise<object>;
  release(connection: object): void;
  readonly size: number;
}

/** Options of a pg client, as Sequelize gives them on. */
let given: Options = {};
class Client {
  constructor(options: Options) {
    given = options;
  }
  on(): void {}
  once(): void {}
  connect(): void {}
}
const dialectModule = { Client, types: { getTypeParser: () => String, setTypeParser() {}, builtins: {} } };

interface Manager {
  readonly pool: Pool;
  connect(config: object): Promise<unknown>;
}

function managerOf({ url, ...options }: Options): Manager {
  const all = { dialect: 'postgres', logging: false, ...options } as const;
  const own = all.dialect === 'postgres' ? { ...all, dialectModule } : all;
  const sequelize = typeof url === 'string' ? new Sequelize(url, own as never) : new Sequelize(own as never);
  const manager = (sequelize as unknown as { connectionManager: Manager }).connectionManager;
  return Object.assign(manager, { _connect: async () => ({}), _disconnect: async () => {}, validate: () => true });
}

const within = (options: Options, more: Options): Options => ({
  ...options,
  pool: { ...(options['pool'] as object), ...more },
});

const handed =
  (name: string): Probe =>
  (options) => {
    // What connects is faked above; here the real method is wanted, up to the client that it makes.
    const manager = managerOf(options);
    Object.getPrototypeOf(manager)
      .connect.call(manager, { dialectOptions: options['dialectOptions'] })
      .catch(() => {});
    const probe = pgProbes[name];
    if (!probe) throw new Blurred(`no probe sees ${name}`);
    return probe(given[name] === undefined ? {} : { [name]: given[name] });
  };

const sequelizeProbes: Record<string, Probe> = {
  async 'pool.max'(options) {
    const { pool } = managerOf(options);
    for (let asked = 0; asked < many; asked++) pool.acquire().catch(() => {});
    await settle();
    return letThrough(pool.size);
  },
  async 'pool.min'(options) {
    const { pool } = managerOf(within(options, { max: 10, idle: 100 }));
    const held = await Promise.all(Array.from({ length: 5 }, () => pool.acquire()));
    for (const each of held) pool.release(each);
    await until(() => pool.size === 0);
    return pool.size;
  },
  async 'pool.acquire'(options) {
    const { pool } = managerOf(within(options, { max: 1 }));
    await pool.acquire();
    return untilSettled(() => pool.acquire());
  },
  async 'pool.idle'(options) {
    const { pool } = managerOf(options);
    pool.release(await pool.acquire());
    return until(() => pool.size === 0);
  },
  async 'pool.maxUses'(options) {
    const { pool } = managerOf(options);
    const seen = new Set<object>();
    let used = 0;
    for (; used < many && seen.size < 2; used++) {
      const each = await pool.acquire();
      seen.add(each);
      pool.release(each);
    }
    return letThrough(used);
  },
  'dialectOptions.statement_timeout': handed('statement_timeout'),
  'dialectOptions.lock_timeout': handed('lock_timeout'),
  'dialectOptions.idle_in_transaction_session_timeout': handed('idle_in_transaction_session_timeout'),
  'dialectOptions.query_timeout': handed('query_timeout'),
};

/** What TypeORM gives to the pool below it. */
async function pooled({ type, ...options }: Options): Promise<Options> {
  let seen: Options = {};
  // MySQL's is called with an object before.
  const refuse = (...given: unknown[]): void => {
    for (const done of given) if (typeof done === 'function') done(new Error('no server'));
  };
  class Pool {
    constructor(config: Options) {
      seen = config;
    }
    on(): void {}
    connect = refuse;
    getConnection = refuse;
    end = refuse;
  }
  const driver = { Pool, ConnectionPool: Pool, createPool: (config: Options) => new Pool(config) };
  const all = { host: '127.0.0.1', ...options, type: type ?? 'postgres', driver };
  await new DataSource(all as never).initialize().catch(() => {});
  return seen;
}

const below: Record<string, Record<string, Probe>> = { postgres: pgProbes, mysql: mysql2Probes, mssql: mssqlProbes };

const throughTypeorm =
  (names: Record<string, string>): Probe =>
  async (options) => {
    const type = typeof options['type'] === 'string' ? options['type'] : 'postgres';
    const probe = below[type]?.[names[type] ?? ''];
    if (!probe) throw new Blurred(`no probe of ${type} sees ${JSON.stringify(names)}`);
    return probe(await pooled(options));
  };

const inExtra = Object.entries({ postgres: pgProbes, mysql: mysql2Probes }).flatMap(([type, probes]) =>
  Object.keys(probes).map((name): [string, Probe] => [`extra.${name}`, throughTypeorm({ [type]: name })]),
);
const inPool = Object.keys(mssqlProbes).map((name): [string, Probe] => [name, throughTypeorm({ mssql: name })]);

export const conformances: Conformance[] = [
  {
    driver: 'sequelize',
    kind: 'sequelize',
    probes: sequelizeProbes,
    url: (query) => ({ url: `postgres://me@127.0.0.1:1/mine?${query}` }),
  },
  {
    driver: 'typeorm',
    kind: 'dataSource',
    probes: {
      ...Object.fromEntries(inExtra),
      ...Object.fromEntries(inPool),
      poolSize: throughTypeorm({ postgres: 'max', mysql: 'connectionLimit' }),
      connectTimeoutMS: throughTypeorm({ postgres: 'connectionTimeoutMillis' }),
      connectTimeout: throughTypeorm({ mysql: 'connectTimeout' }),
    },
    url: (query) => ({ url: `postgres://me@127.0.0.1:1/mine?${query}` }),
  },
];
