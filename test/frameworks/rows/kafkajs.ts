import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    messages: {
      what: 'message handler',
      code: `import { Kafka } from 'kafkajs';
const kafka = new Kafka({});
const group = kafka.consumer({});
await group.run({ eachMessage: async ({ message }) => { new Pool(); } });`,
    },
    'of elsewhere': {
      what: 'message handler',
      code: `export const listen = (consumer) => consumer.run({ eachBatch: async ({ batch }) => { new Pool(); } });`,
    },
    'of a name': {
      what: 'message handler',
      code: `import { Kafka } from 'kafkajs';
export const listen = (consumer) => consumer.run({ eachBatch: async (batch) => { new Pool(); } });`,
    },
    'a type': {
      what: 'message handler',
      code: `import type { EachMessageHandler } from 'kafkajs';
export const run: EachMessageHandler = async (x) => { new Pool(); };`,
    },
  },
  once: {
    connecting: {
      code: `import { Kafka } from 'kafkajs';
const kafka = new Kafka({});
kafka.consumer({}).connect().then(() => { new Pool(); });`,
    },
  },
};
