import type { EventEmitter } from 'node:events';
import type { Adapter } from '../adapter.ts';
import { adopt, dismiss } from '../adopt.ts';
import type { AdoptOptions } from '../adopt.ts';
import { ioredisClusterLimits, ioredisLimits } from '../../drivers/limits/ioredis.ts';
import { guardOf } from '../guard.ts';
import type { Address, Counts, Guard, Source } from '../guard.ts';
import { isMarked, prototypeWith } from '../patched.ts';
import { isUsersOwn, originAbove } from '../stacks.ts';
import type { Origin } from '../stacks.ts';
import { queueFull } from '../waiting.ts';

/**
 * ioredis: a client is one connection, a cluster one to each node. The exports are getters that nobody can replace, so the
 * prototypes say when a client is built: the last thing its constructor does is `connect`, or `setStatus('wait')` where it is to
 * connect later. Its options are read again for each connection and each command. Read in ioredis 6.0.0, built/Redis.js.
 */
export const ioredis: Adapter = {
  driver: 'ioredis',
  entries: { ioredis: /^built\/index\.js$/ },
  recognizes: isIoredis,
  patch(exports) {
    if (!isIoredis(exports)) return undefined;
    const why = missingIn(exports.prototype) ?? missingIn(exports.Cluster.prototype);
    if (why === undefined) for (const one of [exports, exports.Cluster]) patchClass(one);
    return why;
  },
  guard(target, options) {
    if (!isClient(target)) return undefined;
    const prototype = prototypeWith(target, 'setStatus');
    if (!prototype) return undefined;
    patchClient(prototype);
    return adoptClient(target, options);
  },
};

interface Command {
  readonly promise: Promise<unknown>;
  reject(error: Error): void;
}

interface Client extends EventEmitter {
  readonly options: Record<string, unknown>;
  readonly status: string;
  readonly isCluster?: boolean;
  readonly offlineQueue?: { readonly length: number };
  /** Of a cluster. */
  readonly startupNodes?: readonly (Record<string, unknown> | number | string)[];
  readonly connectionPool?: { redisOptions?: unknown };
  nodes?(): readonly unknown[];
  connect(callback?: () => void): Promise<void>;
  setStatus(status: string, argument?: unknown): void;
  sendCommand(command: Command, ...rest: unknown[]): Promise<unknown>;
  duplicate(...parts: unknown[]): Client;
  quit(): Promise<unknown>;
  disconnect(reconnect?: boolean): void;
}

type ClientClass = (new () => Client) & { readonly prototype: Client };

const METHODS = ['connect', 'setStatus', 'sendCommand', 'duplicate', 'disconnect'] as const;

function isIoredis(exports: unknown): exports is ClientClass & { readonly Cluster: ClientClass } {
  if (typeof exports !== 'function') return false;
  const { Cluster, prototype } = exports as Partial<ClientClass & { Cluster: ClientClass }>;
  return typeof Cluster === 'function' && typeof prototype?.sendCommand === 'function';
}

function isClient(target: object): target is Client {
  const has = (name: string): boolean => typeof (target as Record<string, unknown>)[name] === 'function';
  return METHODS.every(has) && typeof (target as Partial<Client>).status === 'string' && 'options' in target;
}

function missingIn(prototype: Client): string | undefined {
  const missing = METHODS.find((name) => typeof prototype[name] !== 'function');
  return missing && `its client has no \`${missing}\``;
}

function patchClass(original: ClientClass): void {
  patchClient(original.prototype);
  if (isMarked(original)) return;
  patchBuilding(original);
  patchDuplicate(original.prototype);
}

/** What counts for a client that exists already, too. */
function patchClient(prototype: Client): void {
  if (isMarked(prototype)) return;
  patchEnd(prototype);
  patchQueue(prototype);
}

