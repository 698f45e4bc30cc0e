import type { Framework, Receiver } from './framework.ts';

const router: Receiver = { made: ['default', 'Router'], types: ['Router'], names: ['router', 'api', 'routes'] };

/** Routers of Koa. Read in @koa/router 15.7.0; koa-router 14.0.0 has the same in lib/router.js. */
export const koaRouter: Framework = {
  name: 'Koa',
  modules: ['@koa/router', 'koa-router'],
  calls: [
    {
      what: 'route handler',
      // dist/index.d.ts:522-698.
      names: ['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'head', 'options', 'register'],
      on: router,
    },
    // dist/index.d.ts:308-317, :653.
    { what: 'middleware', names: ['use', 'param'], on: router },
  ],
  types: [{ what: 'middleware', names: ['RouterMiddleware', 'RouterParameterMiddleware'] }],
};
