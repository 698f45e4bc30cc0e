import postgres from 'postgres';
import { vi } from 'vitest';
import type { Conformance, Options, Probe } from './facts.ts';
import { inSeconds, letThrough, many, settle, silentWire, untilSettled } from './watch.ts';

type Sql = ReturnType<typeof postgres>;

const quiet = { host: '127.0.0.1', port: 1, fetch_types: false };

function make({ url, ...options }: Options, socket: () => unknown): Sql {
  const all = { ...quiet, ...options, socket } as never;
  return typeof url === 'string' ? postgres(url, all) : postgres(all);
}

const sent =
  (name: string): Probe =>
  (options) => {
    const value = (make(options, silentWire).options.connection as Options)[name];
    return value === undefined ? 'unbounded' : Number(value);
  };

export const conformances: Conformance[] = [
  {
    driver: 'postgres',
    kind: 'sql',
    probes: {
      async max(options) {
        let opened = 0;
        const sql = make(options, () => (opened++, silentWire()));
        for (let asked = 0; asked < many; asked++) sql`SELECT 1`.catch(() => {});
        await settle();
        vi.advanceTimersByTime(1);
        await settle();
        return letThrough(opened);
      },
      async connect_timeout(options) {
        const sql = make(options, silentWire);
        return inSeconds(await untilSettled(async () => sql`SELECT 1`));
      },
      'connection.statement_timeout': sent('statement_timeout'),
      'connection.lock_timeout': sent('lock_timeout'),
      'connection.idle_in_transaction_session_timeout': sent('idle_in_transaction_session_timeout'),
    },
    url: (query) => ({ url: `postgres://me@127.0.0.1:1/mine?${query}` }),
  },
];
