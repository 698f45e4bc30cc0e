import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'an endpoint': {
      what: 'endpoint',
      path: 'src/pages/api/users.ts',
      code: `export async function GET() { new Pool(); }`,
    },
    middleware: {
      what: 'middleware',
      path: 'src/middleware.ts',
      code: `import { defineMiddleware } from 'astro:middleware';
export const onRequest = defineMiddleware(async (context, next) => { new Pool(); return next(); });`,
    },
    'an action': {
      what: 'action',
      path: 'src/actions/index.ts',
      code: `import { defineAction } from 'astro:actions';
export const server = { save: defineAction({ handler: async () => { new Pool(); } }) };`,
    },
  },
  once: {
    'paths at build': {
      path: 'src/pages/[id].ts',
      code: `export async function getStaticPaths() { new Pool(); return []; }`,
    },
  },
  reloads: {
    again: ['src/pages/api/users.ts', 'src/middleware.ts', 'src/actions/index.ts'],
    never: ['src/pages/index.astro', 'src/lib/db.ts', 'pages/users.ts'],
  },
};
