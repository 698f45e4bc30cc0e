import type { EventEmitter } from 'node:events';
import type { Counts, Guard } from '../../guard.ts';
import type { Lease } from '../../leases.ts';
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

export class CheckOuts {
  readonly #held = new Map<string, Lease>();
  readonly #waiting = new Map<string, Start[]>();
  #total = 0;

  /** `max` is the option's: 0 is no limit. */
  counts(max: number): Counts {
    let waiting = 0;
    for (const { length } of this.#waiting.values()) waiting += length;
    // One that is checked out was created before us if we came late.
    const total = Math.max(this.#total, this.#held.size);
    return { total, idle: total - this.#held.size, waiting, max: max === 0 ? Infinity : max };
  }

  watch(guard: Guard, client: EventEmitter): void {
    const started = (event: PoolEvent): void =>
      this.#start(event, { origin: capture(started), request: currentRequest() });
    client.on('connectionCreated', () => (this.#total += 1));
    client.on('connectionClosed', (event: PoolEvent) => this.#close(event));
    client.on('connectionCheckOutStarted', started);
    client.on('connectionCheckOutFailed', (event: PoolEvent) => this.#fail(guard, event));
    client.on('connectionCheckedOut', (event: PoolEvent) => this.#take(guard, event));
    client.on('connectionCheckedIn', (event: PoolEvent) => this.#end(event));
  }

  #start({ address }: PoolEvent, start: Start): void {
    const starts = this.#waiting.get(address);
    if (starts) starts.push(start);
    else this.#waiting.set(address, [start]);
  }

  #take(guard: Guard, event: PoolEvent): void {
    const start = this.#waiting.get(event.address)?.shift();
    const connection = { address: event.address, connectionId: event.connectionId };
    this.#held.set(keyOf(event), world.leases.beginFor(guard, connection, start?.origin, start?.request));
  }

  #end(event: PoolEvent): void {
    const lease = this.#held.get(keyOf(event));
    if (!lease) return;
    this.#held.delete(keyOf(event));
    world.leases.end(lease);
  }

  #close(event: PoolEvent): void {
    this.#total = Math.max(0, this.#total - 1);
    this.#end(event);
  }

  #fail(guard: Guard, { address, durationMS, reason }: PoolEvent): void {
    this.#waiting.get(address)?.shift();
    if (reason !== 'timeout') return;
    const waited = durationMS ?? Number(guard.source.options['waitQueueTimeoutMS']);
    // The caller's own error is made later, and is the driver's.
    exhausted(guard, new Error(reason), waited);
  }
}

const capture = (below: (event: PoolEvent) => void): Origin | undefined => world.leases.capture(below);

const keyOf = ({ address, connectionId }: PoolEvent): string => `${address} ${connectionId}`;
