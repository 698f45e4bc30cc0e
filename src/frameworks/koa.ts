import type { Framework, Receiver } from './framework.ts';

const app: Receiver = {
  made: ['default', 'Router'],
  types: ['Koa', 'Application', 'Router'],
  names: ['app', 'koa', 'server', 'router', 'api', 'routes'],
};

/** Koa and its routers. Read in @types/koa 3.0.3, @koa/router 15.7.0; koa-router 14.0.0: lib/router.js:801-833. */
export const koa: Framework = {
  name: 'Koa',
  modules: ['koa', '@koa/router', 'koa-router'],
  calls: [
    // @types/koa/index.d.ts:512; @koa/router/dist/index.d.ts:308-317, :653.
    { what: 'middleware', names: ['use', 'param'], on: app },
    {
      what: 'route handler',
      // @koa/router/dist/index.d.ts:522-698.
      names: ['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'head', 'options', 'register'],
      on: app,
    },
  ],
  // `Koa.Middleware`, @types/koa/index.d.ts:566.
  types: [{ what: 'middleware', names: ['Middleware', 'RouterMiddleware', 'RouterParameterMiddleware'] }],
  parameters: [
    { what: 'middleware', names: ['ctx', 'next'] },
    { what: 'middleware', names: ['context', 'next'] },
  ],
};
