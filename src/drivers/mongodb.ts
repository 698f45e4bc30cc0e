import type { Driver } from './driver.ts';
import { mongodbLimits } from './limits/mongodb.ts';

/** The MongoDB driver. Read in mongodb 7.8.0 and 6.22.0. */
export const mongodb: Driver = {
  name: 'mongodb',
  modules: ['mongodb'],
  exports: {
    // `is` for the static `MongoClient.connect(uri)`.
    MongoClient: { new: 'client', is: 'clientClass', type: 'client' },
    ClientSession: { type: 'session' },
  },
  kinds: {
    clientClass: { members: { connect: 'client' }, builds: ['connect'] },
    client: {
      limits: mongodbLimits,
      // No `error` event in normal use. Next.js's own example keeps it on `globalThis`: with-mongodb/lib/mongodb.ts.
      owns: { what: 'pool', end: ['close'], awaitEnd: true, open: ['connect'], reload: true },
      // Resolves to the client itself; optional and idempotent.
      members: { connect: 'client' },
      checkouts: {
        // lib/mongo_client.js:442: synchronous, no I/O. withSession(fn) ends the session by itself: :450-472.
        startSession: { gives: 'session', result: 'value' },
      },
      lease: {
        giveBack: ['close'],
        awaitGiveBack: true,
        uses: ['db', 'connect', 'startSession', 'withSession', 'watch', 'bulkWrite'],
        holdsFrom: ['connect', 'db', 'withSession', 'watch', 'bulkWrite'],
        // Stable in 7, beta in 6: lib/mongo_client.js:106.
        disposable: { symbol: 'asyncDispose', since: '7.0.0' },
        second: 'ignored',
        dedicated: true,
      },
    },
    session: {
      lease: {
        // Ends the server session and unpins the connection: lib/sessions.js:119. withTransaction() does not end it.
        giveBack: ['endSession'],
        awaitGiveBack: true,
        loses: 'a session stays open',
        // lib/sessions.js:228 is synchronous; :360-416 ignores the server's errors.
        neverRejects: ['startTransaction', 'abortTransaction'],
        uses: ['withTransaction', 'startTransaction', 'commitTransaction', 'abortTransaction'],
        // startTransaction() is synchronous here: lib/sessions.js:228.
        transaction: {
          begin: ['startTransaction'],
          commit: ['commitTransaction'],
          rollback: ['abortTransaction'],
          // lib/sessions.js:119: endSession() aborts an open one.
          endsWithRelease: true,
        },
        // `insertOne(doc, { session })`.
        lentTo: { properties: ['session'] },

        // Aborts an open transaction too, as endSession() does: lib/sessions.js:150.
        disposable: { symbol: 'asyncDispose', since: '7.0.0' },
        // `hasEnded` is looked at first: lib/sessions.js:132.
        second: 'ignored',
      },
    },
  },
};
