import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { createClient } from 'redis';
import ts from 'typescript';
import { afterAll, afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from './eventually.ts';
import { startMariadb } from './mariadb.ts';
import { startPgBouncer } from './pgbouncer.ts';
import { startPostgres } from './postgres.ts';
import { startProxy, type Proxy } from './proxy.ts';
import { startRedis } from './redis.ts';
import type { ServerProcess } from './server.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

const MAX = 12;

const postgres = await startPostgres({ maxConnections: MAX, settings: { work_mem: '1MB' } });
const mariadb = await startMariadb({ maxConnections: MAX });
const redis = await startRedis({ maxConnections: MAX });
const pgBouncer = postgres && (await startPgBouncer({ target: postgres, poolSize: 1, queryWaitTimeout: 1 }));

afterAll(async () => {
  await pgBouncer?.stop();
  await Promise.all([postgres?.stop(), mariadb?.stop(), redis?.stop()]);
});

async function openPostgres(address: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(address);
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

async function openMariadb(address: mysql.ConnectionOptions): Promise<mysql.Connection> {
  const { host, port, user, database } = address;
  const connection = await mysql.createConnection({ host, port, user, database });
  connection.on('error', () => {});
  onTestFinished(() => connection.end().catch(() => {}));
  return connection;
}

async function openRedis(socket: Address): Promise<ReturnType<typeof createClient>> {
  const client = createClient({ socket: { ...socket, reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.destroy());
  return client as ReturnType<typeof createClient>;
}

const refuses = ({ host, port }: Address): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port }, () => resolve(false)).on('error', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });

describe.skipIf(!postgres)('PostgreSQL', () => {
  it('answers', async () => {
    const client = await openPostgres(postgres!);
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('takes as many connections as it was told', async () => {
    const client = await openPostgres(postgres!);
    expect((await client.query('SHOW max_connections')).rows).toEqual([{ max_connections: String(MAX) }]);
  });

  it('has the settings that it was given', async () => {
    const client = await openPostgres(postgres!);
    expect((await client.query('SHOW work_mem')).rows).toEqual([{ work_mem: '1MB' }]);
  });

  it('keeps its port and its data across a restart', async () => {
    const client = await openPostgres(postgres!);
    await client.query('CREATE TABLE kept AS SELECT 7 AS value');
    const cut = new Promise((resolve) => client.once('end', resolve));
    await postgres!.restart();
    await cut;
    const next = await openPostgres(postgres!);
    expect((await next.query('SELECT value FROM kept')).rows).toEqual([{ value: 7 }]);
  });

  it('says why it does not start', async () => {
    await expect(startPostgres({ settings: { port: 'none' } })).rejects.toThrow('invalid value for parameter "port"');
  });
});

describe.skipIf(!mariadb)('MariaDB', () => {
  it('answers', async () => {
    const connection = await openMariadb(mariadb!);
    expect((await connection.query('SELECT 1 AS one'))[0]).toEqual([{ one: 1 }]);
  });

  it('keeps its port and its data across a restart', async () => {
    const connection = await openMariadb(mariadb!);
    await connection.query('CREATE TABLE kept AS SELECT 7 AS value');
    await mariadb!.restart();
    await expect(connection.query('SELECT 1')).rejects.toThrow();
    const next = await openMariadb(mariadb!);
    expect((await next.query('SELECT value FROM kept'))[0]).toEqual([{ value: 7 }]);
  });

  it('takes as many connections as it was told, and one of root', async () => {
    const connection = await openMariadb(mariadb!);
    expect((await connection.query('SELECT @@max_connections AS max'))[0]).toEqual([{ max: MAX }]);
    const fill = async (): Promise<void> => {
      for (let count = 0; count <= MAX; count++) await openMariadb(mariadb!);
    };
    await expect(fill()).rejects.toMatchObject({ code: 'ER_CON_COUNT_ERROR' });
    const root = await openMariadb({ ...mariadb!, user: 'root' });
    expect((await root.query('SELECT 1 AS one'))[0]).toEqual([{ one: 1 }]);
  });
});

describe.skipIf(!redis)('Redis', () => {
  it('answers', async () => {
    const client = await openRedis(redis!);
    expect(await client.ping()).toBe('PONG');
  });

  it('takes as many connections as it was told', async () => {
    const client = await openRedis(redis!);
    expect(await client.configGet('maxclients')).toEqual({ maxclients: String(MAX) });
  });

  it('keeps its port across a restart and forgets its data', async () => {
    await (await openRedis(redis!)).set('kept', '7');
    await redis!.restart();
    expect(await (await openRedis(redis!)).get('kept')).toBeNull();
  });
});

describe.skipIf(!pgBouncer)('PgBouncer', () => {
  it('answers over fewer connections than it has clients', async () => {
    const clients = [await openPostgres(pgBouncer!), await openPostgres(pgBouncer!)];
    const ask = async (client: pg.Client): Promise<number> =>
      (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;
    const [first, second] = [await ask(clients[0]!), await ask(clients[1]!)];
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(first);
  });

  it('cuts a client off that waits too long', async () => {
    const [holder, waiter] = [await openPostgres(pgBouncer!), await openPostgres(pgBouncer!)];
    await holder.query('BEGIN');
    await expect(waiter.query('SELECT 1')).rejects.toThrow('query_wait_timeout');
  });

  it('keeps a connection for its client in the mode of sessions', async () => {
    const sessions = (await startPgBouncer({
      target: postgres!,
      poolSize: 1,
      poolMode: 'session',
      queryWaitTimeout: 1,
    }))!;
    onTestFinished(sessions.stop);
    const [holder, waiter] = [await openPostgres(sessions), await openPostgres(sessions)];
    await holder.query('SELECT 1');
    await expect(waiter.query('SELECT 1')).rejects.toThrow('query_wait_timeout');
  });

  it('finds its server again after a restart', async () => {
    await pgBouncer!.restart();
    const client = await openPostgres(pgBouncer!);
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

describe.skipIf(!redis)('the proxy', () => {
  async function open(): Promise<[Proxy, ReturnType<typeof createClient>]> {
    const proxy = await startProxy(redis!);
    onTestFinished(proxy.stop);
    return [proxy, await openRedis(proxy)];
  }

  /** Another client has been answered in the meantime, so the server had its chance. */
  async function isSilent(answer: Promise<unknown>): Promise<boolean> {
    let settled = false;
    const settle = (): void => void (settled = true);
    answer.then(settle, settle);
    const direct = await openRedis(redis!);
    for (let count = 0; count < 20; count++) await direct.ping();
    return !settled;
  }

  it('lets bytes pass both ways', async () => {
    const [proxy, client] = await open();
    expect(await client.echo('x'.repeat(1_000_000))).toHaveLength(1_000_000);
    expect(proxy.connections).toBe(1);
  });

  it('stalls open connections until it is told otherwise', async () => {
    const [proxy, client] = await open();
    proxy.stall(true);
    const answer = client.ping();
    expect(await isSilent(answer)).toBe(true);
    expect(proxy.connections).toBe(1);
    proxy.stall(false);
    expect(await answer).toBe('PONG');
  });

  it('stalls what the server sends, too', async () => {
    const [proxy, client] = await open();
    const direct = await openRedis(redis!);
    const id = await client.clientId();
    const answer = client.blPop('queue', 0);
    await eventually(async () =>
      expect(String(await direct.sendCommand(['CLIENT', 'LIST', 'ID', `${id}`]))).toContain('flags=b'),
    );
    proxy.stall(true);
    await direct.lPush('queue', 'sent');
    expect(await isSilent(answer)).toBe(true);
    proxy.stall(false);
    expect(await answer).toEqual({ key: 'queue', element: 'sent' });
  });

  it('takes new connections in silence while it stalls', async () => {
    const proxy = await startProxy(redis!);
    onTestFinished(proxy.stop);
    proxy.stall(true);
    const socket = connect(proxy);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const answer = once(socket, 'data');
    expect(await isSilent(answer)).toBe(true);
    await eventually(() => expect(proxy.connections).toBe(1));
    proxy.stall(false);
    expect(String(await answer)).toBe('+PONG\r\n');
  });

  it('cuts all connections and takes new ones', async () => {
    const [proxy, client] = await open();
    const cut = once(client, 'error');
    proxy.cut();
    await cut;
    await eventually(() => expect(proxy.connections).toBe(0));
    expect(await (await openRedis(proxy)).ping()).toBe('PONG');
  });

  it('forgets a client that leaves', async () => {
    const [proxy, client] = await open();
    await client.close();
    await eventually(() => expect(proxy.connections).toBe(0));
  });

  it('ends its connections where the server refuses', async () => {
    const stopped = await startProxy(redis!);
    await stopped.stop();
    const proxy = await startProxy(stopped);
    onTestFinished(proxy.stop);
    const socket = connect(proxy);
    socket.resume();
    await once(socket, 'close');
    expect(await refuses(stopped)).toBe(true);
  });
});

interface Row {
  readonly name: string;
  readonly variable: string;
  readonly start: () => Promise<(ServerProcess & Address) | undefined>;
}

const rows: readonly Row[] = [
  { name: 'MariaDB', variable: 'MARIADB_BIN', start: startMariadb },
  { name: 'Redis', variable: 'REDIS_BIN', start: startRedis },
  { name: 'PostgreSQL', variable: 'PG_BIN', start: startPostgres },
  {
    name: 'PgBouncer',
    variable: 'PGBOUNCER_BIN',
    // Where no server is there to be asked, PgBouncer itself is still found, or not.
    start: () =>
      startPgBouncer({
        target: postgres ?? ({ user: 'postgres', database: 'postgres' } as NonNullable<typeof postgres>),
      }),
  },
];

describe.each(rows.map((row) => [row.name, row] as const))('%s', (name, { variable, start }) => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('is skipped where it is missing, with a sentence that says what to do', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.stubEnv(variable, '/nowhere');
    vi.stubEnv('REQUIRE_SERVERS', '');
    expect(await start()).toBeUndefined();
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(`No ${name} found: set ${variable} .+ skipped`));
  });

  it('fails where it is missing and servers are required', async () => {
    vi.stubEnv(variable, '/nowhere');
    vi.stubEnv('REQUIRE_SERVERS', '1');
    await expect(start()).rejects.toThrow(`set ${variable}`);
  });

  it('is gone when it was stopped, twice over', async ({ skip }) => {
    const server = (await start()) ?? skip();
    await server.stop();
    await server.stop();
    expect(await refuses(server)).toBe(true);
  });
});

describe.skipIf(!redis)('the process that started a server', () => {
  it('takes it along when it is killed', async () => {
    // Inside the project, so that the copies find its packages.
    const work = join(import.meta.dirname, '../../.cache/servers');
    mkdirSync(work, { recursive: true });
    const folder = mkdtempSync(join(work, 'killed-'));
    // Outside, where the account of the server may go.
    const temporary = mkdtempSync(join(tmpdir(), 'pool-killed-'));
    chmodSync(temporary, 0o777);
    onTestFinished(() => [folder, temporary].forEach((path) => rmSync(path, { recursive: true, force: true })));
    ['postgres', 'server', 'redis'].forEach((name) => compile(name, folder));
    const script = `const { startRedis } = await import('./redis.js'); console.log((await startRedis()).port);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { value: line } = await child.stdout[Symbol.asyncIterator]().next();
    const address = { host: '127.0.0.1', port: Number(line) };
    expect(await refuses(address)).toBe(false);
    expect(readdirSync(temporary)).toHaveLength(1);
    child.kill('SIGKILL');
    await eventually(() => expect(readdirSync(temporary)).toEqual([]));
    expect(await refuses(address)).toBe(true);
  });
});

function compile(name: string, folder: string): void {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
  };
  const source = readFileSync(join(import.meta.dirname, `${name}.ts`), 'utf8');
  writeFileSync(join(folder, `${name}.js`), ts.transpileModule(source, { compilerOptions }).outputText);
}
