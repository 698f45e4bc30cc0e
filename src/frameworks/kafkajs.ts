import type { Framework } from './framework.ts';

/** KafkaJS. Read in kafkajs 2.2.4: types/index.d.ts:1022-1037. */
export const kafkajs: Framework = {
  name: 'KafkaJS',
  modules: ['kafkajs'],
  calls: [
    {
      what: 'message handler',
      names: ['run'],
      on: { made: ['Kafka'], types: ['Consumer'], names: ['consumer'] },
      properties: ['eachMessage', 'eachBatch'],
    },
  ],
  types: [{ what: 'message handler', names: ['EachMessageHandler', 'EachBatchHandler'] }],
};
