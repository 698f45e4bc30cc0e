import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { Adapter } from '../../../src/runtime/adapter.ts';
import { installHooks } from '../../../src/runtime/hooks/index.ts';

/** An application on disk with packages in it, and hooks that write down what they saw. */

export interface App {
  /** As a file in the application's folder would. */
  readonly require: NodeJS.Require;
  /** From the disk, and from what Node keeps of it. */
  readonly remove: () => void;
}

/** `files` by their path from the application's folder; the packages' main file is `index.js`. */
export function createApp(files: Readonly<Record<string, string>>): App {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'pool-hooks-'));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  const require = createRequire(path.join(folder, 'main.js'));
  const remove = (): void => {
    for (const file of Object.keys(require.cache).filter((each) => each.startsWith(folder))) delete require.cache[file];
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { require, remove };
}

export interface Recorded {
  readonly patched: string[];
  readonly refused: string[];
  readonly uninstall: () => void;
}

export function install(...adapters: readonly Adapter[]): Recorded {
  const patched: string[] = [];
  const refused: string[] = [];
  const uninstall = installHooks({
    adapters,
    onPatched: (driver, file) => patched.push(`${driver} ${path.basename(file)}`),
    onRefused: (driver, file, why) => refused.push(`${driver} ${path.basename(file)}: ${why}`),
  });
  return { patched, refused, uninstall };
}

/** Sees nothing; each test has its own. */
export const idle: Adapter = { driver: 'acme', entries: {}, recognizes: () => true, patch: () => undefined };

/** Of a driver `acme`, whose `index.js` gets `marked`. */
export const marking: Adapter = {
  driver: 'acme',
  entries: { acme: /^index\.js$/ },
  recognizes: () => true,
  patch(exports) {
    Object.assign(exports as object, { marked: true });
    return undefined;
  },
};
