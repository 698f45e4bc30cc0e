import type { Framework, Receiver } from './framework.ts';

const instance: Receiver = {
  made: ['default', 'fastify', 'Fastify'],
  types: ['FastifyInstance'],
  names: ['fastify', 'app', 'server', 'instance'],
};

// LifecycleHook, types/hooks.d.ts:678. Not the ApplicationHooks of :893: onRoute, onRegister, onReady, onListen, onClose.
const hooks = [
  'onRequest',
  'preParsing',
  'preValidation',
  'preHandler',
  'preSerialization',
  'onSend',
  'onResponse',
  'onError',
  'onTimeout',
  'onRequestAbort',
];

/** Fastify. Read in fastify 5.12.8. The bodies of plugins (`register`) run once. */
export const fastify: Framework = {
  name: 'Fastify',
  modules: ['fastify', 'fastify-plugin'],
  calls: [
    // types/instance.d.ts:193-212; WebDAV verbs are left out.
    { what: 'route handler', names: ['get', 'head', 'post', 'put', 'delete', 'options', 'patch', 'all'], on: instance },
    {
      what: 'route handler',
      // RouteShorthandOptions and RouteOptions, types/route.d.ts:75-213: the same keys in both.
      names: ['route', 'get', 'head', 'post', 'put', 'delete', 'options', 'patch', 'all'],
      on: instance,
      properties: ['handler', 'errorHandler', ...hooks],
    },
    { what: 'hook', names: ['addHook'], on: instance, first: hooks },
    // types/instance.d.ts:520-560.
    { what: 'error handler', names: ['setErrorHandler', 'setNotFoundHandler'], on: instance },
  ],
  // fastify.d.ts:226-248.
  types: [
    { what: 'route handler', names: ['RouteHandler', 'RouteHandlerMethod'] },
    {
      what: 'hook',
      names: [
        'onRequestHookHandler',
        'onRequestAsyncHookHandler',
        'preHandlerHookHandler',
        'preHandlerAsyncHookHandler',
        'preValidationHookHandler',
        'preValidationAsyncHookHandler',
      ],
    },
  ],
  parameters: [
    { what: 'route handler', names: ['request', 'reply'] },
    { what: 'route handler', names: ['req', 'reply'] },
  ],
};
