import type { Framework } from './framework.ts';

/** TanStack Start. Read in @tanstack/react-start 1.169.5, start-client-core. A route's `loader` runs in the browser, too. */
export const tanstackStart: Framework = {
  name: 'TanStack Start',
  modules: [
    '@tanstack/react-router',
    '@tanstack/react-start',
    '@tanstack/react-start/',
    '@tanstack/solid-start',
    '@tanstack/solid-start/',
  ],
  // The router works without Start, and then in browsers alone.
  packages: ['@tanstack/react-start', '@tanstack/solid-start'],
  calls: [
    // start-client-core/dist/esm/createServerFn.d.ts:103.
    { what: 'server function', names: ['handler'], on: { made: ['createServerFn'], names: [] } },
    // start-client-core/dist/esm/createMiddleware.d.ts:86, :166.
    { what: 'middleware', names: ['server'], on: { made: ['createMiddleware'], names: [] } },
    // start-fn-stubs/dist/esm/envOnly.d.ts:2.
    { what: 'server function', names: ['createServerOnlyFn'] },
    // start-client-core/dist/esm/serverRoute.d.ts:21: `server: { handlers: { GET } }`.
    { what: 'server route', names: ['createFileRoute', 'createRootRoute'], properties: ['handlers'], anywhere: true },
    // 1.131.50, start-server-core/dist/esm/serverRoute.d.ts:13-20: `createServerFileRoute('/x').methods({ GET })`.
    { what: 'server route', names: ['methods'], on: { made: ['createServerFileRoute'], names: [] }, anywhere: true },
  ],
};
