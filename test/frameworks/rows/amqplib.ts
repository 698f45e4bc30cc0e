import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a consumer': {
      what: 'message handler',
      code: `import amqp from 'amqplib';
const connection = await amqp.connect('amqp://');
const channel = await connection.createChannel();
channel.consume('q', async (message) => { new Pool(); });`,
    },
    'a channel of elsewhere': {
      what: 'message handler',
      code: `import type { Channel } from 'amqplib';
export const listen = (ch: Channel) => ch.consume('q', async (message) => { new Pool(); });`,
    },
  },
  once: {
    connect: {
      code: `import amqp from 'amqplib/callback_api';
amqp.connect('amqp://', (error, connection) => { new Pool(); });`,
    },
  },
};
