import type { Adapter } from '../adapter.ts';
import { adoptBuilding, dismissAt } from '../adopt.ts';
import { isMarked } from '../patched.ts';
import { isUsersOwn, originAbove } from '../stacks.ts';
import { adoptExisting, adoptGlobal, isDispatcher, sourceOf } from './undici/source.ts';
import type { Dispatcher } from './undici/source.ts';

/**
 * undici: each dispatcher keeps its sockets, and copies its options when it is built. `fetch` of Node uses the global one, too.
 * Read in undici 7.30.2: lib/dispatcher/agent.js, pool.js, client.js, dispatcher-base.js.
 */
export const undici: Adapter = {
  driver: 'undici',
  entries: { undici: /^index\.js$/ },
  recognizes: isUndici,
  patch(exports) {
    if (!isUndici(exports)) return undefined;
    const names = Object.keys(PLACES).filter((name) => typeof exports[name] === 'function');
    const sealed = names.find((name) => Object.getOwnPropertyDescriptor(exports, name)?.writable !== true);
    if (sealed !== undefined) return `its \`${sealed}\` cannot be replaced`;
    if (isMarked(exports)) return undefined;
    const base = Object.getPrototypeOf(exports.Agent.prototype) as Dispatcher;
    // Both call themselves again with a callback.
    if (!isMarked(base)) dismissAt(base, 'close', 'destroy');
    for (const name of names) exports[name] = watchBuilding(exports[name] as DispatcherClass, PLACES[name] ?? 0);
    adoptGlobal(exports.getGlobalDispatcher());
    return undefined;
  },
  guard: (target, options) => (isDispatcher(target) ? adoptExisting(target, options) : undefined),
};

/** Of the options among the arguments. */
const PLACES: Readonly<Record<string, number>> = {
  Agent: 0,
  EnvHttpProxyAgent: 0,
  ProxyAgent: 0,
  Pool: 1,
  BalancedPool: 1,
  RoundRobinPool: 1,
  Socks5ProxyAgent: 1,
  Client: 1,
  H2CClient: 1,
};

type DispatcherClass = (new (...args: unknown[]) => Dispatcher) & { readonly prototype: Dispatcher };

type Undici = Record<string, unknown> & {
  readonly Agent: DispatcherClass;
  getGlobalDispatcher(): Dispatcher | undefined;
};

function isUndici(exports: unknown): exports is Undici {
  if (typeof exports !== 'object' || exports === null) return false;
  const { Agent, Dispatcher, getGlobalDispatcher } = exports as Record<string, unknown>;
  return [Agent, Dispatcher, getGlobalDispatcher].every((one) => typeof one === 'function');
}

/** What a library builds is not at a line that the user can change. */
function watchBuilding(original: DispatcherClass, place: number): DispatcherClass {
  const construct = (target: DispatcherClass, args: unknown[], newTarget: DispatcherClass): Dispatcher => {
    const build = (given: unknown[]): Dispatcher => Reflect.construct(target, given, newTarget) as Dispatcher;
    const origin = originAbove(construct as never);
    if (!isUsersOwn(origin)) return build(args);
    const options = copyOf(args[place]);
    const source = sourceOf(original.name, place === 0 ? undefined : args[0], options);
    const adjusted = [...Array.from({ length: place }, (_, index) => args[index]), options];
    return adoptBuilding(source, { origin }, (isEnforced) => (source.built = build(isEnforced ? adjusted : args)))
      .source.target as Dispatcher;
  };
  return new Proxy(original, { construct: construct as never });
}

/** A proxy's address alone is as good as options with it: lib/dispatcher/proxy-agent.js. */
function copyOf(given: unknown): Record<string, unknown> {
  if (typeof given === 'string' || given instanceof URL) return { uri: String(given) };
  const copy = { ...(given as Record<string, unknown> | undefined) };
  const { connect } = copy;
  return typeof connect === 'object' && connect !== null ? { ...copy, connect: { ...connect } } : copy;
}
