import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { HOST } from './server.ts';

/** Stands between a client and a server, and breaks the network between them. */

export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** How many clients are connected now. */
  readonly connections: number;
  /** While it is on, connections stay open and new ones are taken, but no byte passes either way: half-open. */
  readonly stall: (isStalled: boolean) => void;
  /** Ends every connection at once. */
  readonly cut: () => void;
  readonly stop: () => Promise<void>;
}

export async function startProxy(target: { readonly host: string; readonly port: number }): Promise<Proxy> {
  const links = new Set<Link>();
  let stalled = false;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const link = new Link(client, target);
    links.add(link);
    client.once('close', () => links.delete(link));
    link.stall(stalled);
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const cut = (): void => links.forEach((link) => link.cut());
  return {
    host: HOST,
    port: (server.address() as AddressInfo).port,
    get connections() {
      return links.size;
    },
    stall(isStalled) {
      stalled = isStalled;
      links.forEach((link) => link.stall(isStalled));
    },
    cut,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}

/** One client and its own connection to the server, which is opened when bytes may pass for the first time. */
class Link {
  readonly #client: Socket;
  readonly #target: { readonly host: string; readonly port: number };
  #server: Socket | undefined;

  constructor(client: Socket, target: { readonly host: string; readonly port: number }) {
    this.#client = client;
    this.#target = target;
    client.on('error', () => {}).on('close', () => this.#server?.destroySoon());
  }

  stall(isStalled: boolean): void {
    if (!isStalled) this.#server ??= this.#open();
    const client = this.#client;
    const server = this.#server;
    if (server === undefined) return;
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.unpipe(to);
      if (!isStalled) from.pipe(to);
    }
  }

  cut(): void {
    this.#client.destroy();
    this.#server?.destroy();
  }

  #open(): Socket {
    const server = connect({ ...this.#target, allowHalfOpen: true });
    return server.on('error', () => {}).on('close', () => this.#client.destroySoon());
  }
}
