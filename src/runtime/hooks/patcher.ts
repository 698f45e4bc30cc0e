import { types } from 'node:util';
import type { Adapter } from '../adapter.ts';
import type { Place } from './place.ts';

/** What the hooks share: which adapter wants a file, and its patch run so that nothing it throws reaches the application. */

export interface HookOptions {
  readonly adapters: readonly Adapter[];
  /** A driver's code was found and is left as it is; `why` is a sentence without its period. */
  readonly onRefused: (driver: string, file: string, why: string) => void;
  readonly onPatched?: ((driver: string, file: string) => void) | undefined;
}

interface Entry {
  readonly adapter: Adapter;
  readonly pattern: RegExp;
}

interface Exporting {
  exports: unknown;
}

type Source = NonNullable<Adapter['source']>;

export class Patcher {
  readonly #options: HookOptions;
  readonly #entries: ReadonlyMap<string, readonly Entry[]>;
  readonly #sources: ReadonlyMap<string, readonly Entry[]>;
  readonly #patched = new WeakSet<Exporting>();
  /** What stands in for what. */
  readonly #wrapped = new WeakMap<object, unknown>();

  constructor(options: HookOptions) {
    this.#options = options;
    this.#entries = byPackage(options.adapters, ({ entries }) => entries);
    this.#sources = byPackage(options.adapters, ({ source }) => source?.entries ?? {});
  }

  get packages(): readonly string[] {
    return [...this.#entries.keys()];
  }

  isWanted(place: Place): boolean {
    return [this.#entries, this.#sources].some((table) => collectAdapters(table, place).length > 0);
  }

  /** Patches what a CommonJS file exports, once the file has run; once, though several hooks may see it. */
  patchModule(module: Exporting, place: Place, file: string): void {
    if (!this.isWanted(place) || this.#patched.has(module)) return;
    this.#patched.add(module);
    for (const adapter of collectAdapters(this.#entries, place)) this.#patch(adapter, module.exports, file);
    // `require` of an ES module gives its namespace; the load hook has seen its source.
    if (types.isModuleNamespaceObject(module.exports)) return;
    for (const { driver } of collectAdapters(this.#sources, place)) {
      module.exports = this.wrap(driver, file, module.exports);
    }
  }

  /**
   * What a package is known to export, where nobody says by which of its files.
   * @returns what is to be used instead; mostly the same
   */
  patchPackage(name: string, exports: unknown): unknown {
    const entries = this.#entries.get(name) ?? [];
    for (const { adapter } of entries) if (adapter.recognizes(exports)) this.#patch(adapter, exports, name);
    const [source] = this.#sources.get(name) ?? [];
    if (!source || typeof exports !== 'function') return exports;
    if (!this.#wrapped.has(exports)) {
      const wrapped = this.wrap(source.adapter.driver, name, exports);
      this.#wrapped.set(exports, wrapped).set(wrapped as object, wrapped);
    }
    return this.#wrapped.get(exports);
  }

  findSourceOf(place: Place): Adapter | undefined {
    return collectAdapters(this.#sources, place)[0];
  }

  /** What a module is to export instead of `exported`; that itself when the wrapping fails. */
  wrap(driver: string, file: string, exported: unknown): unknown {
    try {
      const wrapped = this.#sourceOf(driver).wrap(exported);
      this.#options.onPatched?.(driver, file);
      return wrapped;
    } catch (error) {
      this.refuse(driver, file, sentenceOf(error));
      return exported;
    }
  }

  refuse(driver: string, file: string, why: string): void {
    this.#options.onRefused(driver, file, why);
  }

  #patch(adapter: Adapter, exports: unknown, file: string): void {
    const why = attempt(() => adapter.patch(exports));
    if (why === undefined) this.#options.onPatched?.(adapter.driver, file);
    else this.refuse(adapter.driver, file, why);
  }

  #sourceOf(name: string): Source {
    const source = this.#options.adapters.find(({ driver }) => driver === name)?.source;
    if (source === undefined) throw new Error(`no adapter wraps ${name}`);
    return source;
  }
}

function byPackage(
  adapters: readonly Adapter[],
  entriesOf: (adapter: Adapter) => Adapter['entries'],
): ReadonlyMap<string, readonly Entry[]> {
  const table = new Map<string, Entry[]>();
  for (const adapter of adapters) {
    for (const [name, pattern] of Object.entries(entriesOf(adapter))) {
      table.set(name, [...(table.get(name) ?? []), { adapter, pattern }]);
    }
  }
  return table;
}

function collectAdapters(table: ReadonlyMap<string, readonly Entry[]>, { name, path }: Place): readonly Adapter[] {
  return (table.get(name) ?? []).filter(({ pattern }) => pattern.test(path)).map(({ adapter }) => adapter);
}

function attempt(patch: () => string | undefined): string | undefined {
  try {
    return patch();
  } catch (error) {
    return sentenceOf(error);
  }
}

/** Without its period, as refusals are. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `patching it failed: ${message.replace(/\.$/, '')}`;
}
