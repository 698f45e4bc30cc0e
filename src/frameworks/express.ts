import type { Framework, Receiver } from './framework.ts';

const app: Receiver = {
  made: ['default', 'Router'],
  types: ['Express', 'Application', 'Router', 'IRouter'],
  names: ['app', 'router', 'server', 'api', 'routes', 'route'],
};

/** Express. Read in @types/express 5.0.6, @types/express-serve-static-core 5.1.3. `app.listen` calls back once. */
export const express: Framework = {
  name: 'Express',
  modules: ['express', 'express-serve-static-core'],
  calls: [
    {
      what: 'route handler',
      // IRouter, express-serve-static-core/index.d.ts:263-270; the WebDAV verbs below it are left out. IRoute: :320-330.
      names: ['all', 'get', 'post', 'put', 'delete', 'patch', 'options', 'head'],
      on: app,
    },
    // IRouter.use :299, IRouter.param :257.
    { what: 'middleware', names: ['use', 'param'], on: app },
  ],
  // express/index.d.ts:65-105.
  types: [
    { what: 'request handler', names: ['RequestHandler', 'ErrorRequestHandler', 'Handler', 'RequestParamHandler'] },
  ],
  parameters: [
    { what: 'request handler', names: ['req', 'res'] },
    { what: 'request handler', names: ['request', 'response'] },
    { what: 'error handler', names: ['err', 'req', 'res', 'next'] },
  ],
};
