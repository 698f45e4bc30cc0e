import type { Driver } from './driver.ts';

/** amqplib, promises: one socket per connection, channels on it. Read in amqplib 2.3.1. */
export const amqplib: Driver = {
  name: 'amqplib',
  modules: ['amqplib', 'amqplib/channel_api', 'amqplib/channel_api.js'],
  exports: {
    // A CommonJS object: channel_api.js.
    default: { namespace: true },
    connect: { call: 'connection' },
    ChannelModel: { type: 'connection' },
  },
  kinds: {
    connection: {
      owns: {
        what: 'connection',
        // Channels are for one user each, the connection is not.
        shared: true,
        end: ['close'],
        awaitEnd: true,
        // lib/connection.js:311-320, handed on by lib/channel_model.js:13; lib/safe_emit.js throws it again.
        crashes: { when: 'a connection that breaks' },
      },
    },
  },
};
