import Module from 'node:module';
import type { Patcher } from './patcher.ts';
import { findPlaceOfUrl } from './place.ts';

/**
 * Packages that reach the application as ES modules only: their default export is sent through the adapter before anyone
 * can import it. Needs `module.registerHooks` (Node 22.15); older versions leave such a package as it is.
 */

interface Loaded {
  readonly format?: string | null;
  readonly source?: unknown;
}

type Load = (url: string, context: unknown, nextLoad: (url: string, context: unknown) => Loaded) => Loaded;
type RegisterHooks = (hooks: { load: Load }) => { deregister: () => void };

type Wrap = (driver: string, file: string, exported: unknown) => unknown;

/** The rewritten source finds the adapter by this key: a path would need one that every loader resolves alike. */
const KEY = 'eslint-plugin-pool:export';

/** Of an expression that is a name; what follows on the line would be part of it. */
const DEFAULT_EXPORT = /^export default ([\w$]+)[ \t]*(?:;[ \t]*)?$/gm;

/** Returns how to take the hook away. */
export function hookLoad(patcher: Patcher): () => void {
  const { registerHooks } = Module as unknown as { registerHooks?: RegisterHooks };
  if (registerHooks === undefined || !patcher.hasSources) return () => {};
  const wrap: Wrap = (driver, file, exported) => patcher.wrap(driver, file, exported);
  Object.defineProperty(globalThis, Symbol.for(KEY), { value: wrap, configurable: true });
  const hooks = registerHooks({
    load: (url, context, nextLoad) => rewrite(url, nextLoad(url, context), patcher),
  });
  return () => hooks.deregister();
}

function rewrite(url: string, loaded: Loaded, patcher: Patcher): Loaded {
  const place = loaded.format === 'module' ? findPlaceOfUrl(url) : undefined;
  const adapter = place && patcher.findSourceOf(place);
  if (adapter === undefined) return loaded;
  const source = rewriteDefault(textOf(loaded.source), adapter.driver, url);
  if (source !== undefined) return { ...loaded, source };
  patcher.refuse(adapter.driver, url, 'its source has no default export in the form that is known');
  return loaded;
}

/** The source with its one default export wrapped; nothing when it has none, or several that look like one. */
export function rewriteDefault(source: string, driver: string, url: string): string | undefined {
  if ([...source.matchAll(DEFAULT_EXPORT)].length !== 1) return undefined;
  const call = `globalThis[Symbol.for('${KEY}')](${JSON.stringify(driver)}, ${JSON.stringify(url)}, `;
  return source.replace(DEFAULT_EXPORT, (_all, name: string) => `export default ${call}${name});`);
}

/** Other loaders give text or bytes; `String` of bytes would be numbers. */
function textOf(source: unknown): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source as ArrayBuffer | undefined);
}
