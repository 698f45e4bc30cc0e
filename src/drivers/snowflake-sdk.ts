import type { Driver } from './driver.ts';

/** Snowflake over HTTP, with a session on the server for each connection. Read in snowflake-sdk 3.3.0. */
export const snowflakeSdk: Driver = {
  name: 'snowflake-sdk',
  modules: ['snowflake-sdk'],
  exports: {
    default: { namespace: true },
    createConnection: { call: 'connection' },
    // generic-pool inside: dist/lib/core.js:309.
    createPool: { call: 'pool' },
    Connection: { type: 'connection' },
  },
  kinds: {
    connection: {
      // No `pooled`: its pool hands out through use(fn), whose statements take callbacks.
      owns: { what: 'connection', end: ['destroy'], mustOpen: ['connect', 'connectAsync'] },
    },
    pool: { owns: { what: 'pool', end: ['drain', 'clear'], awaitEnd: true } },
  },
};
