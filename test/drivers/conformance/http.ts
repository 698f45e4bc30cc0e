import http from 'node:http';
import { Client, Pool } from 'undici';
import type { Conformance, Observed, Options, Probe } from './facts.ts';
import { letThrough, many, settle, silentWire, socketLimit, withSilence } from './watch.ts';

/** An agent whose sockets lead nowhere. */
class Quiet extends http.Agent {
  opened = 0;
  override createConnection(): never {
    this.opened++;
    return silentWire() as never;
  }
}

async function opensWith(options: Options): Promise<Observed> {
  const agent = new Quiet(options as never);
  const requests = Array.from({ length: many }, () => http.get({ agent, host: '127.0.0.1' }).on('error', () => {}));
  await settle();
  for (const each of requests) each.destroy();
  return letThrough(agent.opened);
}

const silence: Probe = (options) =>
  withSilence((port) =>
    socketLimit(async () => {
      const agent = new http.Agent(options as never);
      const request = http.get({ agent, host: '127.0.0.1', port }).on('error', () => {});
      await settle();
      request.destroy();
    }),
  );

const address = 'http://127.0.0.1:1';

type Build = (options: Options) => object | Promise<object>;

/** What a client made of its options; the meaning of 0 there is in not-run.json. */
const read =
  (build: Build, symbol: string): Probe =>
  async (options) => {
    const client = await build(options);
    const key = Object.getOwnPropertySymbols(client).find((each) => each.description === symbol);
    return (client as Record<symbol, number>)[key as symbol] ?? 'unbounded';
  };

const makeClient = (options: Options): object => new Client(address, options as never);
/** A pool checks its options when it makes its first client. */
async function firstClient(options: Options): Promise<object> {
  let made: object = {};
  const factory = (_origin: unknown, given: Options): object => (made = makeClient(given));
  const pool = new Pool(address, { ...options, factory } as never);
  const refused = pool.request({ path: '/', method: 'GET' });
  // What it refuses, it says to the first request.
  return refused.then(
    () => made,
    (error: { code?: string }) => {
      if (error.code === 'UND_ERR_INVALID_ARG') throw error;
      return made;
    },
  );
}

const timeouts = (build: Build): Record<string, Probe> => ({
  headersTimeout: read(build, 'headers timeout'),
  bodyTimeout: read(build, 'body timeout'),
  keepAliveTimeout: read(build, 'default keep alive timeout'),
});

async function connects(options: Options): Promise<Observed> {
  let clients = 0;
  const factory = (_origin: unknown, given: Options): object => {
    clients++;
    return makeClient(given);
  };
  const pool = new Pool(address, { ...options, factory } as never);
  let refusal: unknown;
  const asked = Array.from({ length: many }, () =>
    pool.request({ path: '/', method: 'GET' }).catch((error: { code?: string }) => {
      if (error.code === 'UND_ERR_INVALID_ARG') refusal = error;
    }),
  );
  const opened = Math.min(clients, many);
  await pool.destroy();
  await Promise.all(asked);
  if (refusal) throw refusal;
  return letThrough(opened);
}

export const conformances: Conformance[] = [
  {
    driver: 'node:http',
    kind: 'agent',
    probes: {
      maxSockets: opensWith,
      maxTotalSockets: opensWith,
      maxFreeSockets: (options) => new http.Agent(options as never).maxFreeSockets,
      timeout: silence,
    },
  },
  { driver: 'undici', kind: 'dispatcher', probes: { connections: connects, ...timeouts(firstClient) } },
  { driver: 'undici', kind: 'client', probes: timeouts(makeClient) },
];
