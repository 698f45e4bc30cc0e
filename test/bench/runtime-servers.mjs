import net from 'node:net';
import { BSON } from 'mongodb';
import mysql2 from 'mysql2';

/** Servers that say yes to everything, in the process of the bench: enough for drivers that insist on a connection. */

const HOST = '127.0.0.1';

const listening = (server) =>
  new Promise((resolve) => {
    server.listen(0, HOST, () => resolve(server.address().port));
  });

/** The driver brings the other side of its protocol, too. */
export async function startMysql() {
  const server = mysql2.createServer((connection) => {
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.0.0',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xff_ff_ff,
    });
    connection.on('query', () => {
      // Each command starts to count its packets anew; the driver leaves that to the server's author.
      connection.sequenceId = 1;
      connection.writeOk({ affectedRows: 0 });
      connection.sequenceId = 0;
    });
    connection.on('error', () => {});
  });
  await new Promise((resolve) => {
    server.listen(0, HOST, resolve);
  });
  return { host: HOST, port: server._server.address().port, user: 'root' };
}

/** MariaDB's own client is stricter with the numbers of packets than that server, and is answered by hand. */
export async function startMariadb() {
  const server = net.createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.write(numbered(0, GREETING));
    socket.on('data', (data) => {
      // Three bytes of length, then the packet's number.
      for (let at = 0; at < data.length; at += 4 + data.readUIntLE(at, 3))
        socket.write(numbered(data[at + 3] + 1, OK_PACKET));
    });
  });
  return { host: HOST, port: await listening(server), user: 'root' };
}

const OK_PACKET = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const SALT = Buffer.alloc(8, 'a');
/** Protocol 10, version, connection, salt, abilities (protocol 4.1, transactions, secure connection, plugins), charset, status. */
const GREETING = Buffer.concat([
  Buffer.from('\x0a8.0.0\0\x01\0\0\0', 'latin1'),
  SALT,
  Buffer.from([0, 0x00, 0xa2, 45, 2, 0, 0x08, 0, 21]),
  Buffer.alloc(10),
  Buffer.from('aaaaaaaaaaaa\0mysql_native_password\0'),
]);

function numbered(number, body) {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = number;
  return Buffer.concat([head, body]);
}

/** `+OK` for each command, which begins with `*`. */
export async function startRedis() {
  const server = net.createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      const commands = data
        .toString()
        .split('\r\n')
        .filter((line) => /^\*\d+$/.test(line)).length;
      if (commands > 0) socket.write('+OK\r\n'.repeat(commands));
    });
  });
  return { host: HOST, port: await listening(server) };
}

const message = (type, ...parts) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(5, type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const READY = message('Z', 'I');
const WELCOME = Buffer.concat([message('R', [0, 0, 0, 0]), READY]);
const DONE = Buffer.concat([message('C', 'SELECT 0\0'), READY]);

/** No rows for each simple query. */
export async function startPostgres() {
  const server = net.createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(WELCOME);
      socket.on('data', () => socket.write(DONE));
    });
  });
  return { host: HOST, port: await listening(server), user: 'root', database: 'root' };
}

const MONGODB = { ok: 1, isWritablePrimary: true, helloOk: true, minWireVersion: 0, maxWireVersion: 25 };
const LIMITS = { maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000 };
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** It is a primary that stands alone, whatever it is asked. */
export async function startMongodb() {
  const body = BSON.serialize({ ...MONGODB, ...LIMITS });
  const server = net.createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    // One message for each packet: the driver waits for the answer.
    socket.on('data', (data) => socket.write(answer(data, body)));
  });
  return `mongodb://${HOST}:${await listening(server)}/?directConnection=true&serverMonitoringMode=poll`;
}

/** The first message of a connection is of the old kind. */
function answer(data, body) {
  const isOld = data.readInt32LE(12) === OP_QUERY;
  const rest = Buffer.alloc(isOld ? 20 : 5);
  if (isOld) rest.writeInt32LE(1, 16);
  const head = Buffer.alloc(16);
  head.writeInt32LE(head.length + rest.length + body.length, 0);
  head.writeInt32LE(data.readInt32LE(4), 8);
  head.writeInt32LE(isOld ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([head, rest, body]);
}
