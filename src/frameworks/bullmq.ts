import type { Framework } from './framework.ts';

/** BullMQ. Read in bullmq 6.7.0: dist/esm/classes/worker.d.ts:152. */
export const bullmq: Framework = {
  name: 'BullMQ',
  modules: ['bullmq'],
  calls: [
    { what: 'job', names: ['Worker'] },
    {
      what: 'job listener',
      names: ['on'],
      on: { made: ['Worker', 'QueueEvents'], types: ['Worker', 'QueueEvents'], names: ['worker', 'queueEvents'] },
      first: ['active', 'completed', 'failed', 'progress', 'stalled', 'drained'],
    },
  ],
  types: [{ what: 'job', names: ['Processor'] }],
};
