import Module from 'node:module';
import type { Patcher } from './patcher.ts';
import { findPlace } from './place.ts';

/**
 * Every CommonJS file ends in this method, whoever loads it: `require`, `import`, or a loader that compiles TypeScript.
 * What the file exports is patched once it has run. Nothing is added to its source: a file may end in a `return`.
 */

type Compile = (this: NodeJS.Module, content: string, filename: string, ...rest: unknown[]) => unknown;

const { prototype } = Module as unknown as { prototype: { _compile: Compile } };

/** Returns how to take the hook away. */
export function hookCompile(patcher: Patcher): () => void {
  const original = prototype._compile;
  let isActive = true;
  const hooked: Compile = function _compile(content, filename, ...rest) {
    const result = Reflect.apply(original, this, [content, filename, ...rest]) as unknown;
    const place = isActive ? findPlace(filename) : undefined;
    if (place !== undefined) patcher.patchModule(this, place, filename);
    return result;
  };
  prototype._compile = hooked;
  return () => {
    isActive = false;
    // Whoever hooked in after us calls ours; it stays then, and does nothing.
    if (prototype._compile === hooked) prototype._compile = original;
  };
}
