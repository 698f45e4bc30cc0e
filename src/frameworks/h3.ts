import type { Framework, Receiver } from './framework.ts';

const app: Receiver = {
  made: ['H3', 'createApp', 'createRouter'],
  types: ['H3', 'App', 'Router'],
  names: ['app', 'router', 'h3'],
};

/**
 * h3, Nitro and Nuxt. Read in h3 2.0.8 (dist/index.d.mts, h3.d.mts) and 1.15.11 (dist/index.d.ts), nitropack 2.13.6.
 * Nitro imports the functions by itself. No slot for `server/api/` as a path: Express projects keep registrars there,
 * and a route of Nitro is always one of these calls. Once: `definePlugin`, `defineNitroPlugin`, `defineLazyEventHandler`.
 */
export const h3: Framework = {
  name: 'h3',
  modules: ['h3', 'nitropack', 'nitropack/', 'nitro', 'nitro/', '#imports', 'nuxt/'],
  calls: [
    {
      what: 'event handler',
      // h3 2: index.d.mts:55-74, h3.d.mts:672; h3 1: index.d.ts:14, :73-76, :1374-1394; nitropack/dist/runtime/internal/cache.d.ts.
      names: [
        'defineHandler',
        'defineEventHandler',
        'eventHandler',
        'defineMiddleware',
        'defineRequestMiddleware',
        'defineResponseMiddleware',
        'defineCachedEventHandler',
        'cachedEventHandler',
        'fromNodeMiddleware',
        'fromNodeHandler',
        'fromWebHandler',
        'defineNodeHandler',
        'defineNodeMiddleware',
      ],
    },
    {
      what: 'event handler',
      // EventHandlerObject of h3 2, h3.d.mts; h3 1 has `onRequest` and `onBeforeResponse`, too. RouteDefinition, index.d.mts.
      names: ['defineHandler', 'defineValidatedHandler', 'defineEventHandler', 'eventHandler', 'defineRoute'],
      properties: ['handler', 'onRequest', 'onBeforeResponse', 'middleware'],
    },
    { what: 'cached function', names: ['defineCachedFunction', 'cachedFunction'] },
    // nitropack/dist/runtime/internal/error/utils.d.ts:2, renderer.d.ts.
    { what: 'error handler', names: ['defineNitroErrorHandler'] },
    { what: 'renderer', names: ['defineRenderHandler'] },
    // nitropack/dist/runtime/internal/task.d.ts.
    { what: 'task', names: ['defineTask'], properties: ['run'] },
    // crossws hooks: h3 2 index.d.mts:1358-1362.
    {
      what: 'socket handler',
      names: ['defineWebSocket', 'defineWebSocketHandler'],
      properties: ['upgrade', 'open', 'message', 'close', 'error'],
    },
    // h3 2 h3.d.mts:814-830; h3 1 App.use and Router.
    {
      what: 'route handler',
      names: ['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'all', 'on'],
      on: app,
    },
    { what: 'middleware', names: ['use'], on: app },
    {
      what: 'hook',
      names: ['hook'],
      on: { made: ['useNitroApp'], names: ['nitroApp', 'hooks'] },
      first: ['request', 'beforeResponse', 'afterResponse', 'error'],
    },
  ],
};
