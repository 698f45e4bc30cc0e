import type { AdoptOptions } from './adopt.ts';
import type { Guard } from './guard.ts';

/**
 * What the runtime must know of a driver to guard it: where its code is, and how to patch it. One file per driver in
 * `drivers/`; nothing here loads a driver.
 */
export interface Adapter {
  /** The package, as messages name it: `pg`. */
  readonly driver: string;
  /**
   * The files whose exports `patch` gets, by package: the path inside the package, `/` between folders. More than one where
   * versions differ; a builtin module has the path ``.
   */
  readonly entries: Readonly<Record<string, RegExp>>;
  /** Whether these are the exports of this driver. */
  readonly recognizes: (exports: unknown) => boolean;
  /**
   * Patches prototypes, never replaces classes, and does nothing to what is patched already. Also called with what the
   * user's own `require` of the package gives.
   * @returns why these exports are left as they are, as a sentence without its period; nothing when they are guarded, or
   * when they are not this driver's.
   */
  readonly patch: (exports: unknown) => string | undefined;
  /**
   * Guards one pool or client that exists already; undefined when it is not this driver's.
   * @throws PoolError under `strict`, where it breaks the policy
   */
  readonly guard?: (target: object, options: AdoptOptions) => Guard | undefined;
  /**
   * Packages that export a function, which no patch of a prototype reaches: what their source exports by default, or as
   * `module.exports`, goes through `wrap`.
   */
  readonly source?: {
    readonly entries: Readonly<Record<string, RegExp>>;
    readonly wrap: (exported: unknown) => unknown;
  };
}
