import http from 'node:http';
import axios from 'axios';
import got from 'got';
import type { Conformance, Options, Probe } from './facts.ts';
import { settle, socketLimit, untilSettled, withSilence } from './watch.ts';

/** How long a request waits for a server that says nothing; an error that is no time limit is a refusal. */
const waits =
  (ask: (options: Options, address: string) => Promise<unknown>, isLate: RegExp): Probe =>
  (options) =>
    withSilence(async (port) => {
      let refusal: unknown;
      const seen = await untilSettled(() =>
        ask(options, `http://127.0.0.1:${port}`).catch((error: { code?: string }) => {
          if (!isLate.test(error.code ?? '')) refusal = error;
        }),
      );
      if (refusal) throw refusal;
      return seen;
    });

const byAxios = waits(
  // A test machine may have a proxy.
  (options, baseURL) => axios.create({ ...options, baseURL, proxy: false }).get('/'),
  /^(?:ECONNABORTED|ETIMEDOUT)$/,
);

// Node's global agent has a time limit of its own for idle sockets.
const agent = { http: new http.Agent() };
const gotClient = (options: Options, prefixUrl: string): typeof got =>
  got.extend({ ...options, agent, prefixUrl, retry: { limit: 0 } });
const byGot = waits(async (options, address) => gotClient(options, address).get(''), /^ETIMEDOUT$/);

/** Node's own timer, which no clock of a test can move. */
const silenceByGot: Probe = (options) =>
  withSilence((port) =>
    socketLimit(async () => {
      const request = gotClient(options, `http://127.0.0.1:${port}`).stream('');
      request.on('error', () => {});
      await settle();
      request.destroy();
    }),
  );

export const conformances: Conformance[] = [
  { driver: 'axios', kind: 'client', probes: { timeout: byAxios } },
  {
    driver: 'got',
    kind: 'client',
    probes: { timeout: byGot, 'timeout.request': byGot, 'timeout.response': byGot, 'timeout.socket': silenceByGot },
  },
];
