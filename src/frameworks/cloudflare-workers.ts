import type { Framework } from './framework.ts';

/**
 * Cloudflare Workers and Pages. Read in @cloudflare/workers-types 5.20261117.1: index.d.ts. A socket belongs to the request
 * that opened it, so a connection per request (Hyperdrive) is right there, and no slot is listed.
 */
export const cloudflareWorkers: Framework = {
  name: 'Cloudflare Workers',
  modules: [
    'cloudflare:workers',
    'cloudflare:sockets',
    'cloudflare:workflows',
    '@cloudflare/workers-types',
    '@cloudflare/next-on-pages',
    '@opennextjs/cloudflare',
    'hono/cloudflare-workers',
    'hono/cloudflare-pages',
  ],
  perRequest: {
    paths: ['(?:^|/)_worker\\.[cm]?[jt]s$', '(?:^|/)functions/(?:.*/)?_middleware\\.[cm]?[jt]s$'],
    texts: [
      '[\'"](?:@cloudflare/|@opennextjs/cloudflare|hono/cloudflare)',
      '\\b(?:from|import|import\\()\\s*[\'"]cloudflare:',
      // The types are global: ExportedHandler :504, PagesFunction :15850, WorkerEntrypoint :16207, DurableObject :568, :16229.
      '\\bExportedHandler\\b|\\bPagesFunction\\b|\\bWorkerEntrypoint\\b|\\bDurableObject(?:State|Namespace)?\\b',
      '\\b(?:hyperdrive|HYPERDRIVE)\\b',
      // `export default { async fetch(request, env) {} }`; Bun gives a server, not an environment.
      '\\bexport\\s+default\\s*\\{\\s*(?:async\\s+)?(?:fetch|scheduled|queue)\\s*\\(\\s*\\w+\\s*(?::[^,)]+)?,\\s*_?(?:env|ctx)\\b',
      '\\bexport\\s+(?:const|(?:async\\s+)?function)\\s+onRequest(?:Get|Post|Put|Patch|Delete|Options|Head)\\b',
      // Bindings: of Hono, of SvelteKit, of Nitro and React Router, of OpenNext.
      '\\bHono<[^>]*\\bBindings\\b',
      '\\bc(?:tx|ontext)?\\.env\\.[A-Z]',
      '\\bplatform[?!]?\\.env\\b',
      '\\bcloudflare[?!]?\\.env\\b',
      '\\bgetCloudflareContext\\s*\\(',
    ],
  },
};
