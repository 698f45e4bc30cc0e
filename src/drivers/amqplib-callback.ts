import type { Driver } from './driver.ts';

/** amqplib, callbacks. Read in amqplib 2.3.1. */
export const amqplibCallback: Driver = {
  name: 'amqplib/callback_api',
  modules: ['amqplib/callback_api', 'amqplib/callback_api.js'],
  exports: {
    default: { namespace: true },
    // connect(url, options?, callback) returns nothing: callback_api.js:9.
    connect: { call: 'connection', callback: { error: 0, value: 1 } },
  },
  kinds: {
    connection: {
      // lib/connection.js:311-320, handed on by lib/callback_model.js:10; lib/safe_emit.js throws it again.
      owns: { what: 'connection', shared: true, end: ['close'], crashes: { when: 'a connection that breaks' } },
    },
  },
};
