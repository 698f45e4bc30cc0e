import type { Framework, Receiver } from './framework.ts';

const app: Receiver = { made: ['Elysia'], types: ['Elysia'], names: ['elysia'] };

/** Elysia. Read in elysia 1.4.30: dist/index.d.ts. Once: `onStart`, `onStop`, `group`, `guard`, `decorate`, `state`. */
export const elysia: Framework = {
  name: 'Elysia',
  modules: ['elysia', '@elysiajs/'],
  calls: [
    {
      what: 'route handler',
      names: ['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'all', 'connect', 'route'],
      on: app,
    },
    {
      what: 'hook',
      names: [
        'onRequest',
        'onParse',
        'onTransform',
        'onBeforeHandle',
        'onAfterHandle',
        'onAfterResponse',
        'onError',
        'mapResponse',
        'derive',
        'resolve',
        'mapDerive',
        'mapResolve',
      ],
      on: app,
    },
    {
      what: 'socket handler',
      names: ['ws'],
      on: app,
      properties: ['open', 'message', 'close', 'drain', 'beforeHandle'],
    },
  ],
};