/** The prototype's own `constructor` is that of a mixin: built/utils/applyMixin.js. */
function patchBuilding(original: ClientClass): void {
  const { prototype } = original;
  const { connect, setStatus } = prototype;
  prototype.connect = function (this: Client, ...parts) {
    noteClient(this, original);
    return connect.apply(this, parts);
  };
  prototype.setStatus = function (this: Client, status, ...rest) {
    if (status === 'wait') noteClient(this, original);
    return setStatus.call(this, status, ...rest);
  };
}

function patchEnd(prototype: Client): void {
  const original = prototype.setStatus;
  prototype.setStatus = function (this: Client, status, ...rest) {
    const guard = status === 'end' ? guardOf(this) : undefined;
    if (guard) dismiss(guard);
    return original.call(this, status, ...rest);
  };
}

/** Where `duplicate` was called that runs now. */
let duplicating: Origin | undefined;

function patchDuplicate(prototype: Client): void {
  const original = prototype.duplicate;
  prototype.duplicate = function duplicate(this: Client, ...parts) {
    const before = duplicating;
    duplicating = originAbove(duplicate);
    try {
      return original.apply(this, parts);
    } finally {
      duplicating = before;
    }
  };
}

/** Commands that wait for the connection: built/Redis.js:440. While it opens, its own ones must pass. */
function patchQueue(prototype: Client): void {
  const original = prototype.sendCommand;
  prototype.sendCommand = function (this: Client, command, ...rest) {
    const guard = guardOf(this);
    const isQueued = guard?.queueLimit !== undefined && this.status !== 'ready' && this.status !== 'connect';
    const error = isQueued ? queueFull(guard) : undefined;
    if (!error) return original.call(this, command, ...rest);
    command.reject(error);
    return command.promise;
  };
}

/** @throws PoolError under `strict`, where it breaks the policy: out of its constructor, before it connects */
function noteClient(client: Client, original: ClientClass): void {
  if (guardOf(client)) return;
  const origin = duplicating ?? originAbove(original as never);
  // What a library opens, and a cluster for its nodes, they also keep.
  if (client.isCluster !== true && !isUsersOwn(origin)) return;
  adoptClient(client, { origin });
}

/** @throws PoolError under `strict`, where it breaks the policy */
function adoptClient(client: Client, options: AdoptOptions): Guard {
  return adopt(client.isCluster === true ? clusterSource(client) : clientSource(client), options);
}

const end = async (client: Client): Promise<void> => void (await client.quit());

function clientSource(client: Client): Source {
  return {
    driver: 'ioredis',
    kind: 'client',
    target: client,
    limits: ioredisLimits,
    options: client.options,
    address: () => addressOf(client.options),
    counts: () => countsOf(client, client.status === 'ready' ? 1 : 0, 1),
    end: () => end(client),
  };
}

function clusterSource(client: Client): Source {
  return {
    driver: 'ioredis',
    kind: 'pool',
    target: client,
    limits: ioredisClusterLimits,
    options: clusterOptions(client),
    address: () => addressOf(typeof client.startupNodes?.[0] === 'object' ? client.startupNodes[0] : {}),
    counts: () => countsOf(client, client.nodes?.().length ?? 0, client.nodes?.().length ?? 0),
    end: () => end(client),
  };
}

/** What each node gets is a copy of its own: built/cluster/index.js:91, built/cluster/ConnectionPool.js:11. */
function clusterOptions({ connectionPool: nodes, options }: Client): Record<string, unknown> {
  if (!nodes) return options;
  return Object.defineProperty({ ...options }, 'redisOptions', {
    enumerable: true,
    get: () => nodes.redisOptions,
    set: (value: unknown) => (nodes.redisOptions = value),
  });
}

function countsOf({ offlineQueue }: Client, total: number, max: number): Counts {
  return { total, idle: 0, waiting: offlineQueue?.length ?? 0, max };
}

function addressOf({ db, host, path, port, username }: Readonly<Record<string, unknown>>): Address {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    host: text(path) ?? text(host),
    port: port === undefined || typeof path === 'string' ? undefined : Number(port),
    user: text(username),
    database: typeof db === 'number' && db !== 0 ? String(db) : undefined,
  };
}
