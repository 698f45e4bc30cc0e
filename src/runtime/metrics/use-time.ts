import { isOfDatabase } from '../databases.ts';
import { LEASE } from '../leases.ts';
import type { Leased } from '../leases.ts';
import { channels } from '../report.ts';

/**
 * How long connections are held: a look at the clock for each checkout, so only while somebody measures. What a pool lends for
 * one query of its own is not among them, nor is the wait: neither is a lease.
 */

interface Lent {
  readonly pool: string;
  readonly connection: object;
}

/** Seconds, finely where queries are and coarsely where leaks are. */
export const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60];

/** @returns the function that ends it */
export function watchUseTime(record: (pool: string, seconds: number) => void): () => void {
  const since = new WeakMap<object, number>();
  const begin = (message: unknown): void => {
    const { connection } = message as Lent;
    const guard = (connection as Leased)[LEASE]?.guard;
    if (guard && isOfDatabase(guard)) since.set(connection, performance.now());
  };
  const end = (message: unknown): void => {
    const { connection, pool } = message as Lent;
    const start = since.get(connection);
    // Lent before somebody measured.
    if (start === undefined) return;
    since.delete(connection);
    record(pool, (performance.now() - start) / 1000);
  };
  channels.acquire.subscribe(begin);
  channels.release.subscribe(end);
  return () => {
    channels.acquire.unsubscribe(begin);
    channels.release.unsubscribe(end);
  };
}
