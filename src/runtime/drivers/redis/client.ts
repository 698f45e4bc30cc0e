import { adopt, adoptBuilding, dismiss } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { redisClientLimits } from '../../../drivers/limits/redis.ts';
import { guardOf } from '../../guard.ts';
import type { Guard, Source } from '../../guard.ts';
import { isMarked, prototypeWith } from '../../patched.ts';
import { isUsersOwn, originAbove } from '../../stacks.ts';
import type { Origin } from '../../stacks.ts';
import { survive } from '../../watch/listeners.ts';
import { buildPool } from './pool.ts';
import { addressOf, copyOf } from './source.ts';
import type { Client } from './source.ts';

/** A client of node-redis: one connection. Its socket and its queue copy their options: client/index.js:383-390, 6.3.1. */

export function isClient(target: object): target is Client {
  const { duplicate, isOpen, isReady, sendCommand } = target as Partial<Client>;
  const areMethods = [duplicate, sendCommand].every((one) => typeof one === 'function');
  return areMethods && typeof isOpen === 'boolean' && typeof isReady === 'boolean';
}

type Options = Record<string, unknown>;

/**
 * Builds a client, and guards it; what a library opens, it also keeps.
 * @throws PoolError under `strict`, where it breaks the policy: nothing is built
 */
export function buildClient(
  given: Options | undefined,
  origin: Origin,
  build: (options: Options | undefined) => Client,
): Client {
  if (!isUsersOwn(origin)) return build(given);
  const options = copyOf(given);
  let client: Client | undefined;
  const source = sourceOf(options, () => client);
  const guard = adoptBuilding(source, { origin }, (isEnforced) => (client = build(isEnforced ? options : given)));
  const built = guard.source.target as Client;
  patchClient(built);
  watch(guard, built);
  return built;
}

/** @throws PoolError under `strict`, where it breaks the policy */
export function adoptClient(client: Client, options: AdoptOptions): Guard {
  const isNew = !guardOf(client);
  const source = { ...sourceOf(copyOf(client.options), () => client), target: client, isSettled: true };
  const guard = adopt(source, options);
  if (isNew) watch(guard, client);
  if (isNew && client.isReady) survive(guard);
  return guard;
}

/** An error before it is connected rejects `connect()` when nobody listens, and would be retried for ever if we did. */
function watch(guard: Guard, client: Client): void {
  client.once('end', () => dismiss(guard));
  if (guard.isEnforced) client.once('ready', () => survive(guard));
}

function sourceOf(options: Options, client: () => Client | undefined): Omit<Source, 'target'> {
  return {
    driver: 'redis',
    kind: 'client',
    limits: redisClientLimits,
    options,
    crashes: { when: 'a connection that breaks', held: false, isLate: true },
    address: () => addressOf(options),
    counts: () => ({ total: client()?.isReady === true ? 1 : 0, idle: 0, waiting: 0, max: 1 }),
    end: async () => {
      const open = client();
      if (open?.isOpen === true) await (open.close?.() ?? open.quit());
    },
  };
}

function limitsIn(options: Options = {}): Options {
  const names = ['socket', 'commandOptions', 'commandsQueueMaxLength'].filter((name) => options[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

/** The client's own ways to build more. */
export function patchClient(client: Client): void {
  const prototype = prototypeWith(client, 'duplicate');
  if (!prototype || isMarked(prototype)) return;
  const { createPool, duplicate } = prototype;
  prototype.duplicate = function duplicate_(this: Client, overrides) {
    const whole = { ...this.options, commandOptions: this._commandOptions, ...overrides };
    // The driver's own copy of the rest stays as it is: it holds more than options.
    const build = (adjusted?: Options): Client =>
      duplicate.call(this, adjusted === whole ? overrides : { ...overrides, ...limitsIn(adjusted) });
    return buildClient(whole, originAbove(duplicate_), build);
  };
  if (!createPool) return;
  prototype.createPool = function createPool_(this: Client, options) {
    const origin = originAbove(createPool_);
    return buildPool(this.options, options, origin, (_client, adjusted) => createPool.call(this, adjusted));
  };
}
