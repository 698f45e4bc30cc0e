import type { Framework } from './framework.ts';

/**
 * SvelteKit. Read in @sveltejs/kit 2.70.4: types/index.d.ts, src/utils/exports.js. Once: `init` and the module code of
 * hooks.server.ts; `entries` and `prerender` run at build.
 */
export const sveltekit: Framework = {
  name: 'SvelteKit',
  modules: ['@sveltejs/kit', '@sveltejs/kit/', '$app/', '$env/', './$types'],
  calls: [
    // `sequence`: types/index.d.ts:3136.
    { what: 'hook', names: ['sequence'] },
    // Remote functions of $app/server: types/index.d.ts:3548-3645.
    { what: 'remote function', names: ['query', 'form', 'command'] },
    { what: 'remote function', names: ['batch'], on: { made: ['query'], names: [] } },
  ],
  files: [
    {
      what: 'endpoint',
      // valid_server_exports, src/utils/exports.js:74.
      path: '(?:^|/)\\+server\\.[jt]s$',
      exports: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'fallback'],
    },
    {
      what: 'load function',
      // valid_page_server_exports, src/utils/exports.js:73.
      path: '(?:^|/)\\+(?:page|layout)(?:@[^/]*)?\\.server\\.[jt]s$',
      exports: ['load'],
    },
    { what: 'form action', path: '(?:^|/)\\+page(?:@[^/]*)?\\.server\\.[jt]s$', exports: [], objects: ['actions'] },
    {
      what: 'hook',
      // Handle, HandleFetch, HandleServerError, HandleValidationError: types/index.d.ts:918-960; ServerInit :970 is once.
      path: '(?:^|/)hooks\\.server(?:/index)?\\.[jt]s$',
      exports: ['handle', 'handleFetch', 'handleError', 'handleValidationError'],
    },
  ],
  types: [
    { what: 'hook', names: ['Handle', 'HandleFetch', 'HandleServerError'] },
    { what: 'endpoint', names: ['RequestHandler'] },
    { what: 'load function', names: ['ServerLoad', 'PageServerLoad', 'LayoutServerLoad'] },
    { what: 'form action', names: ['Action', 'Actions'] },
  ],
  // Vite evaluates a changed module and what imports it again, in the same process (documentation).
  reloads: { paths: ['(?:^|/)src/routes/', '(?:^|/)src/hooks\\.server\\.', '(?:^|/)src/lib/server/'] },
};
