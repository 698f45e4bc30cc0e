import { createClient } from 'redis';
import { findAccount, findFreePort, findPrograms, HOST, launch, makeFolder } from './server.ts';
import type { ServerProcess } from './server.ts';

/** Boots a Redis of its own for a test file: loopback only, and nothing is kept, not even across a restart. */

export interface RedisServer extends ServerProcess {
  readonly host: string;
  readonly port: number;
}

export interface RedisOptions {
  readonly maxConnections?: number;
}

/** Nothing when this machine has no Redis, unless `REQUIRE_SERVERS` demands one. */
export async function startRedis({ maxConnections = 1000 }: RedisOptions = {}): Promise<RedisServer | undefined> {
  const programs = findPrograms('Redis', 'REDIS_BIN', ['redis-server']);
  if (programs === undefined) return undefined;
  const [program] = programs as [string];
  const account = findAccount('redis');
  const folder = makeFolder('pool-redis-', account);
  const address = { host: HOST, port: await findFreePort() };
  const settings = {
    bind: HOST,
    port: address.port,
    dir: folder,
    save: '',
    appendonly: 'no',
    maxclients: maxConnections,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const ask = (): Promise<void> => connect(address);
  // There is nothing to save.
  const signal = 'SIGKILL';
  const running = await launch({ name: 'Redis', program, options, account, folder, signal, ask });
  return { ...address, ...running };
}

async function connect(address: { readonly host: string; readonly port: number }): Promise<void> {
  const client = createClient({ socket: { ...address, reconnectStrategy: false } });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.close();
  } catch (error) {
    // After a restart the clients of the test can be faster: a server that is full has started.
    if (!/max number of clients/.test((error as Error).message)) throw error;
  }
}
