import { types } from 'node:util';
import { facadeOf } from '../../facade.ts';
import type { Guard, Source } from '../../guard.ts';
import { LEASE } from '../../leases.ts';
import type { Lease, Leased } from '../../leases.ts';
import { markIdle } from '../../ping.ts';
import type { PoolError } from '../../errors.ts';
import type { RequestInfo } from '../../request.ts';
import { giveBack, giveBackAgain } from '../../returning.ts';
import type { Origin } from '../../stacks.ts';
import { world } from '../../world.ts';
import { isBusy, isClient } from './client.ts';

/**
 * Pools of whatever the program makes: tarn (knex), sequelize-pool (Sequelize) and generic-pool. `acquire` gives a resource,
 * `release(resource)` takes it back: nothing but the resource itself says which checkout is meant.
 */

/** What a pool calls when it lends, and when it does not. */
export interface Handlers {
  readonly offer: (resource: unknown) => unknown;
  readonly refuse: (error: unknown) => never;
}

export interface LenderSource extends Source {
  /** Leases of what cannot carry a mark, by its value. */
  readonly unmarked: Map<unknown, Lease>;
  /** The same resource stands in the pool more than once, so that nobody can tell who gives back. */
  isShared: boolean;
  /** Of checkouts without a stack. */
  handlers?: Handlers;
  /** The library that owns the pool gives back twice by itself. */
  readonly isTwice?: boolean | undefined;
}

/** In place of a number, a frozen object or a proxy. */
class StandIn {
  readonly resource: unknown;

  constructor(resource: unknown) {
    this.resource = resource;
  }
}

export function isObject(resource: unknown): resource is object {
  return (typeof resource === 'object' && resource !== null) || typeof resource === 'function';
}

/** It can carry a mark. A proxy may do anything when it is written. */
const isMarkable = (resource: unknown): resource is object =>
  isObject(resource) && !types.isProxy(resource) && Object.isExtensible(resource);

/** The mark of what was lent before; a proxy may throw when it is read. */
function leaseOn(resource: unknown): Lease | undefined {
  try {
    return isObject(resource) ? (resource as Leased)[LEASE] : undefined;
  } catch {
    return undefined;
  }
}

export const resourceOf = (connection: object): unknown =>
  connection instanceof StandIn ? connection.resource : connection;

/** Of objects that are dead when they are given back, where the user asked for them. */
const facades = new WeakMap<object, Lease>();

/** The last lease of what the program gives back. */
export function findLease({ hasFacades, source }: Guard, given: unknown): Lease | undefined {
  const facade = hasFacades ? facades.get(given as object) : undefined;
  if (facade) return facade;
  const lease = leaseOn(given);
  // A resource may itself come from another pool.
  if (lease?.guard.source === source) return lease;
  const { unmarked } = source as LenderSource;
  return unmarked.size === 0 ? undefined : unmarked.get(given);
}

/** What stands for a resource in its lease. */
export function connectionOf(guard: Guard, resource: unknown): object {
  return findLease(guard, resource)?.connection ?? new StandIn(resource);
}

/** From here on it is held. @returns what the caller gets */
export function lend(
  guard: Guard,
  resource: unknown,
  origin: Origin | undefined,
  request: RequestInfo | undefined,
  before: Lease | undefined = findLease(guard, resource),
): unknown {
  const source = guard.source as LenderSource;
  if (before?.isHeld) {
    source.isShared = true;
    world.leases.end(before);
  }
  if (source.isShared) return resource;
  // One that was lent before can carry a mark, or it would stand among the others.
  const isMarked = before?.connection === resource || isMarkable(resource);
  if (isMarked) return shown(world.leases.beginAgain(guard, resource as object, origin, request));
  source.unmarked.set(resource, world.leases.beginFor(guard, new StandIn(resource), origin, request));
  return resource;
}

function shown(lease: Lease): object {
  if (!lease.guard.hasFacades) return lease.connection;
  const facade = facadeOf<object>(lease, {});
  facades.set(facade, lease);
  return facade;
}

/** What the driver is told of a return; undefined where it is what the program said. */
export interface Back {
  /** The driver's own: it does not know our facades. */
  readonly resource: unknown;
  /** `driver`: it hears of the return as if we were not there. `nobody`: it must not. */
  readonly to: 'close' | 'driver' | 'nobody';
  /** Under `strict`, for the caller to throw. */
  readonly error: PoolError | undefined;
}

/**
 * The program gives back what it has. `isLost`: to be closed.
 * @throws PoolError under `strict`, when it has it no more
 */
export function takeBack(guard: Guard, given: unknown, isLost: boolean): Back | undefined {
  const lease = findLease(guard, given);
  if (!lease) return undefined;
  if (lease.isHeld) return end(lease, given, isLost);
  const resource = resourceOf(lease.connection);
  const isFacade = resource !== given;
  if (isUsual(lease, isLost && !isFacade)) return { resource, to: 'driver', error: undefined };
  const isNew = isFacade && (resource as Leased)[LEASE]?.isHeld === true;
  return { resource, to: giveBackAgain(lease) && !isNew ? 'driver' : 'nobody', error: undefined };
}

/** A second return that is no mistake; `isLost`: the drivers themselves close what is idle. */
function isUsual({ guard, isReclaimed }: Lease, isLost: boolean): boolean {
  const { isShared, isTwice = false } = guard.source as LenderSource;
  return isLost || isShared || (isTwice && !isReclaimed);
}

function end(lease: Lease, given: unknown, isLost: boolean): Back | undefined {
  const { connection, guard } = lease;
  const { error, isDirty } = giveBack(lease, isLost);
  const { unmarked } = guard.source as LenderSource;
  const resource = connection === given ? given : resourceOf(connection);
  if (unmarked.size > 0) unmarked.delete(resource);
  if (guard.isEnforced && !isLost && isClient(connection)) markIdle(connection, isBusy(connection));
  return isDirty || error || resource !== given ? { resource, to: isDirty ? 'close' : 'driver', error } : undefined;
}
