/** Which package a file belongs to, read off its name alone: no file is opened. */

export interface Place {
  readonly name: string;
  /** Inside the package, `/` between folders. */
  readonly path: string;
}

const FOLDER = 'node_modules';
/** A package's name, scoped or not, then the rest; stores such as `.pnpm` are no packages. */
const INSIDE = /^((?:@[^/]+\/)?[^/@.][^/]*)\/(.+)$/;

/**
 * The place of a file below `node_modules`, by the innermost one: that is the package's own copy where copies nest, and
 * behind the links of pnpm. Takes paths of either system.
 */
export function findPlace(file: string): Place | undefined {
  const at = file.lastIndexOf(FOLDER);
  if (at === -1 || !isSlash(file[at - 1] ?? '/') || !isSlash(file[at + FOLDER.length])) return undefined;
  const match = INSIDE.exec(file.slice(at + FOLDER.length + 1).replaceAll('\\', '/'));
  return match?.[1] === undefined || match[2] === undefined ? undefined : { name: match[1], path: match[2] };
}

/** The same for the address of a module, whatever its query. Names of packages need no decoding. */
export function findPlaceOfUrl(url: string): Place | undefined {
  return url.startsWith('file:') ? findPlace(url.replace(/[?#].*$/, '')) : undefined;
}

const isSlash = (character: string | undefined): boolean => character === '/' || character === '\\';
