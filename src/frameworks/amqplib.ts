import type { Framework } from './framework.ts';

/** amqplib. Read in @types/amqplib 0.10.8: index.d.ts:55, callback_api.d.ts:81; amqp-connection-manager 5.0.0. `connect` calls back once. */
export const amqplib: Framework = {
  name: 'amqplib',
  modules: ['amqplib', 'amqplib/', 'amqp-connection-manager'],
  calls: [
    {
      what: 'message handler',
      names: ['consume'],
      on: {
        made: ['connect'],
        types: ['Channel', 'ConfirmChannel', 'ChannelWrapper'],
        names: ['channel', 'ch', 'channelWrapper'],
      },
    },
  ],
};
