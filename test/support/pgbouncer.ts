import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { PostgresServer } from './postgres.ts';
import { findAccount, findFreePort, findPrograms, HOST, launch, makeFolder } from './server.ts';
import type { ServerProcess } from './server.ts';

/** Boots a PgBouncer of its own before a PostgreSQL of the tests. */

export interface PgBouncerServer extends ServerProcess {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface PgBouncerOptions {
  readonly target: PostgresServer;
  /** How many connections it opens to the server. */
  readonly poolSize?: number;
  readonly poolMode?: 'transaction' | 'session';
  /** In seconds, as PgBouncer counts: a client that waits longer for a connection is cut off. 0: never. */
  readonly queryWaitTimeout?: number;
}

/** Nothing when this machine has no PgBouncer, unless `REQUIRE_SERVERS` demands one. */
export async function startPgBouncer(options: PgBouncerOptions): Promise<PgBouncerServer | undefined> {
  const programs = findPrograms('PgBouncer', 'PGBOUNCER_BIN', ['pgbouncer']);
  if (programs === undefined) return undefined;
  const [program] = programs as [string];
  const account = findAccount('postgres');
  const folder = makeFolder('pool-pgbouncer-', account);
  const { user, database } = options.target;
  const address = { host: HOST, port: await findFreePort(), user, database };
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(file, configuration(address.port, options));
  const ask = (): Promise<void> => connect(address);
  // In all versions the signals that it handles may wait for clients.
  const signal = 'SIGKILL';
  const running = await launch({ name: 'PgBouncer', program, options: [file], account, folder, signal, ask });
  return { ...address, ...running };
}

function configuration(port: number, options: PgBouncerOptions): string {
  const { target, poolSize = 20, poolMode = 'transaction', queryWaitTimeout = 120 } = options;
  return `[databases]
* = host=${target.host} port=${target.port} user=${target.user}
[pgbouncer]
listen_addr = ${HOST}
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${poolMode}
default_pool_size = ${poolSize}
query_wait_timeout = ${queryWaitTimeout}
`;
}

/** Asks PgBouncer itself: a question to the server would open the first connection of the pool. */
async function connect(address: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...address, database: 'pgbouncer' });
  client.on('error', () => {});
  await client.connect();
  await client.end();
}
