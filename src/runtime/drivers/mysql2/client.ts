import type { EventEmitter } from 'node:events';
import { mysql2ConnectionLimits } from '../../../drivers/limits/mysql2.ts';
import { adoptBuilding, dismiss } from '../../adopt.ts';
import { mysqlAddressOf } from '../../address.ts';
import { GUARD } from '../../guard.ts';
import type { Counts, Guard, Source } from '../../guard.ts';
import type { Origin } from '../../stacks.ts';
import { serverFull } from '../../waiting.ts';
import { survive } from '../../watch/listeners.ts';
import { isFull, patchConnection } from './connection.ts';
import { run } from './source.ts';
import type { PoolConnection } from './source.ts';

/** A connection of its own, without a pool: it connects while it is built. Read in mysql2 3.24.6. */

interface Client extends PoolConnection {
  readonly config: Record<string, unknown>;
  readonly _closing?: boolean;
  end(callback?: (error?: Error) => void): unknown;
}

interface PromiseClient extends EventEmitter {
  readonly connection: Client;
}

type Open<Opened> = (options: unknown) => Opened;

/** @throws PoolError under `strict`, before anything is opened */
export function openClient(open: Open<Client>, given: unknown, origin: Origin): Client {
  let client: Client | undefined;
  const options = optionsOf(given);
  const source = sourceOf(options, () => client, { when: 'a connection that breaks', held: false, isLate: true });
  const guard = adoptBuilding(source, { origin }, () => (client = open(choose(given, options))));
  const opened = guard.source.target as Client;
  patchConnection(opened);
  // An error before that is one of connecting, which is the program's to handle.
  opened.once('connect', () => survive(guard));
  opened.once('end', () => dismiss(guard));
  return opened;
}

/** @throws PoolError under `strict`, before anything is opened */
export function openPromiseClient(
  open: Open<Promise<PromiseClient>>,
  given: unknown,
  origin: Origin,
): Promise<PromiseClient> {
  let client: Client | undefined;
  const options = optionsOf(given);
  const source = sourceOf(options, () => client);
  const guard = adoptBuilding(source, { origin }, () => open(choose(given, options)));
  const opening = guard.source.target as Promise<PromiseClient>;
  opening.then(
    (opened) => {
      client = opened.connection;
      become(guard, opened);
    },
    (error: unknown) => {
      if (isFull(error)) serverFull(guard);
      dismiss(guard);
    },
  );
  return opening;
}

/** Until it was open there was only its promise. */
function become(guard: Guard, opened: PromiseClient): void {
  Object.assign(guard.source, { target: opened });
  Object.defineProperty(opened, GUARD, { value: guard, configurable: true, writable: true });
  opened.connection.once('end', () => dismiss(guard));
}

function sourceOf(
  options: Record<string, unknown>,
  find: () => Client | undefined,
  crashes?: Source['crashes'],
): Omit<Source, 'target'> {
  return {
    driver: 'mysql2',
    kind: 'client',
    limits: mysql2ConnectionLimits,
    options,
    ...(crashes && { crashes }),
    address: () => mysqlAddressOf(find()?.config ?? options),
    counts: (): Counts => ({ total: find()?._closing ? 0 : 1, idle: 0, waiting: 0, max: 1 }),
    run: async (_connection, sql) => {
      const client = find();
      return client ? run(client, sql) : { rows: [] };
    },
    end: () => new Promise<void>((resolve) => void (find()?.end(() => resolve()) ?? resolve())),
  };
}

/** A copy for the runtime to write into. */
function optionsOf(given: unknown): Record<string, unknown> {
  if (typeof given === 'string') return { uri: given };
  return { ...(given as Record<string, unknown> | undefined) };
}

/** The program's own, as long as nothing is written. */
function choose(given: unknown, options: Record<string, unknown>): unknown {
  const before = optionsOf(given);
  return Object.keys(options).every((name) => options[name] === before[name]) ? given : options;
}
