import type { Driver, Ownership } from './driver.ts';

// dist/cjs/classes/queue-base.js:80-95: an unheard `error` is only logged.
const owns: Ownership = { what: 'pool', end: ['close', 'disconnect'], awaitEnd: true };

/** BullMQ: each object opens Redis connections of its own. Read in bullmq 6.7.0. */
export const bullmq: Driver = {
  name: 'bullmq',
  modules: ['bullmq'],
  exports: {
    Queue: { new: 'producer', type: 'producer' },
    FlowProducer: { new: 'producer', type: 'producer' },
    Worker: { new: 'consumer', type: 'consumer' },
    QueueEvents: { new: 'consumer', type: 'consumer' },
  },
  kinds: {
    // Shares a client that is passed in, but not an object of options: dist/cjs/utils/create-backend.js:51-58.
    producer: { owns: { ...owns, borrows: ['connection'] } },
    // Duplicates even that, as it blocks: dist/cjs/utils/create-backend.js:28-40.
    consumer: { owns },
  },
};
