import type { Adapter } from '../adapter.ts';
import { isMarked, prototypeWith, watchConstruction } from '../patched.ts';
import { originAbove } from '../stacks.ts';
import type { Origin } from '../stacks.ts';
import { adoptClient, isClient, patchClient } from './mongodb/client.ts';
import type { Client } from './mongodb/client.ts';

/**
 * The MongoDB driver, and mongoose through it: a client keeps one pool for each server. The package exports getters that nobody
 * can replace; the file behind them can be changed before they are read. Read in mongodb 7.9.0, lib/mongo_client.js.
 */
export const mongodb: Adapter = {
  driver: 'mongodb',
  entries: { mongodb: /^lib\/(?:index|mongo_client)\.js$/ },
  recognizes: isMongodb,
  patch(exports) {
    if (!isMongodb(exports)) return undefined;
    const why = patchClient(exports.MongoClient.prototype);
    if (why !== undefined || !isReplaceable(exports) || isMarked(exports)) return why;
    watchClients(exports);
    return undefined;
  },
  guard(target, options) {
    if (!isClient(target)) return undefined;
    const prototype = prototypeWith(target, 'connect');
    if (!prototype) return undefined;
    patchClient(prototype);
    return adoptClient(target, options);
  },
};

type ClientClass = (new (...args: never[]) => Client) & { connect(...args: unknown[]): Promise<Client> };

interface Mongodb {
  MongoClient: ClientClass;
}

function isMongodb(exports: unknown): exports is Mongodb {
  if (typeof exports !== 'object' || exports === null) return false;
  const { MongoClient } = exports as Partial<Mongodb>;
  return typeof MongoClient === 'function' && typeof MongoClient.prototype?.connect === 'function';
}

/** Otherwise a client is first seen when it connects, which is soon enough for its limits. */
const isReplaceable = (exports: Mongodb): boolean =>
  Object.getOwnPropertyDescriptor(exports, 'MongoClient')?.writable === true;

/** Where the static `connect` was called that runs now. */
let connecting: Origin | undefined;

function watchClients(exports: Mongodb): void {
  const original = exports.MongoClient;
  const { connect } = original;
  exports.MongoClient = watchConstruction(original, (client, trap) => {
    adoptClient(client, { origin: connecting ?? originAbove(trap) });
  });
  original.connect = function connect_(this: ClientClass, ...args) {
    connecting = originAbove(connect_);
    try {
      return connect.apply(this, args);
    } finally {
      connecting = undefined;
    }
  };
}
