import type { EventEmitter } from 'node:events';
import type { Guard } from '../guard.ts';
import type { Lease } from '../leases.ts';
import { raise } from '../raise.ts';
import { world } from '../world.ts';

/** `error` events that nobody hears end the process: of a pool, when an idle connection breaks; of a held connection. */

const ID = 'pool/require-error-listener';

/** The program that builds a pool may listen a little later, after its first query. */
const GRACE_MS = 1000;

const { setTimeout } = globalThis;

/** Our own listener, which is not counted as the program's. */
function keepAlive(): void {}

/** Under `enforce` the process survives; otherwise it crashes as it would without us, and was told before. */
export function watchListeners(guard: Guard): void {
  const { crashes } = guard.source;
  if (!crashes) return;
  const target = new WeakRef(guard.source.target as EventEmitter);
  if (crashes.isLate !== true) survive(guard);
  setTimeout(() => reportUnheard(target, guard, crashes.when), GRACE_MS).unref();
}

/** Under `enforce`, an error of the target does not end the process from here on. */
export function survive(guard: Guard): void {
  if (guard.enforces(ID)) listen(guard.source.target as EventEmitter);
}

function reportUnheard(target: WeakRef<EventEmitter>, guard: Guard, when: string): void {
  const emitter = target.deref();
  if (!emitter || guard.isEnded || isHeard(emitter)) return;
  raise({ guard, id: ID, key: 'built', data: { when }, origin: guard.origin, request: guard.request });
}

function isHeard(emitter: EventEmitter): boolean {
  return emitter.listeners('error').some((listener) => listener !== keepAlive);
}

function listen(emitter: EventEmitter): void {
  if (!emitter.listeners('error').includes(keepAlive)) emitter.on('error', keepAlive);
}

/** Each connection of the pool, once, when it is opened. */
export function watchConnection(guard: Guard, connection: EventEmitter): void {
  if (guard.source.crashes?.held && guard.enforces(ID)) listen(connection);
}

/** A look at what is held now, once for each pool. */
export function reportUnheardHeld({ connection, guard }: Lease): void {
  const { crashes } = guard.source;
  if (!crashes?.held || guard.isHeldSeen) return;
  guard.isHeldSeen = true;
  if (isHeard(connection as EventEmitter)) return;
  raise({ guard, id: ID, key: 'held', origin: guard.origin, request: guard.request });
}

/** Held since the last step: long enough for the program to listen. */
export function watchHeld(): void {
  for (const lease of world.leases.olderThan(world.clock.interval)) reportUnheardHeld(lease);
}
