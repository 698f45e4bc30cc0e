import type { EventEmitter } from 'node:events';
import { adopt, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { pgPoolLimits } from '../../../drivers/limits/pg.ts';
import { facadeOf } from '../../facade.ts';
import { guardOf } from '../../guard.ts';
import type { Counts, Guard, Source } from '../../guard.ts';
import { spread } from '../../limits/lifetime.ts';
import { isMarked } from '../../patched.ts';
import { answers, markIdle, needsPing } from '../../ping.ts';
import { currentRequest } from '../../request.ts';
import type { RequestInfo } from '../../request.ts';
import { giveBack, giveBackAgain, isDirtyAfterAll } from '../../returning.ts';
import type { Origin } from '../../stacks.ts';
import { isTransactionControl, noteTransactionOnPool } from '../../transactions.ts';
import { exhausted, queueFull, serverFull } from '../../waiting.ts';
import { watchConnection } from '../../watch/listeners.ts';
import { world } from '../../world.ts';
import { addressOf } from './address.ts';
import { isBusy, isInTransaction } from './connection.ts';
import type { PgClient } from './connection.ts';

/** The prototype of pg-pool: every pool of pg, of whatever copy and subclass. Read in pg-pool 3.14.0, index.js. */

type Callback = (error: Error | undefined, client?: PgClient, release?: PgClient['release']) => void;

export interface PgPool extends EventEmitter {
  readonly options: Record<string, unknown>;
  readonly Promise?: PromiseConstructor;
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  /** Those that are open: index.js:102. */
  readonly _clients?: readonly PgClient[];
  connect(callback?: Callback): Promise<PgClient> | undefined;
  query(...parts: unknown[]): unknown;
  end(callback?: () => void): Promise<void>;
  /** Opens a connection, at once. */
  newClient(item: unknown): void;
}

const METHODS = ['connect', 'query', 'end', 'newClient'] as const;

export function isPool(target: object): target is PgPool {
  return METHODS.every((name) => typeof (target as Partial<PgPool>)[name] === 'function') && 'options' in target;
}

/** What we need and this version has not, as a sentence without its period. */
export function findMissing(prototype: PgPool): string | undefined {
  const missing = METHODS.find((name) => typeof prototype[name] !== 'function');
  return missing === undefined ? undefined : `its pool has no \`${missing}\``;
}

/** Patches it once. */
export function patchPool(prototype: PgPool): void {
  if (isMarked(prototype)) return;
  patchConnect(prototype);
  patchQuery(prototype);
  dismissAt(prototype, 'end');
  patchOpening(prototype);
}

/** The pool whose `query` runs at this moment: the checkout inside gives itself back. */
let querying: PgPool | undefined;
/** A pool opens a connection at this moment: it is no client of its own. */
let opening = false;
export const isOpening = (): boolean => opening;

function patchConnect(prototype: PgPool): void {
  const original = prototype.connect;
  prototype.connect = function connect(this: PgPool, callback?: Callback) {
    const guard = guardOf(this) ?? adoptPool(this);
    const refused = guard.queueLimit === undefined ? undefined : queueFull(guard);
    if (refused) return callback ? void callback(refused) : Promise.reject(refused);
    if (querying === this && callback) return connectInside.call(this, original, guard, callback);
    const origin = world.leases.capture(connect);
    if (!callback) return takePromised(this, original, guard, origin);
    take(this, original, guard, callback, origin, currentRequest());
    return undefined;
  };
}

function takePromised(
  pool: PgPool,
  original: PgPool['connect'],
  guard: Guard,
  origin: Origin | undefined,
): Promise<PgClient> {
  const taken = new (pool.Promise ?? Promise)<PgClient>((resolve, reject) => {
    const settle: Callback = (error, client) => (error ? reject(error) : resolve(client as PgClient));
    take(pool, original, guard, settle, origin, currentRequest());
  });
  return taken.catch(retrace);
}

/** As pg-pool does, and only in this place of the chain: a trace that leads to the caller, not to the socket. */
function retrace(error: Error): never {
  Error.captureStackTrace(error);
  throw error;
}

/** `pool.query` gives back by itself: nothing to remember, only what goes wrong. */
function connectInside(this: PgPool, original: PgPool['connect'], guard: Guard, callback: Callback): undefined {
  obtain({ pool: this, original, guard }, callback);
}

/** Each checkout runs through it: one closure that holds everything costs less than an object for each step. */
function take(
  pool: PgPool,
  original: PgPool['connect'],
  guard: Guard,
  callback: Callback,
  origin: Origin | undefined,
  request: RequestInfo | undefined,
): void {
  void original.call(pool, (error, client, release) => {
    if (error || !client) callback(error && failed(guard, error), client, release);
    else if (guard.isEnforced && needsPing(client)) {
      const lend: Callback = (broken, alive, back) => {
        if (broken || !alive) callback(broken, alive, back);
        else deliver(guard, alive, callback, origin, request);
      };
      revive({ pool, original, guard }, client, lend, false);
    } else deliver(guard, client, callback, origin, request);
  });
}

interface Obtaining {
  readonly pool: PgPool;
  readonly original: PgPool['connect'];
  readonly guard: Guard;
}

/** A connection that may be lent. `hasFailed`: another that was idle as long did not answer. */
function obtain(obtaining: Obtaining, callback: Callback, hasFailed = false): void {
  const { guard, original, pool } = obtaining;
  void original.call(pool, (error, client, release) => {
    if (error) callback(failed(guard, error), client, release);
    else if (client && guard.isEnforced && needsPing(client)) revive(obtaining, client, callback, hasFailed);
    else callback(undefined, client, release);
  });
}

/**
 * A connection that was idle for long is asked; one that does not answer is closed, and so are all others that were idle as
 * long: to ask one after the other would take too long for the caller.
 */
function revive(obtaining: Obtaining, client: PgClient, callback: Callback, hasFailed: boolean): void {
  void (hasFailed ? Promise.resolve(false) : answers(obtaining.guard, client)).then((isAlive) => {
    // In a failed transaction it answers with an error.
    const isDirty = isDirtyAfterAll(client);
    if (isAlive && !isDirty) return callback(undefined, client, client.release);
    client.release(new Error('The connection did not answer after it was idle.'));
    obtain(obtaining, callback, !isAlive && !isDirty);
  });
}

/** From here on it is held. pg-pool gives each checkout a `release` of its own; ours goes around it. */
function deliver(
  guard: Guard,
  client: PgClient,
  callback: Callback,
  origin: Origin | undefined,
  request: RequestInfo | undefined,
): void {
  isDirtyAfterAll(client);
  const lease = world.leases.beginFor(guard, client, origin, request);
  const given = client.release;
  const release = (error?: unknown): void => {
    if (!lease.isHeld) return giveBackAgain(lease) ? given(error) : undefined;
    const back = giveBack(lease, Boolean(error));
    given(back.isDirty ? true : error);
    if (back.error) throw back.error;
  };
  client.release = release;
  callback(undefined, guard.hasFacades ? facadeOf(lease, { release }) : client, release);
}

/** `connectionTimeoutMillis`, which is the wait for a free connection, too: index.js:217. */
const TIMEOUT = 'timeout exceeded when trying to connect';
/** `too_many_connections` of PostgreSQL. */
const TOO_MANY = '53300';

function failed(guard: Guard, error: Error): Error {
  if (error.message === TIMEOUT)
    return exhausted(guard, error, Number(guard.source.options['connectionTimeoutMillis']));
  if ((error as { code?: unknown }).code === TOO_MANY) serverFull(guard);
  return error;
}

function patchQuery(prototype: PgPool): void {
  const original = prototype.query;
  prototype.query = function query(this: PgPool, ...parts: unknown[]) {
    const [text] = parts;
    const sql = typeof text === 'object' && text !== null ? (text as { text?: unknown }).text : text;
    if (isTransactionControl(sql)) {
      const error = noteTransactionOnPool(guardOf(this) ?? adoptPool(this), sql);
      if (error) return refuse(this, error, parts);
    }
    return queryWith(this, original, parts);
  };
}

function refuse(pool: PgPool, error: Error, parts: readonly unknown[]): Promise<never> | undefined {
  const callback = parts.find((part) => typeof part === 'function') as Callback | undefined;
  if (!callback) return (pool.Promise ?? Promise).reject(error);
  process.nextTick(callback, error);
  return undefined;
}

function queryWith(pool: PgPool, original: PgPool['query'], parts: unknown[]): unknown {
  const before = querying;
  querying = pool;
  try {
    return original.apply(pool, parts);
  } finally {
    querying = before;
  }
}

function patchOpening(prototype: PgPool): void {
  const original = prototype.newClient;
  prototype.newClient = function newClient(this: PgPool, item: unknown) {
    opening = true;
    try {
      return original.call(this, item);
    } finally {
      opening = false;
    }
  };
}

/** @throws PoolError under `strict`, where the pool breaks the policy */
export function adoptPool(pool: PgPool, options: AdoptOptions = {}): Guard {
  const guard = adopt(sourceOf(pool), options);
  if (guard.isEnforced && !mended.has(pool)) mend(pool, guard);
  return guard;
}

const mended = new WeakSet<PgPool>();

/** Once, also where `guardPool` enforces what was only observed before. */
function mend(pool: PgPool, guard: Guard): void {
  mended.add(pool);
  spread(pool.options, 'maxLifetimeSeconds');
  for (const emitter of [pool, ...(pool._clients ?? [])]) watchConnection(guard, emitter);
  pool.on('connect', (client: PgClient) => watchConnection(guard, client));
  pool.on('release', (_error: unknown, client: PgClient) => markIdle(client, isBusy(client)));
}

function sourceOf(pool: PgPool): Source {
  return {
    driver: 'pg',
    kind: 'pool',
    target: pool,
    limits: pgPoolLimits,
    options: pool.options,
    crashes: { when: 'an idle connection that breaks', held: true },
    address: () => addressOf(pool.options),
    counts: () => countsOf(pool),
    // A truthy argument closes it: index.js:392. The slot is free at once.
    destroy: (client) => (client as PgClient).release(true),
    isInTransaction: (client) => isInTransaction(client as PgClient),
    run: async (client, sql) => (client as PgClient).query(sql),
    take: () => pool.connect() as Promise<PgClient>,
    giveBack: (client, error) => (client as PgClient).release(error),
    end: () => pool.end(),
  };
}

function countsOf({ idleCount, options, totalCount, waitingCount }: PgPool): Counts {
  return { total: totalCount, idle: idleCount, waiting: waitingCount, max: Number(options['max']) };
}
