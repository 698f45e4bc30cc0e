import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the servers of the tests have in common. */

export interface ServerProcess {
  /** Stops it, which cuts every connection, and starts it again on its port and its data. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Recipe {
  readonly name: string;
  readonly program: string;
  readonly options: readonly string[];
  readonly account: Account;
  readonly folder: string;
  /** Ends the server soon, whoever is connected. */
  readonly signal: NodeJS.Signals;
  /** Rejects as long as the server does not answer. */
  readonly ask: () => Promise<unknown>;
}

export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export const HOST = '127.0.0.1';

const START_LIMIT_MS = 30_000;

/**
 * The shell that stands by. It reads the number of the server and then an empty line when the server has ended; if the
 * pipe closes before that, this process was killed.
 */
const GUARD = `
  folder=$1 signal=$2
  while read -r line; do server=$line; done
  if [ -n "$server" ]; then
    kill -s "$signal" "$server"
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$server" && sleep 0.5; done
    kill -s KILL "$server"
  fi
  rm -rf "$folder"
`;

interface Running {
  readonly child: ChildProcess;
  /** Never rejects. */
  readonly ended: Promise<void>;
  readonly isOver: () => boolean;
}

/** Servers refuse to run as root, so root hands them to an account that may do nothing else. */
export function findAccount(name: string): Account {
  if (process.getuid?.() !== 0) return {};
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n');
  const entry = [name, 'nobody'].map((user) => entries.find((line) => line.startsWith(`${user}:`))).find(Boolean);
  const [, , uid, gid] = entry?.split(':') ?? [];
  return uid === undefined ? {} : { uid: Number(uid), gid: Number(gid) };
}

export function goWithout(sentence: string): undefined {
  if (process.env['REQUIRE_SERVERS']) throw new Error(sentence);
  console.warn(`${sentence} Its tests are skipped.`);
}

export function makeFolder(prefix: string, { uid, gid = uid }: Account): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  if (uid !== undefined) chownSync(folder, uid, gid!);
  return folder;
}

/** Makes the data of a server that has not started yet. */
export function prepare(program: string, options: readonly string[], place: Pick<Recipe, 'account' | 'folder'>): void {
  const { account, folder } = place;
  const { status, stdout, stderr } = spawnSync(program, options, { ...account, cwd: folder, encoding: 'utf8' });
  if (status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`${program} failed: ${stdout}${stderr}`);
}

/**
 * Below the ports that systems choose for outgoing connections, so that none of a test's takes it while the server
 * restarts.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, HOST, () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}

/** Starts a server, and with it a shell that ends it and removes its folder when this process is killed. */
export async function launch(recipe: Recipe): Promise<ServerProcess> {
  const { account, folder, signal } = recipe;
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', folder, signal.replace('SIG', '')], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.stdin.on('error', () => {});
  const removed = once(guard, 'exit');
  let running = run(recipe);

  const start = async (): Promise<void> => {
    guard.stdin.write(`${running.child.pid ?? ''}\n`);
    await waitUntilReady(recipe, running);
  };
  const end = async (): Promise<void> => {
    running.child.kill(signal);
    await running.ended;
    guard.stdin.write('\n');
  };
  const stop = async (): Promise<void> => {
    if (!guard.stdin.writableEnded) {
      await end();
      guard.stdin.end();
    }
    await removed;
  };
  const restart = async (): Promise<void> => {
    await end();
    running = run(recipe);
    await start();
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { restart, stop };
}

function run({ program, options, account, folder }: Recipe): Running {
  const output = openSync(join(folder, 'log'), 'a');
  const child = spawn(program, options, { ...account, cwd: '/', detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    const finish = (): void => {
      isOver = true;
      resolve();
    };
    child.once('exit', finish).once('error', finish);
  });
  return { child, ended, isOver: () => isOver };
}

async function waitUntilReady({ name, ask, folder }: Recipe, { isOver }: Running): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      return void (await ask());
    } catch (error) {
      if (isOver() || Date.now() > deadline) {
        const output = readFileSync(join(folder, 'log'), 'utf8');
        throw new Error(`${name} does not start: ${output}`, { cause: error });
      }
      await sleep(20);
    }
  }
}

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
