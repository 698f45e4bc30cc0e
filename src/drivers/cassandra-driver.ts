import type { Driver } from './driver.ts';
import { cassandraLimits } from './limits/cassandra-driver.ts';

/** The Cassandra driver: a client holds connections to each host. Read in cassandra-driver 4.10.0. */
export const cassandraDriver: Driver = {
  name: 'cassandra-driver',
  modules: ['cassandra-driver'],
  exports: {
    // CommonJS names only.
    default: { namespace: true },
    Client: { new: 'client', type: 'client' },
  },
  kinds: {
    client: {
      limits: cassandraLimits,
      // execute() connects by itself: lib/client.js:816. Nothing emits `error` on the client.
      owns: { what: 'pool', end: ['shutdown'], awaitEnd: true, open: ['connect'] },
    },
  },
};
