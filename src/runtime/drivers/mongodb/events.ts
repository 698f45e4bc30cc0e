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
 * and in again. The pools themselves are listened to: what reaches the client has only the address of its server, a text that
 * the driver makes anew for each event, and to look it up would cost three times the rest. Read in mongodb 7.9.0,
 * lib/cmap/connection_pool.js, lib/sdam/server.js.
 */

interface PoolEvent {
  readonly connectionId?: number | string;
  readonly reason?: string;
  /** From version 6 on. */
  readonly durationMS?: number;
}

interface Server {
  readonly pool?: EventEmitter;
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
  readonly #seen = new WeakSet<EventEmitter>();

  /** `max` is the option's: 0 is no limit. */
  counts(max: number): Counts {
    const sum = (of: (pool: ServerPool) => number): number => [...this.#pools].reduce((all, pool) => all + of(pool), 0);
    const held = sum((pool) => pool.held);
    // One that is checked out was created before us if we came late.
    const total = Math.max(
      sum((pool) => pool.total),
      held,
    );
    return {
      total,
      idle: total - held,
      waiting: sum(({ waiting }) => waiting.length),
      max: max === 0 ? Infinity : max,
    };
  }

  watch(guard: Guard, client: Client): void {
    const look = (): void => {
      for (const { pool } of serversOf(client)) this.#listen(guard, pool);
    };
    client.on('connectionPoolCreated', look);
    if (client.topology) look();
  }

  #listen(guard: Guard, emitter: EventEmitter | undefined): void {
    if (!emitter)
      return isFirst('mongodb without pools') ? reportRefused('mongodb', 'its servers have no `pool`') : undefined;
    if (this.#seen.has(emitter)) return;
    this.#seen.add(emitter);
    const pool = new ServerPool(guard);
    this.#pools.add(pool);
    pool.listen(emitter);
    emitter.on('connectionPoolClosed', () => this.#pools.delete(pool));
  }
}

const serversOf = ({ topology }: Client): Iterable<Server> => topology?.s?.servers?.values() ?? [{}];

/** The pool of one server. Those who wait are served in turn, so that the oldest start belongs to the next connection. */
class ServerPool {
  readonly #guard: Guard;
  /** Undefined for one without a stack and outside of a request. */
  readonly waiting: (Start | undefined)[] = [];
  /** What stands for its connections, by their numbers. */
  readonly #connections = new Map<number | string | undefined, Leased>();
  total = 0;
  held = 0;

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  listen(pool: EventEmitter): void {
    const started = (): void => void this.waiting.push(startOf(capture(started), currentRequest()));
    pool.on('connectionCreated', () => (this.total += 1));
    pool.on('connectionClosed', (event: PoolEvent) => this.#close(event));
    pool.on('connectionCheckOutStarted', started);
    pool.on('connectionCheckOutFailed', (event: PoolEvent) => this.#fail(event));
    pool.on('connectionCheckedOut', (event: PoolEvent) => this.#take(event));
    pool.on('connectionCheckedIn', (event: PoolEvent) => this.#end(event));
  }

  #take({ connectionId }: PoolEvent): void {
    const start = this.waiting.shift();
    let connection = this.#connections.get(connectionId);
    if (!connection) this.#connections.set(connectionId, (connection = { connectionId } as Leased));
    world.leases.beginAgain(this.#guard, connection, start?.origin, start?.request);
    this.held += 1;
  }

  #end({ connectionId }: PoolEvent): void {
    const lease = this.#connections.get(connectionId)?.[LEASE];
    if (!lease?.isHeld) return;
    this.held -= 1;
    world.leases.end(lease);
  }

  #close(event: PoolEvent): void {
    this.total = Math.max(0, this.total - 1);
    this.#end(event);
    this.#connections.delete(event.connectionId);
  }

  #fail({ durationMS, reason }: PoolEvent): void {
    this.waiting.shift();
    if (reason !== 'timeout') return;
    const waited = durationMS ?? Number(this.#guard.source.options['waitQueueTimeoutMS']);
    // The caller's own error is made later, and is the driver's.
    exhausted(this.#guard, new Error(reason), waited);
  }
}

const capture = (below: () => void): Origin | undefined => world.leases.capture(below);

const startOf = (origin: Origin | undefined, request: RequestInfo | undefined): Start | undefined =>
  origin || request ? { origin, request } : undefined;
