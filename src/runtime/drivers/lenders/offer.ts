import type { Guard } from '../../guard.ts';
import { answers, needsPing } from '../../ping.ts';
import { isDirtyAfterAll } from '../../returning.ts';
import { currentRequest } from '../../request.ts';
import type { RequestInfo } from '../../request.ts';
import type { Origin } from '../../stacks.ts';
import { exhausted, serverFull } from '../../waiting.ts';
import { isClient, isServerFull } from './client.ts';
import { findLease, isObject, lend } from './lender.ts';
import type { Handlers, LenderSource } from './lender.ts';

/** What a pool of whatever the program makes lends, on its way to the caller. */

/** What a pool of such a driver can do, beyond what the runtime asks of all. */
export interface Lender<Pool> {
  readonly isTimeout: (error: Error) => boolean;
  /** How long its callers wait. */
  readonly msOf: (pool: Pool) => number;
  /** The driver's own checkout. */
  readonly ask: (pool: Pool) => Promise<unknown>;
  /** Closes a resource that is lent, and frees its slot. */
  readonly close: (pool: Pool, resource: unknown) => void;
}

/** The checkout's result, on its way to the caller: what was idle for long is asked, unless it is no client of a database. */
export function offer<Pool>(
  lender: Lender<Pool>,
  guard: Guard,
  resource: unknown,
  origin: Origin | undefined,
  request: RequestInfo | undefined,
): unknown {
  const before = findLease(guard, resource);
  const isDoubtful = guard.isEnforced || before?.isUnknown === true;
  if (!isDoubtful || !isObject(resource) || !isClient(resource)) return lend(guard, resource, origin, request, before);
  if (guard.isEnforced && needsPing(resource)) return revive({ lender, guard, origin, request }, resource, false);
  if (isDirtyAfterAll(resource)) return replace({ lender, guard, origin, request }, resource, false);
  return lend(guard, resource, origin, request, before);
}

interface Offer<Pool> {
  readonly lender: Lender<Pool>;
  readonly guard: Guard;
  readonly origin: Origin | undefined;
  readonly request: RequestInfo | undefined;
}

/**
 * One that does not answer is closed, and so are all others that were idle as long (`hasFailed`): to ask one after the other
 * would take too long for the caller.
 */
async function revive<Pool>(one: Offer<Pool>, resource: object, hasFailed: boolean): Promise<unknown> {
  const isAlive = !hasFailed && (await answers(one.guard, resource));
  const isFit = isAlive && !isDirtyAfterAll(resource);
  return isFit ? lend(one.guard, resource, one.origin, one.request) : replace(one, resource, !isAlive);
}

async function replace<Pool>(one: Offer<Pool>, resource: unknown, hasFailed: boolean): Promise<unknown> {
  const { guard, lender, origin, request } = one;
  const pool = guard.source.target as Pool;
  lender.close(pool, resource);
  const next = await lender.ask(pool);
  return isObject(next) && isClient(next) && needsPing(next)
    ? revive(one, next, hasFailed)
    : lend(guard, next, origin, request);
}

/** The error of a checkout, completed. */
export function refused<Pool>(
  { isTimeout, msOf }: Pick<Lender<Pool>, 'isTimeout' | 'msOf'>,
  guard: Guard,
  error: unknown,
): unknown {
  if (error instanceof Error && isTimeout(error)) return exhausted(guard, error, msOf(guard.source.target as Pool));
  if (isServerFull(error)) serverFull(guard);
  return error;
}

/** The driver's promise, with our look at what it brings. Most checkouts have no stack: these share what is called. */
export function offered<Pool>(
  lender: Lender<Pool>,
  guard: Guard,
  taken: Promise<unknown>,
  origin: Origin | undefined,
): Promise<unknown> {
  const source = guard.source as LenderSource;
  const { offer: handOut, refuse } = (source.handlers ??= handlersOf(lender, guard));
  return taken.then(origin ? offerFrom(lender, guard, origin) : handOut, refuse);
}

const offerFrom =
  <Pool>(lender: Lender<Pool>, guard: Guard, origin: Origin) =>
  (resource: unknown): unknown =>
    offer(lender, guard, resource, origin, currentRequest());

/** In its own function: what a closure catches costs every call of the function around it. */
export const instead = (taken: Promise<unknown>, given: unknown): Promise<unknown> => taken.then(() => given);

/** Not by the same closure: V8 makes the best code for what is made once. */
function handlersOf<Pool>(lender: Lender<Pool>, guard: Guard): Handlers {
  return {
    offer: (resource) => offer(lender, guard, resource, undefined, currentRequest()),
    refuse: (error) => {
      throw refused(lender, guard, error);
    },
  };
}
