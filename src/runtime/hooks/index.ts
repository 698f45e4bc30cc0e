import Module from 'node:module';
import { patchBuiltins } from './builtins.ts';
import { hookCompile } from './compile.ts';
import { adapterOfJest } from './jest.ts';
import { hookLoad } from './load.ts';
import { patchLoaded } from './loaded.ts';
import { Patcher } from './patcher.ts';
import type { HookOptions } from './patcher.ts';

/**
 * The door to the module hooks: `installHooks` sees to it that drivers are patched as they are loaded, and those that are
 * there already at once.
 */

export type { HookOptions } from './patcher.ts';
export { watchSockets } from './sockets.ts';
export type { OnConnect } from './sockets.ts';

/** Kept on what is hooked, so that a second copy of this package finds it, also one in another realm. */
const INSTALLED = Symbol.for('eslint-plugin-pool:hooks');

const hooked = Module as unknown as { [INSTALLED]?: () => void };

/**
 * Hooks module loading, once per process whoever asks: the first one's adapters stay.
 * @returns how to take the hooks away. What is patched stays patched.
 */
export function installHooks(options: HookOptions): () => void {
  const installed = hooked[INSTALLED];
  if (installed !== undefined) return installed;
  const patcher: Patcher = new Patcher({ ...options, adapters: [...options.adapters, adapterOfJest(() => patcher)] });
  const removers = [hookCompile(patcher), hookLoad(patcher)];
  patchBuiltins(patcher);
  patchLoaded(patcher);
  const uninstall = (): void => {
    for (const remove of removers) remove();
    delete hooked[INSTALLED];
  };
  hooked[INSTALLED] = uninstall;
  return uninstall;
}
