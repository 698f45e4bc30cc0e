import { EventEmitter } from 'node:events';
import * as neon from '@neondatabase/serverless';
import pg from 'pg';
import pgPromise from 'pg-promise';
import { Blurred } from './facts.ts';
import type { Conformance, Observed, Options, Probe } from './facts.ts';
import { inSeconds, letThrough, many, settle, until, untilSettled } from './watch.ts';

type Callback = (error?: Error) => void;

/** Connects at once, or never. */
class Fake extends EventEmitter {
  static answers = true;
  readonly _queryable = true;
  readonly #waiting: Callback[] = [];
  connect(done: Callback): void {
    if (Fake.answers) process.nextTick(done);
    else this.#waiting.push(done);
  }
  isConnected(): boolean {
    return Fake.answers;
  }
  end(done?: Callback): void {
    for (const each of this.#waiting) each(new Error('ended'));
    done?.();
  }
  ref(): void {}
  unref(): void {}
}

interface Pool extends EventEmitter {
  readonly options: Options;
  readonly totalCount: number;
  connect(): Promise<{ release(): void }>;
}
interface Classes {
  readonly Pool: new (options: never) => unknown;
  readonly Client: new (options: never) => unknown;
}

/** Runs the pool of pg, or one made from it. */
export function poolProbes({ Pool, Client }: Classes, handed: (options: Options) => Options): Record<string, Probe> {
  const make = (options: Options, answers = true): Pool => {
    Fake.answers = answers;
    // Neon's ignores an option of this name.
    return Object.assign(new Pool(handed(options) as never) as Pool, { Client: Fake });
  };
  const session = sessionProbes(Client, handed);

  return {
    ...session,
    async max(options) {
      const pool = make(options);
      for (let asked = 0; asked < many; asked++) pool.connect().catch(() => {});
      await settle();
      return letThrough(pool.totalCount);
    },
    async min(options) {
      const pool = make({ ...options, max: 10 });
      const held = await Promise.all(Array.from({ length: 5 }, () => pool.connect()));
      for (const client of held) client.release();
      await until(() => pool.totalCount === 0);
      return pool.totalCount;
    },
    async connectionTimeoutMillis(options) {
      const full = make({ ...options, max: 1 });
      await full.connect();
      const waited = await untilSettled(() => full.connect());
      const opened = await untilSettled(() => make(options, false).connect());
      if (waited !== opened) throw new Blurred(`waits ${waited}, opens ${opened}`);
      return waited;
    },
    async idleTimeoutMillis(options) {
      const pool = make(options);
      (await pool.connect()).release();
      return until(() => pool.totalCount === 0);
    },
    async maxLifetimeSeconds(options) {
      const pool = make({ ...options, idleTimeoutMillis: 0 });
      (await pool.connect()).release();
      return inSeconds(await until(() => pool.totalCount === 0));
    },
    async maxUses(options) {
      const pool = make({ ...options, idleTimeoutMillis: 0 });
      let used = 0;
      do (await pool.connect()).release();
      while (++used < many && pool.totalCount === 1);
      return letThrough(used);
    },
  };
}

interface Session {
  getStartupConf(): Record<string, string | undefined>;
  query(text: string): Promise<unknown>;
}

function sessionProbes(Client: Classes['Client'], handed: (options: Options) => Options): Record<string, Probe> {
  const make = (options: Options): Session => new Client(handed(options) as never) as Session;
  const sent =
    (name: string): Probe =>
    (options) => {
      const value = make(options).getStartupConf()[name];
      if (value === undefined) return 'unbounded';
      // What the server does not take for a number it refuses, with the connection.
      return Number.isNaN(Number(value)) ? 'throws' : Number(value);
    };
  return {
    statement_timeout: sent('statement_timeout'),
    lock_timeout: sent('lock_timeout'),
    idle_in_transaction_session_timeout: sent('idle_in_transaction_session_timeout'),
    query_timeout: (options) => untilSettled(() => make(options).query('SELECT 1')),
  };
}

const same = (options: Options): Options => options;
const url = (query: string): Options => ({ connectionString: `postgres://me@127.0.0.1/mine?${query}` });

export const pgProbes = poolProbes(pg, same);

const clientWait: Probe = (options): Promise<Observed> =>
  untilSettled(() => {
    const client = new pg.Client({ ...options, stream: silentSocket } as never);
    return client.connect();
  });

/** A socket on its way: pg calls `connect` and waits for the event. */
function silentSocket(): EventEmitter {
  return Object.assign(new EventEmitter(), {
    connect() {},
    setNoDelay() {},
    setKeepAlive() {},
    ref() {},
    unref() {},
    end() {},
    write: () => true,
    destroy(this: EventEmitter, error?: Error) {
      if (error) this.emit('error', error);
      this.emit('close');
    },
  });
}

const pgp = pgPromise({ noWarnings: true });
const throughPromise = (options: Options): Options => pgp(options as never).$pool.options as unknown as Options;

export const conformances: Conformance[] = [
  { driver: 'pg', kind: 'pool', probes: pgProbes, url },
  {
    driver: 'pg',
    kind: 'client',
    probes: { ...sessionProbes(pg.Client, same), connectionTimeoutMillis: clientWait },
    url,
  },
  { driver: 'pg-promise', kind: 'database', probes: poolProbes(pg, throughPromise), url },
  { driver: '@neondatabase/serverless', kind: 'pool', probes: poolProbes(neon, same), url },
];
