import { adopt } from '../../adopt.ts';
import type { AdoptOptions } from '../../adopt.ts';
import { NOWHERE } from '../../address.ts';
import { undiciClientLimits, undiciPoolLimits } from '../../../drivers/limits/undici.ts';
import { modeOf } from '../../../policy/mode.ts';
import type { Policy } from '../../../policy/policy.ts';
import { guardOf } from '../../guard.ts';
import type { Address, Counts, Guard, Source } from '../../guard.ts';
import { settings } from '../../world.ts';

/** What undici's dispatchers say of themselves. */

interface Stats {
  readonly connected: boolean | number;
  readonly pending: number;
  readonly running: number;
}

export interface Dispatcher {
  /** Of an agent, from version 7 on: those of each origin. */
  readonly stats?: Stats | Readonly<Record<string, Stats>>;
  dispatch(...parts: unknown[]): boolean;
  close(...parts: unknown[]): Promise<void>;
  destroy(...parts: unknown[]): Promise<void>;
}

export function isDispatcher(target: object): target is Dispatcher {
  const { close, destroy, dispatch } = target as Partial<Dispatcher>;
  return [close, destroy, dispatch].every((one) => typeof one === 'function');
}

type Options = Record<string, unknown>;
type Building = Omit<Source, 'target'> & { built: Dispatcher | undefined };

/** `origin`: of a pool or a client, which have one. */
export function sourceOf(name: string, origin: unknown, options: Options): Building {
  const isClient = /client$/i.test(name);
  const source: Building = {
    built: undefined,
    driver: 'undici',
    kind: isClient ? 'client' : 'pool',
    limits: isClient ? undiciClientLimits : undiciPoolLimits,
    options,
    address: () => addressOf(origin),
    counts: () => countsOf(source.built, isClient ? 1 : options['connections']),
    end: async () => source.built?.close(),
  };
  return source;
}

/** Its copy of them is read for each new origin of an agent: lib/dispatcher/agent.js:110, pool.js:100. */
function optionsOf(dispatcher: Dispatcher): Options | undefined {
  const key = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === 'options');
  return key && (dispatcher as unknown as Record<symbol, Options | undefined>)[key];
}

/** @throws PoolError under `strict`, where it breaks the policy */
export function adoptExisting(dispatcher: Dispatcher, options: AdoptOptions): Guard {
  const { name } = dispatcher.constructor;
  const source = sourceOf(name, undefined, optionsOf(dispatcher) ?? {});
  source.built = dispatcher;
  return adopt({ ...source, target: dispatcher, isSettled: name !== 'Agent' }, options);
}

/**
 * The one that undici built for itself gets the times that the policy states. Nobody chose its size, and no line of the user's
 * would see an error.
 */
export function adoptGlobal(dispatcher: Dispatcher | undefined): void {
  if (!dispatcher || guardOf(dispatcher) || dispatcher.constructor.name !== 'Agent') return;
  const source = sourceOf('Agent', undefined, optionsOf(dispatcher) ?? {});
  source.built = dispatcher;
  const limits = { options: undiciPoolLimits.options.filter((one) => !one.limits.includes('max')) };
  adopt({ ...source, limits, target: dispatcher }, { name: 'globalDispatcher', policy: lenient(settings().policy) });
}

function lenient(policy: Policy): Policy {
  const mode = modeOf(policy, 'pool/require-timeouts') === 'observe' ? 'observe' : 'enforce';
  return { ...policy, runtime: { ...policy.runtime, mode, rules: undefined } };
}

function countsOf(dispatcher: Dispatcher | undefined, connections: unknown): Counts {
  const { stats = {} } = dispatcher ?? {};
  const each = 'running' in stats ? [stats as Stats] : Object.values(stats as Readonly<Record<string, Stats>>);
  const sum = (of: (one: Stats) => number): number => each.reduce((total, one) => total + of(one), 0);
  const total = sum(({ connected }) => Number(connected));
  const size = typeof connections === 'number' && connections > 0 ? connections : Infinity;
  return {
    total,
    idle: Math.max(0, total - sum(({ running }) => running)),
    waiting: sum(({ pending }) => pending),
    max: size * Math.max(1, each.length),
  };
}

function addressOf(origin: unknown): Address {
  try {
    const { hostname, port, protocol } = new URL(String(origin));
    return { ...NOWHERE, host: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
  } catch {
    return NOWHERE;
  }
}
