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
    'middleware without a call': {
      what: 'middleware',
      path: 'src/middleware/index.ts',
      code: `export async function onRequest(context, next) { new Pool(); return next(); }`,
    },
    'a sequence': {
      what: 'middleware',
      code: `import { sequence } from 'astro:middleware';
export const steps = sequence(check, async (context) => { new Pool(); });`,
    },
    'a typed endpoint': {
      what: 'endpoint',
      code: `import type { APIRoute } from 'astro';
export const run: APIRoute = async (x) => { new Pool(); };`,
    },
    'typed middleware': {
      what: 'middleware',
      code: `import type { MiddlewareHandler } from 'astro';
export const run: MiddlewareHandler = async (x) => { new Pool(); };`,
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
