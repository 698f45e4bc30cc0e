import { once } from 'node:events';
import net from 'node:net';

/** Stands between the service and PostgreSQL, and counts the connections that PostgreSQL lets in. */

/** The first byte of PostgreSQL's answer to a client that may stay; `E` is for one that may not. */
const LET_IN = 'R'.charCodeAt(0);
/** The client's last message. PostgreSQL may let somebody else in before the socket of this one has closed. */
const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4]);

/** @returns {Promise<{ port: number, opened: number, refused: number, peak: number, open: number, stop: () => void }>} */
export async function startRelay({ host, port }) {
  const relay = { opened: 0, refused: 0, peak: 0, open: 0 };
  const sockets = new Set();
  const server = net.createServer((client) => {
    const upstream = net.connect({ host, port });
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}).setNoDelay());
    upstream.once('data', ([answer]) => count(relay, answer === LET_IN, client, upstream));
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroySoon());
  });
  await once(server.listen(0, host), 'listening');
  relay.port = server.address().port;
  relay.stop = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return relay;
}

function count(relay, isLetIn, client, upstream) {
  if (!isLetIn) {
    relay.refused += 1;
    return;
  }
  relay.opened += 1;
  relay.open += 1;
  relay.peak = Math.max(relay.peak, relay.open);
  let isOver = false;
  const end = () => {
    if (!isOver) relay.open -= 1;
    isOver = true;
  };
  client.on('data', (bytes) => bytes.subarray(-TERMINATE.length).equals(TERMINATE) && end());
  for (const socket of [client, upstream]) socket.once('end', end).once('close', end);
}
