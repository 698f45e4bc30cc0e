import type { Framework } from './framework.ts';

/** Koa. Read in @types/koa 3.0.3. */
export const koa: Framework = {
  name: 'Koa',
  modules: ['koa'],
  calls: [
    // index.d.ts:512.
    {
      what: 'middleware',
      names: ['use'],
      on: { made: ['default'], types: ['Koa', 'Application'], names: ['app', 'koa', 'server'] },
    },
  ],
  // `Koa.Middleware`, index.d.ts:566.
  types: [{ what: 'middleware', names: ['Middleware'] }],
  parameters: [
    { what: 'middleware', names: ['ctx', 'next'] },
    { what: 'middleware', names: ['context', 'next'] },
  ],
};
