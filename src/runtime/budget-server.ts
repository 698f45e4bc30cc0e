import { timeoutValue } from '../policy/values.ts';
import type { Guard, Source } from './guard.ts';

/** What a server of PostgreSQL or MySQL accepts from us, asked on a connection of the pool. */

export interface ServerLimits {
  /** `max_connections`. */
  readonly maxConnections: number;
  /** Of these, for superusers and roles with a reservation. */
  readonly reserved: number;
  /** What the role may open, and what everybody may open to this database; `Infinity` where nothing is set. */
  readonly roleLimit: number;
  readonly databaseLimit: number;
  /** Connections of everybody at this moment. */
  readonly used: number;
  /** What holds the role to `n` connections, as a statement of this server. */
  readonly remedy: (n: number) => string;
}

type Row = Readonly<Record<string, unknown>>;

interface Dialect {
  readonly statements: readonly string[];
  readonly read: (rows: readonly Row[]) => ServerLimits;
}

/**
 * The limits of a role are those of who logged in. Without privileges `pg_stat_activity` hides what others do, and
 * `pg_stat_database` still counts them. `reserved_connections` came with PostgreSQL 16.
 */
const postgres: Dialect = {
  statements: [
    `SELECT current_setting('max_connections') AS most,
      current_setting('superuser_reserved_connections') AS superusers,
      coalesce(current_setting('reserved_connections', true), '0') AS reserved,
      r.rolname AS role, CASE WHEN r.rolsuper THEN -1 ELSE r.rolconnlimit END AS of_role, d.datconnlimit AS of_database,
      (SELECT sum(numbackends) FROM pg_stat_database) AS used
    FROM pg_roles r, pg_database d WHERE r.rolname = session_user AND d.datname = current_database()`,
  ],
  read([row = {}]) {
    const bound = (value: unknown): number => (Number(value) < 0 ? Infinity : Number(value));
    return {
      maxConnections: Number(row['most']),
      reserved: Number(row['superusers']) + Number(row['reserved']),
      roleLimit: bound(row['of_role']),
      databaseLimit: bound(row['of_database']),
      used: Number(row['used']),
      remedy: (n) => `ALTER ROLE ${identifier(String(row['role']))} CONNECTION LIMIT ${n}`,
    };
  },
};

/** An account has a limit of its own in `@@session`, or the one for all; 0 is none. Nothing of `max_connections` is reserved. */
const mysql: Dialect = {
  statements: [
    'SELECT @@max_connections AS most, @@session.max_user_connections AS of_role, CURRENT_USER() AS account',
    "SHOW GLOBAL STATUS LIKE 'Threads_connected'",
  ],
  read([row = {}, status = {}]) {
    return {
      maxConnections: Number(row['most']),
      reserved: 0,
      roleLimit: Number(row['of_role']) || Infinity,
      databaseLimit: Infinity,
      used: Number(status['Value']),
      remedy: (n) => `ALTER USER ${account(String(row['account']))} WITH MAX_USER_CONNECTIONS ${n}`,
    };
  },
};

const dialects: Readonly<Partial<Record<string, Dialect>>> = { pg: postgres, postgres, mysql2: mysql, mariadb: mysql };

/** Drivers whose servers can be asked. */
export const askable = Object.keys(dialects);

/** Whether the pool's server can be asked. */
export function canAsk({ driver, run, kind, take }: Source): boolean {
  return dialects[driver] !== undefined && run !== undefined && (kind === 'client' || take !== undefined);
}

/**
 * Checks out, asks, and gives back; a connection that does not answer in the time that it may take to open one is closed.
 * @throws what the driver throws
 */
export async function askServer(guard: Guard): Promise<ServerLimits> {
  const { source } = guard;
  if (source.kind === 'client') return ask(guard, source.target);
  const connection = (await source.take?.()) ?? source.target;
  let lost: Error | undefined;
  try {
    return await ask(guard, connection);
  } catch (error) {
    if (error instanceof Silence) lost = error;
    throw error;
  } finally {
    await source.giveBack?.(connection, lost);
  }
}

class Silence extends Error {}

const { clearTimeout, setTimeout } = globalThis;

async function ask({ name, policy, source }: Guard, connection: object): Promise<ServerLimits> {
  const { read, statements } = dialects[source.driver] as Dialect;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    const ms = timeoutValue(policy, 'connectMs');
    timer = setTimeout(() => reject(new Silence(`The server of \`${name}\` did not answer in ${ms} ms.`)), ms);
  });
  try {
    return read(await Promise.race([rowsOf(source, connection, statements), silence]));
  } finally {
    clearTimeout(timer);
  }
}

/** The first row of each statement. */
async function rowsOf(source: Source, connection: object, statements: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const statement of statements) rows.push((await source.run?.(connection, statement))?.rows[0] ?? {});
  return rows;
}

const identifier = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** `app@%`, which is `'app'@'%'` in a statement. */
function account(name: string): string {
  const at = name.lastIndexOf('@');
  return [name.slice(0, at), name.slice(at + 1)].map((part) => `'${part.replaceAll("'", "''")}'`).join('@');
}
