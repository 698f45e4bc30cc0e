import type { Framework, Receiver } from './framework.ts';

const server: Receiver = { made: ['default', 'server', 'Server'], types: ['Server'], names: ['server'] };

/** hapi. Read in @hapi/hapi 21.4.10: lib/types. Plugins (`register`) and `onPreStart`, `onPostStop` run once. */
export const hapi: Framework = {
  name: 'hapi',
  modules: ['@hapi/hapi'],
  calls: [
    {
      what: 'route handler',
      // server/server.d.ts:624, route.d.ts:734-970; `pre` and `failAction` stand under `options`.
      names: ['route'],
      on: server,
      properties: ['handler', 'pre', 'failAction'],
      anywhere: true,
    },
    {
      what: 'extension',
      names: ['ext'],
      on: server,
      // RouteRequestExtType and `onRequest`, server/ext.d.ts:15-21.
      first: [
        'onRequest',
        'onPreAuth',
        'onCredentials',
        'onPostAuth',
        'onPreHandler',
        'onPostHandler',
        'onPreResponse',
        'onPostResponse',
      ],
    },
    // server/server.d.ts:559.
    { what: 'server method', names: ['method'], on: server },
  ],
  types: [{ what: 'route handler', names: ['ServerRoute'] }],
};
