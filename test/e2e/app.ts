import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A user's application on disk, with our packed tarball installed in it. */

export const root = path.join(import.meta.dirname, '../..');

/** npm prints notices about its own settings on standard error; only a failure shows them. */
export function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export function createFolder(name: string): string {
  return fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), `pool-${name}-`));
}

/** Packs what `npm publish` would publish; returns the tarball. */
export function pack(folder: string): string {
  if (!fs.existsSync(path.join(root, 'dist/src/index.js'))) throw new Error('Run `npm run build` first.');
  const [{ filename }] = JSON.parse(npm(root, 'pack', '--json', '--pack-destination', folder)) as [
    { filename: string },
  ];
  return path.join(folder, filename);
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
}

/** Other majors of Node, from their packages; kept between runs. Returns the executables by name. */
export function installNodes(versions: Readonly<Record<string, string>>): Map<string, string> {
  const folder = path.join(root, '.cache/nodes');
  fs.mkdirSync(folder, { recursive: true });
  const dependencies = Object.fromEntries(Object.entries(versions).map(([name, range]) => [name, `npm:node@${range}`]));
  // Their install script puts the executable of this platform in place.
  writeFiles(folder, {
    'package.json': JSON.stringify({ private: true, dependencies, allowScripts: { node: true } }),
  });
  npm(folder, 'install', '--prefer-offline', '--no-package-lock', '--loglevel', 'error');
  return new Map(Object.keys(versions).map((name) => [name, path.join(folder, 'node_modules', name, 'bin/node')]));
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(folder: string, command: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The executable of a package of this project. */
export const binOf = (name: string, bin: string): string => path.join(root, 'node_modules', name, bin);
