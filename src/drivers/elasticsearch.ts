import type { Driver } from './driver.ts';

/** Elasticsearch over HTTP, one undici Pool per node. Read in @elastic/elasticsearch 9.5.1 and 9.4.3. */
export const elasticsearch: Driver = {
  name: '@elastic/elasticsearch',
  modules: ['@elastic/elasticsearch'],
  exports: {
    default: { namespace: true },
    Client: { new: 'client', type: 'client' },
  },
  kinds: {
    client: {
      // child() shares the pool, and close() closes it for all of them: lib/client.js:325.
      members: { child: 'client' },
      owns: { what: 'pool', end: ['close'], awaitEnd: true },
    },
  },
};
