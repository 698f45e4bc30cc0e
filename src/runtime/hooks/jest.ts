import type { Adapter } from '../adapter.ts';
import type { Patcher } from './patcher.ts';
import { findPlace } from './place.ts';

/**
 * Jest runs tests in a realm of its own and loads modules there by itself, anew for each test file and after
 * `jest.resetModules()`: Node's hooks see none of them. What is not mocked comes from this method of its runtime, whoever
 * asks for it (jest-runtime 30.5.2, build/index.js:4980).
 */

type RequireModule = (this: unknown, from: string, name?: string, ...rest: unknown[]) => unknown;

interface JestRuntime {
  readonly default?: { readonly prototype: { requireModule?: RequireModule } };
}

/** To the hooks, Jest's runtime is one more package to patch. */
export function adapterOfJest(patcher: () => Patcher): Adapter {
  return {
    driver: 'jest',
    entries: { 'jest-runtime': /^build\/index\.js$/ },
    recognizes: () => false,
    patch: (exports) => patchRuntime((exports as JestRuntime).default?.prototype, patcher()),
  };
}

function patchRuntime(prototype: { requireModule?: RequireModule } | undefined, patcher: Patcher): string | undefined {
  const original = prototype?.requireModule;
  if (!original) return 'its runtime has no `requireModule`';
  prototype.requireModule = function requireModule(from, name, ...rest) {
    const exports = Reflect.apply(original, this, [from, name, ...rest]) as unknown;
    const asked = name === undefined ? undefined : packageOf(name);
    return asked === undefined ? exports : patcher.patchPackage(asked, exports);
  };
  return undefined;
}

/** `pg`, also of `pg/lib/index.js`, or of the path that an `import` was resolved to. */
const packageOf = (name: string): string | undefined =>
  findPlace(name)?.name ?? /^(?:@[^/]+\/)?[^./@][^/]*/.exec(name)?.[0];
