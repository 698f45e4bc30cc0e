import type { EventEmitter } from 'node:events';
import type { Address } from '../../guard.ts';
import { addressIn } from '../../address.ts';

/** What the clients and the pools of node-redis have in common. */

export interface Client extends EventEmitter {
  readonly isOpen: boolean;
  readonly isReady: boolean;
  readonly options?: Record<string, unknown>;
  readonly _commandOptions?: unknown;
  duplicate(overrides?: Record<string, unknown>): Client;
  createPool?(options?: Record<string, unknown>): Pool;
  sendCommand(...parts: unknown[]): Promise<unknown>;
  /** From 5.0 on; `quit` and `disconnect` before. */
  close?(): Promise<void>;
  destroy?(): void;
  quit(): Promise<unknown>;
}

export interface Pool extends EventEmitter {
  readonly idleClients: number;
  readonly clientsInUse: number;
  readonly totalClients: number;
  readonly tasksQueueLength: number;
  /** What proxies for other command options stand before. */
  readonly _self?: Pool;
  connect(): Promise<Pool>;
  execute(task: (client: object) => unknown): Promise<unknown>;
  close(): Promise<void>;
  destroy(): void;
}

/** Enough of a copy that options can be written into it. */
export function copyOf(options: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const copy = { ...options };
  for (const name of ['socket', 'commandOptions']) {
    if (typeof copy[name] === 'object' && copy[name] !== null) copy[name] = { ...copy[name] };
  }
  return copy;
}

/** client/index.js:157-217: what the URL says wins over `socket`. */
export function addressOf(options: Readonly<Record<string, unknown>>): Address {
  const { database, socket = {}, url, username } = options;
  const { host, path, port } = socket as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const stated = typeof url === 'string' ? addressIn(url) : {};
  const named = stated.database ?? (typeof database === 'number' ? String(database) : undefined);
  return {
    host: stated.host ?? text(path) ?? text(host) ?? 'localhost',
    port: stated.port ?? (path === undefined ? Number(port ?? 6379) : undefined),
    user: stated.user ?? text(username),
    database: named === '0' ? undefined : named,
  };
}
