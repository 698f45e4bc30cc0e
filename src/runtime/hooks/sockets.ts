import net from 'node:net';

/**
 * Sees every connection that the process opens, also those of code that no module hook reaches: drivers inside a bundle,
 * or loaded before the hooks by a loader of their own.
 */

/**
 * @param port none for a Unix socket, whose path is then the host
 * @param captureStack writes the stack of the caller of `connect` to `holder.stack`, as `Error.captureStackTrace` does. It
 * costs, so a watcher calls it when it knows that it wants one
 */
export type OnConnect = (
  port: number | undefined,
  host: string,
  socket: net.Socket,
  captureStack: (holder: object) => void,
) => void;

interface Target {
  readonly port?: number | string | null | undefined;
  readonly host?: string | undefined;
  readonly path?: string | null | undefined;
}

type Connect = (this: net.Socket, ...args: unknown[]) => net.Socket;

const prototype = net.Socket.prototype as unknown as { connect: Connect };

/** Calls `onConnect` before each connection is opened. Returns how to stop. */
export function watchSockets(onConnect: OnConnect): () => void {
  const original = prototype.connect;
  let isActive = true;
  const captureStack = (holder: object): void => Error.captureStackTrace(holder, watched);
  const watched: Connect = function connect(...args) {
    if (isActive) announce(this, args, onConnect, captureStack);
    return Reflect.apply(original, this, args);
  };
  prototype.connect = watched;
  return () => {
    isActive = false;
    if (prototype.connect === watched) prototype.connect = original;
  };
}

/** What is wrong with the arguments is left for Node to say; what is wrong with the watcher must not close a socket. */
function announce(
  socket: net.Socket,
  args: readonly unknown[],
  onConnect: OnConnect,
  captureStack: CaptureStack,
): void {
  try {
    const { port, host = 'localhost', path } = targetOf(args);
    if (typeof path === 'string') onConnect(undefined, path, socket, captureStack);
    else if (port !== undefined && port !== null) onConnect(Number(port), host, socket, captureStack);
  } catch {
    // The connection is worth more than its count.
  }
}

type CaptureStack = Parameters<OnConnect>[3];

/**
 * The forms of `connect`: options; a port and perhaps a host; a path; and what `net.connect` makes of each of them, an array
 * with the options first (lib/net.js of Node 20, 22 and 24: normalizeArgs).
 */
function targetOf([first, second]: readonly unknown[]): Target {
  if (Array.isArray(first)) return targetOf(first);
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && !isPort(first)) return { path: first };
  return { port: first as number | string, host: typeof second === 'string' ? second : undefined };
}

/** As `toNumber` there: text that spells a number is a port. */
const isPort = (text: string): boolean => Number(text) >= 0;
