import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresServer } from '../support/postgres.ts';

const SCHEMA = `
  CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);
  CREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL, total int NOT NULL);
  CREATE TABLE visits (user_id int NOT NULL);
  INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Edsger');
  INSERT INTO orders VALUES (1, 1, 10), (2, 1, 20), (3, 2, 30);
`;
const WAIT_LIMIT_MS = 10_000;

/** A database for each run, so that the server's own statistics count its connections and nobody else's. */
export class Databases {
  private readonly admin: pg.Pool;
  private readonly server: PostgresServer;
  private made = 0;

  private constructor(server: PostgresServer) {
    this.server = server;
    this.admin = new pg.Pool({ ...addressOf(server), max: 1 });
    this.admin.on('error', () => {});
  }

  static async open(server: PostgresServer): Promise<Databases> {
    const databases = new Databases(server);
    await databases.admin.query('CREATE DATABASE services');
    const client = new pg.Client({ ...addressOf(server), database: 'services' });
    await client.connect();
    await client.query(SCHEMA);
    await client.end();
    return databases;
  }

  close(): Promise<void> {
    return this.admin.end();
  }

  async create(): Promise<Database> {
    const name = `services_${(this.made += 1)}`;
    await this.waitUntilUnused('services');
    await this.admin.query(`CREATE DATABASE ${name} TEMPLATE services`);
    const { host, port, user } = this.server;
    return {
      environment: {
        DATABASE_URL: `postgres://${user}@${host}:${port}/${name}`,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGDATABASE: name,
      },
      countOpen: () => this.countOpen(name),
      countSessions: () => this.countSessions(name),
      cut: () => this.cut(name),
    };
  }

  private async countOpen(name: string): Promise<number> {
    const text = 'SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = $1';
    const { rows } = await this.admin.query<{ open: number }>(text, [name]);
    return rows[0]!.open;
  }

  private async cut(name: string): Promise<void> {
    await this.admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    await this.waitUntilUnused(name);
  }

  /** A connection is counted at the latest when it ends, so this waits until none is open. */
  private async countSessions(name: string): Promise<number> {
    await this.waitUntilUnused(name);
    const text = 'SELECT sessions::int AS sessions FROM pg_stat_database WHERE datname = $1';
    const { rows } = await this.admin.query<{ sessions: number }>(text, [name]);
    return rows[0]!.sessions;
  }

  private async waitUntilUnused(name: string): Promise<void> {
    const deadline = Date.now() + WAIT_LIMIT_MS;
    while ((await this.countOpen(name)) > 0) {
      if (Date.now() > deadline) throw new Error(`Connections to ${name} stay open.`);
      await sleep(20);
    }
  }
}

export interface Database {
  /** What tells a service of it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly countOpen: () => Promise<number>;
  /** All connections that were ever opened. */
  readonly countSessions: () => Promise<number>;
  /** Ends all its connections from the server's side, as a restart or a failover does. */
  readonly cut: () => Promise<void>;
}

function addressOf({ host, port, user, database }: PostgresServer): pg.ClientConfig {
  return { host, port, user, database };
}
