import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { BSON } from 'mongodb';

/**
 * As much of a MongoDB server as the driver needs for connecting and for `ping`: it says hello, answers `ok` to all else, and
 * keeps `ping` waiting while it is told to.
 */
export interface MongoServer {
  readonly port: number;
  /** Connections on which a `ping` came. */
  readonly used: ReadonlySet<Socket>;
  hold(): void;
  answer(): void;
  stop(): Promise<void>;
}

const QUERY = 2004;
const MESSAGE = 2013;
const REPLY = 1;
const HEADER = 16;

const HELLO = {
  ok: 1,
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
};

export async function startMongo(): Promise<MongoServer> {
  const used = new Set<Socket>();
  const sockets = new Set<Socket>();
  let held: (() => void)[] | undefined;
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => used.delete(socket)));
    collectMessages(socket, (message) => {
      const { command, reply } = read(message);
      const send = (): unknown => socket.write(reply);
      if (!('ping' in command)) return void send();
      used.add(socket);
      if (held) held.push(send);
      else send();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    used,
    hold: () => void (held ??= []),
    answer: () => {
      for (const send of held ?? []) send();
      held = undefined;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function collectMessages(socket: Socket, onMessage: (message: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const size = rest.readInt32LE(0);
      onMessage(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
  });
}

function read(message: Buffer): { command: BSON.Document; reply: Buffer } {
  const id = message.readInt32LE(4);
  const isQuery = message.readInt32LE(12) === QUERY;
  // Flags and the name of the collection, skip and limit; or flags and the kind of the first section.
  const start = isQuery ? message.indexOf(0, HEADER + 4) + 9 : HEADER + 5;
  const command = BSON.deserialize(message.subarray(start), { allowObjectSmallerThanBufferSize: true });
  const isHello = ['hello', 'ismaster', 'isMaster'].some((name) => name in command);
  const document = BSON.serialize(isHello ? HELLO : { ok: 1 });
  // A reply's flags, cursor, start and count; a message's flags and kind.
  const before = Buffer.alloc(isQuery ? 20 : 5);
  if (isQuery) before.writeInt32LE(1, 16);
  return { command, reply: frame(id, isQuery ? REPLY : MESSAGE, Buffer.concat([before, document])) };
}

function frame(answered: number, operation: number, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  for (const [index, value] of [HEADER + body.length, 0, answered, operation].entries())
    header.writeInt32LE(value, index * 4);
  return Buffer.concat([header, body]);
}
