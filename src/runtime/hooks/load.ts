import Module from 'node:module';
import type { Patcher } from './patcher.ts';
import { findPlace, findPlaceOfUrl } from './place.ts';
import { EXPORT, MODULE, rewriteCommonJS, rewriteDefault } from './rewrite.ts';

/**
 * What never passes `_compile`: packages that reach the application as ES modules only, and CommonJS whose text came from
 * another loader, which Node compiles by itself. Needs `module.registerHooks` (Node 22.15); older versions leave both.
 */

interface Loaded {
  readonly format?: string | null;
  readonly source?: unknown;
}

interface Context {
  readonly conditions?: readonly string[];
}

type Load = (url: string, context: Context, nextLoad: (url: string, context: Context) => Loaded) => Loaded;
type RegisterHooks = (hooks: { load: Load }) => { deregister: () => void };

/** Returns how to take the hook away. */
export function hookLoad(patcher: Patcher): () => void {
  const hooks = register({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (loaded.format === 'module') return loadModule(url, loaded, patcher);
      return isCompiledElsewhere(loaded, context) ? loadCommonJS(url, loaded, patcher) : loaded;
    },
  });
  if (hooks === undefined) return () => {};
  defineGlobal(EXPORT, (driver: string, file: string, exported: unknown) => patcher.wrap(driver, file, exported));
  defineGlobal(MODULE, (module: NodeJS.Module, file: string) => {
    const place = findPlace(file);
    if (place !== undefined) patcher.patchModule(module, place, file);
  });
  return () => hooks.deregister();
}

/** Vitest's pools `vmThreads` and `vmForks` have a function of that name which throws (vitest 4.1). */
function register(hooks: { load: Load }): { deregister: () => void } | undefined {
  const { registerHooks } = Module as unknown as { registerHooks?: RegisterHooks };
  try {
    return registerHooks?.(hooks);
  } catch {
    return undefined;
  }
}

/** They stay when the hooks go: rewritten source may still be about to run. */
function defineGlobal(key: string, value: unknown): void {
  Object.defineProperty(globalThis, Symbol.for(key), { value, configurable: true });
}

function loadModule(url: string, loaded: Loaded, patcher: Patcher): Loaded {
  const place = findPlaceOfUrl(url);
  const adapter = place && patcher.findSourceOf(place);
  if (adapter === undefined) return loaded;
  const text = textOf(loaded.source);
  if (isStandIn(url, text)) return loaded;
  const source = rewriteDefault(text, adapter.driver, url);
  if (source !== undefined) return { ...loaded, source };
  patcher.refuse(adapter.driver, url, 'its source has no default export in the form that is known');
  return loaded;
}

/** A loader's own module in place of the real one, which it imports without the query (import-in-the-middle 3.6). */
function isStandIn(url: string, text: string): boolean {
  const [file = url, query] = url.split('?');
  return query !== undefined && text.includes(file);
}

/** Node reads the file of an `import` into a Buffer and goes on to `_compile`; any other text is a loader's. */
const isCompiledElsewhere = ({ format, source }: Loaded, { conditions }: Context): boolean =>
  format === 'commonjs' && source != null && !Buffer.isBuffer(source) && conditions?.includes('import') === true;

function loadCommonJS(url: string, loaded: Loaded, patcher: Patcher): Loaded {
  const place = findPlaceOfUrl(url);
  if (place === undefined || !patcher.isWanted(place)) return loaded;
  return { ...loaded, source: rewriteCommonJS(textOf(loaded.source)) };
}

/** `String` of bytes would be numbers. */
function textOf(source: unknown): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source as ArrayBuffer | undefined);
}
