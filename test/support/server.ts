import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { goWithout } from './postgres.ts';

/** What the servers of the tests have in common. */

export { findAccount, findFreePort, HOST, launch, makeFolder, prepare } from './postgres.ts';
export type { ServerProcess } from './postgres.ts';

const USUAL_FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/**
 * The paths of all these programs, or nothing where one is missing, unless `REQUIRE_SERVERS` demands them. The variable
 * names the one folder that holds them, or several, as PATH does: Debian puts the programs of MariaDB in two.
 */
export function findPrograms(server: string, variable: string, names: readonly string[]): string[] | undefined {
  const stated = process.env[variable];
  const folders = stated
    ? stated.split(delimiter)
    : [...(process.env['PATH'] ?? '').split(delimiter), ...USUAL_FOLDERS];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)).find(isExecutable) ?? []);
  if (found.length === names.length) return found;
  return goWithout(`No ${server} found: set ${variable} to the folder that holds ${names.join(' and ')}.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
