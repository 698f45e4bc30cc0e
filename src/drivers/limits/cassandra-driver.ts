import type { Limits } from '../driver.ts';

/** cassandra-driver. Read in cassandra-driver 4.10.0: lib/client-options.js:28-85. */
export const cassandraLimits: Limits = {
  at: 0,
  options: [
    {
      // Of protocol 3 and above; each carries many requests at once.
      option: 'pooling.coreConnectionsPerHost.0',
      limits: ['max'],
      unit: 'count',
      default: 1,
      per: 'host',
    },
    // lib/host-connection-pool.js:111: BusyConnectionError above it.
    { option: 'pooling.maxRequestsPerConnection', limits: ['queue'], unit: 'count', default: 2048, per: 'host' },
    { option: 'socketOptions.connectTimeout', limits: ['connect'], unit: 'ms', default: 5000 },
    {
      option: 'socketOptions.readTimeout',
      limits: ['query'],
      unit: 'ms',
      default: 12_000,
      zero: 'unbounded',
    },
  ],
  misread: [
    { option: 'pooling.max', effect: 'ignored', instead: 'pooling.coreConnectionsPerHost.0' },
    { option: 'poolSize', effect: 'ignored', instead: 'pooling.coreConnectionsPerHost.0' },
    { option: 'connectTimeout', effect: 'ignored', instead: 'socketOptions.connectTimeout' },
    { option: 'readTimeout', effect: 'ignored', instead: 'socketOptions.readTimeout' },
  ],
};
