import type { Framework } from './framework.ts';

/** Servers of Node. Read in @types/node 26.6.6. `server.listen` calls back once. */
export const nodeHttp: Framework = {
  name: 'Node.js',
  modules: ['node:http', 'http', 'node:https', 'https', 'node:http2', 'http2', 'node:net', 'net', 'node:tls', 'tls'],
  calls: [
    // http.d.ts:1830, https.d.ts:163, http2.d.ts:2400-2443, net.d.ts:919, tls.d.ts:1015.
    { what: 'request listener', names: ['createServer', 'createSecureServer'] },
    {
      what: 'request listener',
      names: ['on', 'addListener'],
      on: {
        made: ['createServer', 'createSecureServer', 'Server'],
        types: ['Server', 'Http2SecureServer'],
        names: ['server'],
      },
      // ServerEventMap, http.d.ts:349-361; 'stream' is http2's, 'secureConnection' is tls's.
      first: ['request', 'upgrade', 'connect', 'connection', 'secureConnection', 'stream', 'checkContinue'],
    },
  ],
  // http.d.ts.
  types: [{ what: 'request listener', names: ['RequestListener'] }],
};
