import type { Framework } from './framework.ts';

/** Astro. Read in astro 6.0.5. `getStaticPaths` runs at build; .astro files are not parsed here. */
export const astro: Framework = {
  name: 'Astro',
  modules: ['astro', 'astro/', 'astro:middleware', 'astro:actions', 'astro:env/server'],
  calls: [
    // dist/core/middleware/defineMiddleware.d.ts:2, sequence.d.ts.
    { what: 'middleware', names: ['defineMiddleware', 'sequence'] },
    // dist/actions/runtime/server.d.ts:5-8.
    { what: 'action', names: ['defineAction'], properties: ['handler'] },
  ],
  files: [
    {
      what: 'endpoint',
      // dist/runtime/server/endpoint.js:8: the method's name in capitals, or `ALL`.
      path: '(?:^|/)src/pages/.*\\.[cm]?[jt]s$',
      exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ALL'],
    },
    // dist/types/public/common.d.ts:87.
    { what: 'middleware', path: '(?:^|/)src/middleware(?:/index)?\\.[cm]?[jt]s$', exports: ['onRequest'] },
  ],
  // dist/types/public/common.d.ts:82-85.
  types: [
    { what: 'endpoint', names: ['APIRoute'] },
    { what: 'middleware', names: ['MiddlewareHandler'] },
  ],
  // Vite evaluates a changed module and what imports it again, in the same process (documentation).
  reloads: {
    paths: ['(?:^|/)src/pages/.*\\.[cm]?[jt]s$', '(?:^|/)src/middleware(?:/|\\.)', '(?:^|/)src/actions(?:/|\\.)'],
  },
};
