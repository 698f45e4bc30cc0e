import net from 'node:net';
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
