import type { EventEmitter } from 'node:events';
import { adopt, dismissAt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { mongodbLimits } from '../../../drivers/limits/mongodb.ts';
import { guardOf } from '../../guard.ts';
import type { Address, Guard, Source } from '../../guard.ts';
import { isMarked } from '../../patched.ts';
import { originAbove } from '../../stacks.ts';
import { CheckOuts } from './events.ts';
import type { Topology } from './events.ts';

/** A client of mongodb. What it parsed of its options and its URL is read when it connects: lib/mongo_client.js:210-251, 7.9.0. */

type Options = Record<string, unknown>;

export interface Client extends EventEmitter {
  /** Up to version 6 a frozen copy: `s.options` is what counts. */
  readonly options?: Options;
  readonly s?: { readonly options?: Options };
  readonly topology?: Topology | null;
  connect(...parts: unknown[]): Promise<Client>;
  close(...parts: unknown[]): Promise<void>;
  db(name?: string): unknown;
}

const METHODS = ['connect', 'close', 'db'] as const;

export function isClient(target: object): target is Client {
  const areMethods = METHODS.every((name) => typeof (target as Partial<Client>)[name] === 'function');
  return areMethods && optionsOf(target as Client) !== undefined;
}

function optionsOf({ s }: Client): Options | undefined {
  const options = s?.options;
  return options && 'hosts' in options && !Object.isFrozen(options) ? options : undefined;
}

/** Patches it once. @returns what is missing in this version. */
export function patchClient(prototype: Client): string | undefined {
  const missing = METHODS.find((name) => typeof prototype[name] !== 'function');
  if (missing !== undefined) return `its client has no \`${missing}\``;
  if (isMarked(prototype)) return undefined;
  const { connect } = prototype;
  prototype.connect = function connect_(this: Client, ...parts) {
    if (!guardOf(this) && optionsOf(this)) adoptClient(this, { origin: originAbove(connect_) });
    return connect.apply(this, parts);
  };
  dismissAt(prototype, 'close');
  return undefined;
}

/** @throws PoolError under `strict`, where it breaks the policy */
export function adoptClient(client: Client, options: AdoptOptions): Guard {
  const known = guardOf(client);
  const checkOuts = new CheckOuts();
  const guard = adopt(sourceOf(client, checkOuts), options);
  if (known) return guard;
  checkOuts.watch(guard, client);
  if (guard.isEnforced) lowerMinimum(optionsOf(client) ?? {});
  return guard;
}

/** More connections at least than at most, and connecting fails: lib/cmap/connection_pool.js:98. */
function lowerMinimum(options: Options): void {
  const { maxPoolSize, minPoolSize } = options;
  if (typeof maxPoolSize !== 'number' || typeof minPoolSize !== 'number' || maxPoolSize === 0) return;
  if (minPoolSize > maxPoolSize) options['minPoolSize'] = maxPoolSize;
}

function sourceOf(client: Client, checkOuts: CheckOuts): Source {
  const options = optionsOf(client) ?? {};
  return {
    driver: 'mongodb',
    kind: 'pool',
    target: client,
    limits: mongodbLimits,
    options,
    get isSettled() {
      return client.topology !== undefined && client.topology !== null;
    },
    address: () => addressOf(options),
    counts: () => checkOuts.counts(Number(options['maxPoolSize'] ?? 100)),
    end: () => client.close(),
  };
}

function addressOf({ credentials, dbName, hosts, srvHost }: Options): Address {
  const [first] = hosts as readonly { readonly host?: string; readonly port?: number; readonly socketPath?: string }[];
  const { username } = (credentials ?? {}) as { readonly username?: string };
  return {
    host: first?.host ?? first?.socketPath ?? (srvHost as string | undefined),
    port: first?.port,
    user: username,
    database: dbName as string | undefined,
  };
}
