import type { EventEmitter } from 'node:events';
import { mariadbConnectionLimits } from '../../../drivers/limits/mariadb.ts';
import { adoptBuilding, dismiss, dismissAt } from '../../adopt.ts';
import { mysqlAddressOf } from '../../address.ts';
import { GUARD } from '../../guard.ts';
import type { Counts, Guard, Guarded, Source } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import type { Origin } from '../../stacks.ts';
import { serverFull } from '../../waiting.ts';
import { watchListeners } from '../../watch/listeners.ts';
import { reportRefused } from '../../watch/unguarded.ts';
import { findMissing, isFull, patchPool } from './pool.ts';
import { optionsIn, parsedOptions, sourceOf, withChanges } from './source.ts';
import type { MariadbPool } from './source.ts';

/** Where pools and connections of mariadb are built: a pool opens its connections at once. Read in mariadb 3.5.4. */

/** A function of the driver builds at this moment: its classes need not look. */
let building = false;
export const isBuilding = (): boolean => building;

function build<Built>(call: () => Built): Built {
  building = true;
  try {
    return call();
  } finally {
    building = false;
  }
}

/** `createPool` itself. @throws PoolError under `strict`, before anything is opened */
export function createGuardedPool(
  create: (options: unknown) => MariadbPool,
  given: unknown,
  origin: Origin,
): MariadbPool {
  let pool: MariadbPool | undefined;
  const options = optionsIn(given);
  const guard = adoptBuilding(
    sourceOf(() => pool, options),
    { origin },
    (isEnforced) => {
      const built = build(() => create(isEnforced ? withChanges(given, options) : given));
      if (findMissing(built) === undefined) pool = built;
      return built;
    },
  );
  const built = guard.source.target as MariadbPool;
  if (pool) patchPool(Object.getPrototypeOf(pool) as MariadbPool);
  else leave(guard, findMissing(built) ?? '');
  return built;
}

/** A version that we do not know. */
function leave(guard: Guard, why: string): void {
  dismiss(guard);
  delete (guard.source.target as Guarded)[GUARD];
  reportRefused('mariadb', why);
}

/** The class, whose options are those that the pool reads later on. @throws PoolError under `strict` */
export function constructGuardedPool(
  construct: () => MariadbPool,
  parsed: Record<string, unknown>,
  origin: Origin,
): MariadbPool {
  let pool: MariadbPool | undefined;
  const source = sourceOf(() => pool, parsedOptions(parsed));
  const guard = adoptBuilding(source, { origin }, () => (pool = construct()));
  Object.assign(guard.source, { isSettled: false });
  return guard.source.target as MariadbPool;
}

interface Client extends EventEmitter {
  end(callback?: () => void): unknown;
}

/** While it connects, nothing is thrown: lib/connection.js:1617. */
const CRASHES = { when: 'a connection that breaks', held: false } as const;

/** `createConnection` itself. @throws PoolError under `strict`, before anything is opened */
export function openGuarded(
  open: (options: unknown) => Client | Promise<Client>,
  given: unknown,
  origin: Origin,
): Client | Promise<Client> {
  let client: Client | undefined;
  const options = optionsIn(given);
  const guard = adoptBuilding(
    clientSourceOf(() => client, options),
    { origin },
    (isEnforced) => build(() => open(isEnforced ? withChanges(given, options) : given)),
  );
  const opened = guard.source.target as Client | Promise<Client>;
  const become = (connection: Client): void => {
    client = connection;
    Object.assign(guard.source, { target: connection, crashes: CRASHES });
    Object.defineProperty(connection, GUARD, { value: guard, configurable: true, writable: true });
    watchListeners(guard);
    dismissAtEnd(connection);
  };
  // Until it is open there is only its promise.
  if (opened instanceof Promise) opened.then(become, (error: unknown) => fail(guard, error));
  else {
    become(opened);
    // It says so with an error, too: callback.js:45.
    opened.once('connect', (error?: unknown) => {
      if (error) fail(guard, error);
    });
  }
  return opened;
}

/** A connection says `end` only when it breaks. */
function dismissAtEnd(client: object): void {
  const prototype = Object.getPrototypeOf(client) as Record<'destroy' | 'end', unknown>;
  if (!isMarked(prototype)) dismissAt(prototype, 'destroy', 'end');
}

function fail(guard: Guard, error: unknown): void {
  if (isFull(error)) serverFull(guard);
  dismiss(guard);
}

function clientSourceOf(find: () => Client | undefined, options: Record<string, unknown>): Omit<Source, 'target'> {
  return {
    driver: 'mariadb',
    kind: 'client',
    limits: mariadbConnectionLimits,
    options,
    address: () => mysqlAddressOf(options),
    counts: (): Counts => ({ total: 1, idle: 0, waiting: 0, max: 1 }),
    // In the form with callbacks the call gives nothing, and the end is not waited for.
    end: async () => find()?.end(),
  };
}

/** The class of the connection itself, for `createConnection` where no function can be replaced. */
export function constructGuardedClient(
  construct: () => EventEmitter,
  parsed: Record<string, unknown>,
  origin: Origin,
): EventEmitter {
  const source = clientSourceOf(() => undefined, parsedOptions(parsed));
  const guard = adoptBuilding({ ...source, crashes: CRASHES }, { origin }, construct);
  const client = guard.source.target as EventEmitter;
  dismissAtEnd(client);
  return client;
}
