import type { Framework } from './framework.ts';

/** Vercel functions. Read in @vercel/node 24.0.0: dist/index.d.ts, @vercel/functions 3.9.9. Instances are kept; the edge: nextjs.ts. */
export const vercelFunctions: Framework = {
  name: 'Vercel',
  modules: ['@vercel/node', '@vercel/functions'],
  files: [
    {
      what: 'function',
      // The path alone is of many Express projects, whose exports run once.
      path: '(?:^|/)api/.*\\.[cm]?[jt]s$',
      imports: true,
      exports: ['default', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'],
    },
  ],
  // dist/index.d.ts:22 VercelApiHandler.
  types: [{ what: 'function', names: ['VercelApiHandler', 'NowApiHandler'] }],
};
