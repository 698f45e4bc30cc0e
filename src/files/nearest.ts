import fs from 'node:fs';
import path from 'node:path';

/**
 * Files that speak for a folder and all below it. Nothing is kept: each call sees what is on disk now, so that an editor
 * need not start again. The one place where the rules and the policy reach the disk.
 */

/** The file of this name in the folder, or in the nearest one above it. */
export function findNearest(folder: string, name: string): string | undefined {
  return foldersUp(path.resolve(folder))
    .map((one) => path.join(one, name))
    .find((candidate) => fs.existsSync(candidate));
}

function foldersUp(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}

/**
 * What stands in the file, behind a byte order mark.
 * @throws NodeJS.ErrnoException when it cannot be read.
 */
export function readText(file: string): string {
  return fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}
