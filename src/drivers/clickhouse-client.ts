import type { Driver } from './driver.ts';

/** ClickHouse over HTTP, with an Agent of its own that keeps its sockets. Read in @clickhouse/client 1.23.1. */
export const clickhouseClient: Driver = {
  name: '@clickhouse/client',
  modules: ['@clickhouse/client'],
  exports: {
    default: { namespace: true },
    createClient: { call: 'client' },
    ClickHouseClient: { type: 'client' },
  },
  kinds: {
    client: {
      // dist/connection/create_connection.js:10-40: with `http_agent` it uses that one.
      owns: { what: 'pool', end: ['close'], awaitEnd: true, borrows: ['http_agent'] },
    },
  },
};
