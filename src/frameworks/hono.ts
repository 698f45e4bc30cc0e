import type { Framework, Receiver } from './framework.ts';

const app: Receiver = {
  made: ['Hono', 'OpenAPIHono'],
  types: ['Hono', 'OpenAPIHono'],
  names: ['app', 'hono', 'api', 'router', 'routes', 'route'],
};

/** Hono. Read in hono 4.13.19, @hono/zod-openapi 1.6.3. The callback of `createFactory({ initApp })` runs once. */
export const hono: Framework = {
  name: 'Hono',
  modules: ['hono', 'hono/', '@hono/'],
  calls: [
    {
      what: 'route handler',
      // dist/types/hono-base.d.ts:70-78; `openapi`: @hono/zod-openapi/dist/index.d.mts:212.
      names: ['get', 'post', 'put', 'delete', 'options', 'patch', 'query', 'all', 'on', 'openapi'],
      on: app,
    },
    { what: 'middleware', names: ['use'], on: app },
    // hono-base.d.ts:135, :151.
    { what: 'error handler', names: ['onError', 'notFound'], on: app },
    // dist/types/helper/factory/index.d.ts:26-33.
    { what: 'middleware', names: ['createMiddleware'] },
    { what: 'route handler', names: ['createHandlers'], on: { made: ['createFactory'], names: ['factory'] } },
    // dist/types/helper/websocket/index.d.ts:65: called for each connection.
    { what: 'socket handler', names: ['upgradeWebSocket'] },
  ],
  // dist/types/index.d.ts.
  types: [{ what: 'route handler', names: ['Handler', 'MiddlewareHandler', 'ErrorHandler', 'NotFoundHandler'] }],
};
