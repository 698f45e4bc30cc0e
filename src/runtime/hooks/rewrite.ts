/** The two edits of source that the load hook makes; lines keep their numbers. */

/** What the edited source calls, by keys of the global object: a path would need one that every loader resolves alike. */
export const EXPORT = 'eslint-plugin-pool:export';
export const MODULE = 'eslint-plugin-pool:module';

/** Of a name alone: what else stood on the line would belong to the expression. */
const DEFAULT_EXPORT = /^export default ([\w$]+)[ \t]*(?:;[ \t]*)?$/gm;

/** An ES module with its one default export sent through `EXPORT`; nothing when it has none, or several that look like one. */
export function rewriteDefault(source: string, driver: string, url: string): string | undefined {
  if ([...source.matchAll(DEFAULT_EXPORT)].length !== 1) return undefined;
  const call = `globalThis[Symbol.for('${EXPORT}')](${JSON.stringify(driver)}, ${JSON.stringify(url)}, `;
  return source.replace(DEFAULT_EXPORT, (_all, name: string) => `export default ${call}${name});`);
}

/** A CommonJS file that hands its module to `MODULE` at the end, also where it leaves by a `return`. */
export function rewriteCommonJS(source: string): string {
  const call = `globalThis[Symbol.for('${MODULE}')](module, __filename);`;
  return `(function (exports, require, module, __filename, __dirname) {${source}\n}).apply(this, arguments);${call}`;
}
