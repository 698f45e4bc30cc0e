import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { findAccount, findFreePort, findPrograms, HOST, launch, makeFolder, prepare } from './server.ts';
import type { ServerProcess } from './server.ts';

/** Boots a MariaDB of its own for a test file: loopback only, in a directory that goes with it. */

export interface MariadbServer extends ServerProcess {
  readonly host: string;
  readonly port: number;
  /** Owns the database and has no password. `root` has none either, and the one connection above the limit. */
  readonly user: string;
  readonly database: string;
}

export interface MariadbOptions {
  /** MariaDB raises what is below 10. */
  readonly maxConnections?: number;
  /** Further options of mariadbd; they win over ours. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

const USER = 'app';
const DATABASE = 'test';

/** Runs at every start, before the first connection. */
const ACCOUNTS = `
CREATE DATABASE IF NOT EXISTS ${DATABASE};
CREATE USER IF NOT EXISTS ${USER}@'%';
GRANT ALL ON ${DATABASE}.* TO ${USER}@'%';
`;

/** The data lives as long as a test file: small, and never waited for. */
const STORAGE = [
  '--innodb-flush-method=nosync',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-fast-shutdown=2',
  '--innodb-log-file-size=8M',
  '--innodb-buffer-pool-size=16M',
];

/** Nothing when this machine has no MariaDB, unless `REQUIRE_SERVERS` demands one. */
export async function startMariadb(options: MariadbOptions = {}): Promise<MariadbServer | undefined> {
  const programs = findPrograms('MariaDB', 'MARIADB_BIN', ['mariadbd', 'mariadb-install-db']);
  if (programs === undefined) return undefined;
  const [program, install] = programs as [string, string];
  const account = findAccount('mysql');
  const folder = makeFolder('pool-mariadb-', account);
  // A server that starts deletes the temporary tables that it finds: in a folder of its own, not those of its neighbours.
  const place = ['--no-defaults', `--datadir=${join(folder, 'data')}`, `--tmpdir=${folder}`, ...STORAGE];
  const initial = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'];
  prepare(install, [...place, ...initial], { account, folder });
  const accounts = join(folder, 'accounts.sql');
  writeFileSync(accounts, ACCOUNTS);
  const address = { host: HOST, port: await findFreePort(), user: USER, database: DATABASE };
  const running = await launch({
    name: 'MariaDB',
    program,
    options: [...place, `--init-file=${accounts}`, ...serverOptions(folder, address.port, options)],
    account,
    folder,
    signal: 'SIGTERM',
    ask: () => connect(address),
  });
  return { ...address, ...running };
}

function serverOptions(folder: string, port: number, { maxConnections = 151, settings }: MariadbOptions): string[] {
  const all = {
    'bind-address': HOST,
    port,
    socket: join(folder, 'socket'),
    'pid-file': join(folder, 'pid'),
    'max-connections': maxConnections,
    ...settings,
  };
  return ['--skip-name-resolve', ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)];
}

async function connect(address: mysql.ConnectionOptions): Promise<void> {
  try {
    const connection = await mysql.createConnection(address);
    await connection.end();
  } catch (error) {
    // After a restart the clients of the test can be faster: a server that is full has started.
    if ((error as NodeJS.ErrnoException).code !== 'ER_CON_COUNT_ERROR') throw error;
  }
}
