import type { EventEmitter } from 'node:events';
import type { Counts, Guard } from '../../guard.ts';
import { LEASE } from '../../leases.ts';
import type { Leased } from '../../leases.ts';
import { currentRequest } from '../../request.ts';
import type { RequestInfo } from '../../request.ts';
import type { Origin } from '../../stacks.ts';
import { exhausted } from '../../waiting.ts';
import { world } from '../../world.ts';

/**
 * What the events of a client's pools say (CMAP): each operation checks a connection out and in again. Those who wait at one
 * server are served in turn, so that the oldest start belongs to the next connection: lib/cmap/connection_pool.js:186-247, 7.9.0.
 */

interface PoolEvent {
  /** Of the server. */
  readonly address: string;
  readonly connectionId?: number | string;
  readonly reason?: string;
  /** From version 6 on. */
  readonly durationMS?: number;
}

interface Start {
  readonly origin: Origin | undefined;
  readonly request: RequestInfo | undefined;
}

/** The pool of one server. */
class ServerPool {
  /** Who waits, in turn; undefined for one without a stack and outside of a request. */
  readonly waiting: (Start | undefined)[] = [];
  /** What stands for its connections, by their numbers. */
  readonly connections = new Map<number | string | undefined, Leased>();
}

export class CheckOuts {
  readonly #pools = new Map<string, ServerPool>();
  #total = 0;
  #held = 0;

  /** `max` is the option's: 0 is no limit. */
  counts(max: number): Counts {
    let waiting = 0;
    for (const pool of this.#pools.values()) waiting += pool.waiting.length;
    // One that is checked out was created before us if we came late.
    const total = Math.max(this.#total, this.#held);
    return { total, idle: total - this.#held, waiting, max: max === 0 ? Infinity : max };
  }

  watch(guard: Guard, client: EventEmitter): void {
    const started = (event: PoolEvent): void => {
      this.#poolOf(event).waiting.push(startOf(capture(started), currentRequest()));
    };
    client.on('connectionCreated', () => (this.#total += 1));
    client.on('connectionClosed', (event: PoolEvent) => this.#close(event));
    client.on('connectionCheckOutStarted', started);
    client.on('connectionCheckOutFailed', (event: PoolEvent) => this.#fail(guard, event));
    client.on('connectionCheckedOut', (event: PoolEvent) => this.#take(guard, event));
    client.on('connectionCheckedIn', (event: PoolEvent) => this.#end(event));
  }

  #poolOf({ address }: PoolEvent): ServerPool {
    const known = this.#pools.get(address);
    if (known) return known;
    const pool = new ServerPool();
    this.#pools.set(address, pool);
    return pool;
  }

  #take(guard: Guard, event: PoolEvent): void {
    const { connections, waiting } = this.#poolOf(event);
    const start = waiting.shift();
    const { address, connectionId } = event;
    let connection = connections.get(connectionId);
    if (!connection) connections.set(connectionId, (connection = { address, connectionId } as Leased));
    world.leases.beginAgain(guard, connection, start?.origin, start?.request);
    this.#held += 1;
  }

  #end(event: PoolEvent): void {
    const lease = this.#poolOf(event).connections.get(event.connectionId)?.[LEASE];
    if (!lease?.isHeld) return;
    this.#held -= 1;
    world.leases.end(lease);
  }

  #close(event: PoolEvent): void {
    this.#total = Math.max(0, this.#total - 1);
    this.#end(event);
    this.#poolOf(event).connections.delete(event.connectionId);
  }

  #fail(guard: Guard, event: PoolEvent): void {
    const { durationMS, reason } = event;
    this.#poolOf(event).waiting.shift();
    if (reason !== 'timeout') return;
    const waited = durationMS ?? Number(guard.source.options['waitQueueTimeoutMS']);
    // The caller's own error is made later, and is the driver's.
    exhausted(guard, new Error(reason), waited);
  }
}

const capture = (below: (event: PoolEvent) => void): Origin | undefined => world.leases.capture(below);

const startOf = (origin: Origin | undefined, request: RequestInfo | undefined): Start | undefined =>
  origin || request ? { origin, request } : undefined;
