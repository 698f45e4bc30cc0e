import type { EventEmitter } from 'node:events';
import type { Counts, Guard } from '../../guard.ts';
import { LEASE } from '../../leases.ts';
import type { Leased } from '../../leases.ts';
import { currentRequest } from '../../request.ts';
import type { RequestInfo } from '../../request.ts';
import type { Origin } from '../../stacks.ts';
import { exhausted } from '../../waiting.ts';
import { reportRefused } from '../../watch/unguarded.ts';
import { isFirst, world } from '../../world.ts';

/**
 * What the events of a client's pools say (CMAP), of which it has one for each server: each operation checks a connection out
 * and in again. They are heard at the pools themselves: what reaches the client has only the address of its server, a text
 * that the driver makes anew for each event, and to look it up would cost three times the rest. Read in mongodb 7.9.0,
 * lib/cmap/connection_pool.js, lib/sdam/server.js.
 */

interface PoolEvent {
  readonly connectionId?: number | string;
  readonly reason?: string;
  /** From version 6 on. */
  readonly durationMS?: number;
}

/** How many connections it has, and how many callers: the same names from version 4 on. */
interface Pool extends EventEmitter {
  readonly totalConnectionCount: number;
  readonly availableConnectionCount: number;
  readonly pendingConnectionCount: number;
  readonly waitQueueSize: number;
}

const COUNTS = ['totalConnectionCount', 'availableConnectionCount', 'pendingConnectionCount', 'waitQueueSize'] as const;

interface Server {
  readonly pool?: Pool;
  /** Version 4. */
  readonly s?: { readonly pool?: Pool };
}

/** Of a client that is connected. */
export interface Topology {
  readonly s?: { readonly servers?: ReadonlyMap<string, Server> };
}

interface Client extends EventEmitter {
  readonly topology?: Topology | null;
}

interface Start {
  readonly origin: Origin | undefined;
  readonly request: RequestInfo | undefined;
}

/** The pools of one client. */
export class CheckOuts {
  readonly #pools = new Set<ServerPool>();
  readonly #seen = new WeakSet<Pool>();

  /** `max` is the option's: 0 is no limit. */
  counts(max: number): Counts {
    const sum = (of: (one: ServerPool) => number): number => [...this.#pools].reduce((all, one) => all + of(one), 0);
    return {
      total: sum(({ pool }) => pool.totalConnectionCount),
      idle: sum(({ pool }) => pool.availableConnectionCount),
      waiting: sum((one) => one.countWaiting()),
      max: max === 0 ? Infinity : max,
    };
  }

  watch(guard: Guard, client: Client): void {
    const look = (): void => {
      for (const server of serversOf(client)) this.#hear(guard, server.pool ?? server.s?.pool);
    };
    client.on('connectionPoolCreated', look);
    if (client.topology) look();
  }

  #hear(guard: Guard, pool: Pool | undefined): void {
    if (!pool || COUNTS.some((name) => typeof pool[name] !== 'number')) return refuse();
    if (this.#seen.has(pool)) return;
    this.#seen.add(pool);
    const one = new ServerPool(guard, pool, () => this.#pools.delete(one));
    this.#pools.add(one);
    one.hear();
  }
}

const serversOf = ({ topology }: Client): Iterable<Server> => topology?.s?.servers?.values() ?? [{}];

function refuse(): void {
  if (isFirst('mongodb without pools')) reportRefused('mongodb', 'its servers have no `pool`');
}

/** The pool of one server. Those who wait are served in turn, so that the oldest start belongs to the next connection. */
class ServerPool {
  readonly #guard: Guard;
  readonly pool: Pool;
  readonly #closed: () => void;
  /** Undefined for one without a stack and outside of a request. */
  #waiting: (Start | undefined)[] = [];
  /** What stands for its connections, by their numbers. */
  readonly #connections = new Map<number | string | undefined, Leased>();

  constructor(guard: Guard, pool: Pool, closed: () => void) {
    this.#guard = guard;
    this.pool = pool;
    this.#closed = closed;
  }

  /** Who gives up by a signal says nothing: lib/cmap/connection_pool.js:197. */
  countWaiting(): number {
    if (this.#waiting.length > 0 && this.pool.waitQueueSize + this.pool.pendingConnectionCount === 0)
      this.#waiting = [];
    return this.#waiting.length;
  }

  /** Not by listeners: the driver has its own for each event, and an emitter copies the list where there are two. */
  hear(): void {
    const { pool } = this;
    const original = pool.emit;
    const emit = (name: string, ...args: PoolEvent[]): boolean => {
      const event = args[0];
      if (name === 'connectionCheckOutStarted') this.#start(emit);
      else if (event) this.#see(name, event);
      return original.call(pool, name, ...args);
    };
    pool.emit = emit;
  }

  #see(name: string, event: PoolEvent): void {
    if (name === 'connectionCheckedOut') this.#take(event);
    else if (name === 'connectionCheckedIn') this.#end(event);
    else if (name === 'connectionCheckOutFailed') this.#fail(event);
    else if (name === 'connectionClosed') this.#close(event);
    else if (name === 'connectionPoolClosed') this.#closed();
  }

  #start(below: (...args: never[]) => unknown): void {
    this.countWaiting();
    this.#waiting.push(startOf(world.leases.capture(below), currentRequest()));
  }

  #take({ connectionId }: PoolEvent): void {
    const start = this.#waiting.shift();
    let connection = this.#connections.get(connectionId);
    if (!connection) this.#connections.set(connectionId, (connection = { connectionId } as Leased));
    world.leases.beginAgain(this.#guard, connection, start?.origin, start?.request);
  }

  #end({ connectionId }: PoolEvent): void {
    const lease = this.#connections.get(connectionId)?.[LEASE];
    if (lease) world.leases.end(lease);
  }

  #close(event: PoolEvent): void {
    this.#end(event);
    this.#connections.delete(event.connectionId);
  }

  #fail({ durationMS, reason }: PoolEvent): void {
    this.#waiting.shift();
    if (reason !== 'timeout') return;
    const waited = durationMS ?? Number(this.#guard.source.options['waitQueueTimeoutMS']);
    // The caller's own error is made later, and is the driver's.
    exhausted(this.#guard, new Error(reason), waited);
  }
}

const startOf = (origin: Origin | undefined, request: RequestInfo | undefined): Start | undefined =>
  origin || request ? { origin, request } : undefined;
