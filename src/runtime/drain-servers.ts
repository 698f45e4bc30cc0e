/**
 * Servers that stop: nothing new is accepted, what was asked gets its answer, and with it each client hears that its
 * connection ends. Only then are idle connections closed: a client that has just got its answer sends its next request on
 * the same connection, and closing that at once would cost it the request.
 */

/** Node's servers of HTTP, HTTPS and HTTP/2, and whatever else stops with `close`. */
export interface StoppableServer {
  close(callback?: (error?: Error) => void): unknown;
}

/** What some of them have besides: HTTP/1 since Node 18.2. */
interface NodeServer extends StoppableServer {
  closeIdleConnections?(): void;
  closeAllConnections?(): void;
  getConnections?(callback: (error: Error | null, count: number) => void): unknown;
  /** HTTP/2 alone. */
  updateSettings?(settings: object): void;
  on?(event: 'stream', listener: (stream: Http2Stream) => void): unknown;
}

interface Http2Stream {
  readonly session?: { close(): void; readonly server?: object } | undefined;
}

/** Servers whose answers say that the connection ends. */
const stopping = new WeakSet<object>();
const patched = new WeakSet<object>();

export class StoppingServers {
  readonly #servers: readonly NodeServer[];
  #open: number;

  /** They stop at once. */
  constructor(servers: readonly StoppableServer[]) {
    this.#servers = servers;
    this.#open = servers.length;
    for (const server of servers) {
      stopping.add(server);
      announce(server);
      void close(server).then(() => (this.#open -= 1));
    }
  }

  /** Nothing is accepted, and no connection is open. */
  get areClosed(): boolean {
    return this.#open === 0;
  }

  closeIdle(): void {
    for (const server of this.#servers) server.closeIdleConnections?.();
  }

  /** Whatever is open. @returns how many connections that were, as far as the servers count them */
  async cut(): Promise<number> {
    const counts = await Promise.all(this.#servers.map(countOpen));
    for (const server of this.#servers) server.closeAllConnections?.();
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

/** Node's own `close` of HTTP/1 also closes idle connections, so that of its base class is called. */
function close(server: NodeServer): Promise<void> {
  const isNodes = server.closeIdleConnections && !Object.hasOwn(server, 'close');
  const { prototype } = process.getBuiltinModule('node:net').Server;
  return new Promise((resolve) => {
    try {
      // An error says that it listens no more: it is called once the last connection is closed all the same.
      if (isNodes) prototype.close.call(server as never, () => resolve());
      else server.close(() => resolve());
    } catch {
      resolve();
    }
  });
}

function countOpen(server: NodeServer): Promise<number> {
  return new Promise((resolve) => {
    if (!server.getConnections) return resolve(0);
    server.getConnections((_error, count) => resolve(count ?? 0));
  });
}

/**
 * HTTP/2 says it for the whole session, which then ends after its last answer. Node 24 tells idle sessions, too; before it
 * nothing knows them, and they stay until the deadline.
 */
function announce(server: NodeServer): void {
  if (!server.updateSettings) return patchAnswers();
  server.on?.('stream', ({ session }) => session?.close());
  patchHttp2Answers();
}

interface Answer {
  shouldKeepAlive: boolean;
  readonly socket?: { readonly server?: object } | null;
  /** Writes the head, whoever asked for it: lib/_http_outgoing.js of Node 20, 22 and 24. */
  _storeHeader?(...parts: unknown[]): unknown;
}

/** Answers of requests that came before the stop are reached by their class only. */
function patchAnswers(): void {
  const prototype = process.getBuiltinModule('node:http').ServerResponse.prototype as unknown as Answer;
  const original = prototype._storeHeader;
  if (!original || isPatched(prototype)) return;
  prototype._storeHeader = function (this: Answer, ...parts) {
    const server = this.socket?.server;
    // Node then writes `Connection: close`, and closes it after the last byte.
    if (server && stopping.has(server)) this.shouldKeepAlive = false;
    return original.apply(this, parts);
  };
}

interface Http2Answer {
  readonly stream?: Http2Stream;
  writeHead(...parts: never[]): unknown;
}

function patchHttp2Answers(): void {
  const prototype = process.getBuiltinModule('node:http2').Http2ServerResponse.prototype as unknown as Http2Answer;
  if (isPatched(prototype)) return;
  const original = prototype.writeHead;
  prototype.writeHead = function (this: Http2Answer, ...parts) {
    const session = this.stream?.session;
    if (session?.server && stopping.has(session.server)) session.close();
    return original.apply(this, parts);
  };
}

function isPatched(prototype: object): boolean {
  if (patched.has(prototype)) return true;
  patched.add(prototype);
  return false;
}
