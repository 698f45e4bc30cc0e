import type { EventEmitter } from 'node:events';
import { types } from 'node:util';
import type { Adapter } from '../adapter.ts';
import { adopt } from '../adopt.ts';
import { guardOf } from '../guard.ts';
import { isMarked } from '../patched.ts';
import { isUsersOwn, Origin, originAbove } from '../stacks.ts';
import {
  constructGuardedClient,
  constructGuardedPool,
  createGuardedPool,
  isBuilding,
  openGuarded,
} from './mariadb/build.ts';
import { adoptPool, findMissing, patchPool } from './mariadb/pool.ts';
import { isPool } from './mariadb/source.ts';
import type { MariadbPool } from './mariadb/source.ts';

/**
 * mariadb, of promises and of callbacks. `import` loads its source files, whose classes go through `wrap`; `require` loads
 * one file that keeps its classes to itself, so that its functions do.
 */
export const mariadb: Adapter = {
  driver: 'mariadb',
  // None of its exports can be changed: getters, and the namespace of a module.
  entries: { mariadb: /^(?!)/ },
  recognizes: (exports) => isModule(exports),
  patch(exports) {
    if (!isModule(exports)) return undefined;
    if (!isOpen(exports)) return 'its exports cannot be changed, but those of its default export can';
    if (!isMarked(exports)) Object.assign(exports, functionsOf(exports));
    return undefined;
  },
  guard(target, options) {
    if (isPool(target)) {
      patchPool(Object.getPrototypeOf(target) as MariadbPool);
      return adoptPool(target, options);
    }
    const known = guardOf(target);
    return known?.source.driver === 'mariadb' ? adopt(known.source, options) : undefined;
  },
  source: {
    entries: { mariadb: /^(?:dist\/(?:promise|callback)\.cjs|lib\/(?:pool-promise|pool-callback|connection)\.js)$/ },
    wrap: (exported) => (typeof exported === 'function' ? wrapClass(exported as Class) : wrapModule(exported)),
  },
};

interface Module {
  readonly createPool: (options: unknown) => MariadbPool;
  readonly createConnection: (options: unknown) => never;
  readonly createPoolCluster: unknown;
  readonly importFile: unknown;
  readonly default?: Module;
}

const FUNCTIONS = ['createPool', 'createConnection', 'createPoolCluster', 'importFile', 'defaultOptions'] as const;

function isModule(exports: unknown): exports is Module {
  if (typeof exports !== 'object' || exports === null) return false;
  return FUNCTIONS.every((name) => typeof (exports as Record<string, unknown>)[name] === 'function');
}

function isOpen(exports: object): boolean {
  return (
    !types.isModuleNamespaceObject(exports) && Object.getOwnPropertyDescriptor(exports, 'createPool')?.writable === true
  );
}

/** What `require` gives, with functions of ours. @throws Error where it is not what we know */
function wrapModule(exports: unknown): unknown {
  if (!isModule(exports)) throw new Error('it exports no `createPool`');
  const functions = functionsOf(exports);
  const wrapped = {
    ...exports,
    ...functions,
    ...(exports.default && { default: { ...exports.default, ...functions } }),
  };
  return Object.defineProperty(wrapped, '__esModule', { value: true });
}

function functionsOf({ createConnection, createPool }: Module): Pick<Module, 'createConnection' | 'createPool'> {
  return {
    createPool: inPlaceOf(createPool, (options, origin) => createGuardedPool(createPool, options, origin)),
    createConnection: inPlaceOf(createConnection, (options, origin) => {
      // What a library opens, it also keeps.
      if (!isUsersOwn(origin)) return createConnection(options);
      return openGuarded(createConnection, options, origin) as never;
    }),
  };
}

/** The function that the program gets instead: name and length are those of the driver's. */
function inPlaceOf<Result>(
  original: (options: unknown) => Result,
  call: (options: unknown, origin: Origin) => Result,
): (options: unknown) => Result {
  const wrapper = (options: unknown): Result => call(options, originAbove(wrapper));
  return Object.defineProperties(wrapper, Object.getOwnPropertyDescriptors(original));
}

type Class = (abstract new (...args: never[]) => object) & { readonly prototype: object };

/** The class of a pool or of a connection, with a look at what it is built with. @throws Error where it is not what we know */
function wrapClass(original: Class): Class {
  const { prototype } = original;
  const isOfPool = 'getConnection' in prototype;
  const why = isOfPool ? findMissing(prototype as MariadbPool) : undefined;
  if (why !== undefined) throw new Error(why);
  if (isOfPool) patchPool(prototype as MariadbPool);
  const construct = (target: Class, args: [Record<string, unknown>], newTarget: Class): object => {
    const make = (): object => Reflect.construct(target as never, args, newTarget as never) as object;
    // A pool makes the options of its connections itself: lib/pool.js:168.
    if (isBuilding() || (!isOfPool && Object.getPrototypeOf(args[0]) === Object.prototype)) return make();
    const origin = originOutside(construct as never);
    if (isOfPool) return constructGuardedPool(make as () => MariadbPool, args[0], origin);
    return isUsersOwn(origin) ? constructGuardedClient(make as () => EventEmitter, args[0], origin) : make();
  };
  return new Proxy(original, { construct: construct as never });
}

const OWN_FRAME = /[\\/]node_modules[\\/]mariadb[\\/]/;

/** Above the function of the driver that was called, which is no function of ours here. */
function originOutside(below: (...args: never[]) => unknown): Origin {
  const [first = '', ...frames] = originAbove(below).stack.split('\n');
  const outside = frames.findIndex((frame) => !OWN_FRAME.test(frame));
  const stack = [first, ...frames.slice(Math.max(outside, 0))].join('\n');
  return Object.defineProperty(new Origin(), 'stack', { value: stack });
}
