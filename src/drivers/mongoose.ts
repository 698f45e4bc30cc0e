import type { CheckoutMethod, Driver } from './driver.ts';
import { mongodb } from './mongodb.ts';
import { mongooseLimits } from './limits/mongodb.ts';

// lib/connection.js:692: asynchronous here, unlike the driver's own; no callback form.
const startSession: CheckoutMethod = { gives: 'session', result: 'promise' };

/** Mongoose: sessions of the MongoDB driver. Read in mongoose 9.12.1 (mongodb 7.8). */
export const mongoose: Driver = {
  name: 'mongoose',
  modules: ['mongoose'],
  exports: {
    // One object under three names: index.js; ESM has named exports too.
    default: { namespace: true, is: 'mongoose' },
    mongoose: { namespace: true, is: 'mongoose' },
    Mongoose: { new: 'mongoose', type: 'mongoose' },
    // Opens the connection of the module, and once only: lib/connection.js:1058.
    connect: { call: 'mongoose', existing: true },
    connection: { is: 'connection' },
    createConnection: { call: 'connection' },
    startSession: { call: 'session' },
    model: { call: 'model' },
    Connection: { type: 'connection' },
    // types/session.d.ts:5: the driver's.
    ClientSession: { type: 'session' },
    // The type of a model is `Model<…>`; the class itself has startSession() as a static: lib/model.js:3020.
    Model: { is: 'model', type: 'model' },
  },
  kinds: {
    ...mongodb.kinds,
    mongoose: {
      limits: mongooseLimits,
      members: { connect: 'mongoose', connection: 'connection', createConnection: 'connection', model: 'model' },
      builds: ['createConnection'],
      // lib/mongoose.js:514: of the default connection.
      checkouts: { startSession },
    },
    connection: {
      limits: mongooseLimits,
      members: {
        // Resolve to the connection itself.
        asPromise: 'connection',
        openUri: 'connection',
        useDb: 'connection',
        getClient: 'client',
        model: 'model',
      },
      // `transaction(fn)` and `withSession(fn)` end the session by themselves: lib/connection.js:661, 735.
      checkouts: { startSession },
      // A client of its own each time. `error` is emitted to listeners only: lib/connection.js:992.
      owns: { what: 'pool', end: ['close', 'destroy'], awaitEnd: true, open: ['openUri'], reload: true },
      lease: {
        giveBack: ['close', 'destroy'],
        awaitGiveBack: true,
        uses: ['model', 'collection', 'startSession', 'transaction', 'withSession'],
        second: 'ignored',
        dedicated: true,
      },
    },
    model: { members: { db: 'connection' }, checkouts: { startSession } },
    session: {
      lease: {
        giveBack: ['endSession'],
        awaitGiveBack: true,
        loses: 'a session stays open',
        // lib/sessions.js:228 is synchronous; :360-416 ignores the server's errors.
        neverRejects: ['startTransaction', 'abortTransaction'],
        uses: ['withTransaction', 'startTransaction', 'commitTransaction', 'abortTransaction'],
        transaction: {
          begin: ['startTransaction'],
          commit: ['commitTransaction'],
          rollback: ['abortTransaction'],
          // lib/sessions.js:119: endSession() aborts an open one.
          endsWithRelease: true,
        },
        // `query.session(session)`, `document.$session(session)`: lib/query.js:1402, lib/document.js.
        lentTo: { properties: ['session'], callees: ['session', '$session'] },

        // From the driver, mongodb 7, which came with mongoose 9.
        disposable: { symbol: 'asyncDispose', since: '9.0.0' },
        second: 'ignored',
      },
    },
  },
};
