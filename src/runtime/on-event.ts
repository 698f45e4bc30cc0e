import type { PoolEvent } from './report.ts';
import { world } from './world.ts';

/**
 * Calls `subscriber` with every violation and with what happens to pools. One that throws is reported as a process warning.
 * @returns the function that ends the subscription
 */
export function onEvent(subscriber: (event: PoolEvent) => void): () => void {
  return world.reporter.subscribe(subscriber);
}
