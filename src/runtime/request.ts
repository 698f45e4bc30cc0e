import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** The request in which code runs. */
export interface RequestInfo {
  /** `GET /orders/7`, or the name of a job. */
  readonly name: string;
}

const storage = new AsyncLocalStorage<RequestInfo>();

export function currentRequest(): RequestInfo | undefined {
  return storage.getStore();
}

/**
 * Runs `work` as one request: for queues, timers and servers that are not Node's own HTTP server, whose requests are
 * known without it.
 */
export function runInRequest<Result>(info: RequestInfo | string, work: () => Result): Result {
  return storage.run(typeof info === 'string' ? { name: info } : info, work);
}

/** From here on each request of Node's HTTP servers is known. Does not leak into the next one of a kept connection. */
export function watchRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    storage.enterWith({ name: `${request.method} ${request.url?.replace(/\?.*$/s, '')}` });
  });
}
