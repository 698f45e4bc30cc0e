import { types } from 'node:util';
import { adopt, dismiss } from '../adopt.ts';
import type { AdoptOptions } from '../adopt.ts';
import { facadeOf } from '../facade.ts';
import { GUARD, guardOf } from '../guard.ts';
import type { Guard, Guarded, Source } from '../guard.ts';
import { LEASE } from '../leases.ts';
import type { Lease, Leased } from '../leases.ts';
import { answers, markIdle, needsPing } from '../ping.ts';
import type { PoolError } from '../errors.ts';
import { giveBack, giveBackAgain, isDirtyAfterAll } from '../returning.ts';
import type { Origin } from '../stacks.ts';
import { exhausted, serverFull } from '../waiting.ts';
import { world } from '../world.ts';
import { isBusy, isClient, isServerFull } from './generic-client.ts';

/**
 * Pools of whatever the program makes: tarn (knex), sequelize-pool (Sequelize) and generic-pool. `acquire` gives a resource,
 * `release(resource)` takes it back: nothing but the resource itself says which checkout is meant.
 */

/** What a pool of such a driver can do, beyond what the runtime asks of all. */
export interface Lender<Pool> {
  readonly isTimeout: (error: Error) => boolean;
  /** The driver's own checkout. */
  readonly ask: (pool: Pool) => Promise<unknown>;
  /** Closes a resource that is lent, and frees its slot. */
  readonly close: (pool: Pool, resource: unknown) => void;
}

export interface LenderSource extends Source {
  /** Leases of what cannot carry a mark, by its value. */
  readonly unmarked: Map<unknown, Lease>;
  /** The same resource stands in the pool more than once, so that nobody can tell who gives back. */
  isShared: boolean;
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

/**
 * What `strict` refuses is no pool: it does not count beside the next one, and each use of it is refused again.
 * @throws PoolError under `strict`, where the pool breaks the policy
 */
export function adoptLender(source: LenderSource, options: AdoptOptions): Guard {
  const isNew = !guardOf(source.target);
  try {
    return adopt(source, options);
  } catch (error) {
    const guard = guardOf(source.target);
    if (isNew && guard) dismiss(guard);
    if (isNew) delete (source.target as Guarded)[GUARD];
    throw error;
  }
}

function isObject(resource: unknown): resource is object {
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
function findLease({ hasFacades, source }: Guard, given: unknown): Lease | undefined {
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
  const lease = world.leases.beginAt(guard, isMarked ? (resource as object) : new StandIn(resource), origin);
  if (!isMarked) source.unmarked.set(resource, lease);
  return guard.hasFacades && isMarked ? show(lease) : resource;
}

function show(lease: Lease): object {
  const facade = facadeOf<object>(lease, {});
  facades.set(facade, lease);
  return facade;
}

/** The checkout's result, on its way to the caller: what was idle for long is asked, unless it is no client of a database. */
export function offer<Pool>(
  lender: Lender<Pool>,
  guard: Guard,
  resource: unknown,
  origin: Origin | undefined,
): unknown {
  const before = findLease(guard, resource);
  const isDoubtful = guard.isEnforced || before?.isUnknown === true;
  if (!isDoubtful || !isObject(resource) || !isClient(resource)) return lend(guard, resource, origin, before);
  if (guard.isEnforced && needsPing(resource)) return revive({ lender, guard, origin }, resource, false);
  if (isDirtyAfterAll(resource)) return replace({ lender, guard, origin }, resource, false);
  return lend(guard, resource, origin, before);
}

interface Offer<Pool> {
  readonly lender: Lender<Pool>;
  readonly guard: Guard;
  readonly origin: Origin | undefined;
}

/**
 * One that does not answer is closed, and so are all others that were idle as long (`hasFailed`): to ask one after the other
 * would take too long for the caller.
 */
async function revive<Pool>(one: Offer<Pool>, resource: object, hasFailed: boolean): Promise<unknown> {
  const isAlive = !hasFailed && (await answers(one.guard, resource));
  const isFit = isAlive && !isDirtyAfterAll(resource);
  return isFit ? lend(one.guard, resource, one.origin) : replace(one, resource, !isAlive);
}

async function replace<Pool>(one: Offer<Pool>, resource: unknown, hasFailed: boolean): Promise<unknown> {
  const { guard, lender, origin } = one;
  const pool = guard.source.target as Pool;
  lender.close(pool, resource);
  const next = await lender.ask(pool);
  return isObject(next) && isClient(next) && needsPing(next) ? revive(one, next, hasFailed) : lend(guard, next, origin);
}

/** The error of a checkout, completed. */
export function refused<Pool>({ isTimeout }: Lender<Pool>, guard: Guard, ms: number, error: unknown): unknown {
  if (error instanceof Error && isTimeout(error)) return exhausted(guard, error, ms);
  if (isServerFull(error)) serverFull(guard);
  return error;
}

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
export function takeBack(guard: Guard, given: unknown, isLost: boolean): Back {
  const lease = findLease(guard, given);
  if (!lease) return { resource: given, to: 'driver', error: undefined };
  const resource = resourceOf(lease.connection);
  if (lease.isHeld) return end(lease, resource, isLost);
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

function end(lease: Lease, resource: unknown, isLost: boolean): Back {
  const { guard } = lease;
  const { error, isDirty } = giveBack(lease, isLost);
  const { unmarked } = guard.source as LenderSource;
  if (unmarked.size > 0) unmarked.delete(resource);
  const { connection } = lease;
  if (guard.isEnforced && !isLost && isClient(connection)) markIdle(connection, isBusy(connection));
  return { resource, to: isDirty ? 'close' : 'driver', error };
}
